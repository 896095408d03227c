import Storage

/// Object ids of PostgreSQL's built-in types, which are the same in every database (`pg_type.dat`).
enum PostgresType {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let json: UInt32 = 114
  static let float4: UInt32 = 700
  static let float8: UInt32 = 701
  static let unknown: UInt32 = 705
  static let bpchar: UInt32 = 1042
  static let varchar: UInt32 = 1043
  static let date: UInt32 = 1082
  static let timestamptz: UInt32 = 1184
  static let uuid: UInt32 = 2950
  static let jsonb: UInt32 = 3802

  /// Milliseconds from 1970 to 2000, where PostgreSQL counts from.
  static let epochMilliseconds: Int64 = 946_684_800_000
  /// Days from 1970 to 2000.
  static let epochDays = 10_957

  static func of(_ type: ColumnType) -> UInt32 {
    switch type {
    case .bool: bool
    case .int: int8
    case .double: float8
    case .text: text
    case .uuid: uuid
    case .timestamp: timestamptz
    case .date: date
    case .json: jsonb
    case .bytes: bytea
    }
  }
}
