// The one file here that people write; SpecGen writes the others from api.yaml when the package is built.

import JSON
import Storage

extension SQLValue {
  /// A value as JSON text; nil as null.
  init(encoding value: (some JSONEncodable)?) {
    self.init(json: value.map { String(decoding: JSONWriter.write($0), as: UTF8.self) })
  }
}

extension Rows {
  /// A value that is stored as JSON.
  ///
  /// - Throws: `decoding` when the column is null, or its text is none of this type.
  func decoded<Value: JSONDecodable>(_ column: Int) throws(StorageError) -> Value {
    try decoded(column) { Value.decode(from: &$0) }
  }

  /// Null, or a value that is stored as JSON.
  ///
  /// - Throws: `decoding` when the column's text is none of this type.
  func optionalDecoded<Value: JSONDecodable>(_ column: Int) throws(StorageError) -> Value? {
    try isNull(column) ? nil : decoded(column)
  }

  /// A value that is stored as JSON, read by `decode`.
  func decoded<Value>(
    _ column: Int, _ decode: (inout JSONReader) -> Value?
  ) throws(StorageError) -> Value {
    let text = try json(column)
    do {
      return try JSONReader.read(from: Array(text.utf8), decode)
    } catch {
      throw StorageError(.decoding, "Column \(column) holds JSON that is no \(Value.self).", detail: "\(error)")
    }
  }

  /// Null, or a value that is stored as JSON, read by `decode`.
  func optionalDecoded<Value>(
    _ column: Int, _ decode: (inout JSONReader) -> Value?
  ) throws(StorageError) -> Value? {
    try isNull(column) ? nil : decoded(column, decode)
  }
}
