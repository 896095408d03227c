public import Values

extension SQLValue {
  /// Whether a partial update changes a column that may be null: the flag before the new value.
  public init<Value>(isPresent change: Presence<Value>) {
    switch change {
    case .absent: self = .bool(false)
    case .null, .value: self = .bool(true)
    }
  }
}
