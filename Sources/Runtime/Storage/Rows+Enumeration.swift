extension Rows {
  /// Text that is one of an enumeration's values.
  ///
  /// - Throws: `decoding` when it is another one, or the column is null or no text.
  public func enumeration<Value: RawRepresentable<String>>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws(StorageError) -> Value {
    let text = try text(column)
    guard let value = Value(rawValue: text) else {
      throw StorageError(
        .decoding, "Column \(column) holds a value that \(Value.self) does not have.", detail: text)
    }
    return value
  }

  /// Null, or text that is one of an enumeration's values.
  ///
  /// - Throws: `decoding` when it is another one, or the column is no text.
  public func optionalEnumeration<Value: RawRepresentable<String>>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws(StorageError) -> Value? {
    try isNull(column) ? nil : enumeration(column, as: type)
  }
}
