/// The type of a column, a parameter or a result, the same on both engines.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
  case bool
  /// 64 bits, signed.
  case int
  /// IEEE 754, 64 bits.
  case double
  case text
  case uuid
  /// Milliseconds, UTC.
  case timestamp
  case date
  case json
  case bytes

  /// The type's name in DDL.
  public func sql(for engine: Engine) -> String {
    switch engine {
    case .postgres:
      switch self {
      case .bool: "BOOLEAN"
      case .int: "BIGINT"
      case .double: "DOUBLE PRECISION"
      case .text: "TEXT"
      case .uuid: "UUID"
      case .timestamp: "TIMESTAMPTZ"
      case .date: "DATE"
      case .json: "JSONB"
      case .bytes: "BYTEA"
      }
    case .sqlite:
      switch self {
      case .bool, .int, .timestamp: "INTEGER"
      case .double: "REAL"
      case .text, .date, .json: "TEXT"
      case .uuid, .bytes: "BLOB"
      }
    }
  }
}

/// The database engines that the same statements run on.
public enum Engine: String, Sendable, Hashable, CaseIterable {
  case postgres, sqlite
}
