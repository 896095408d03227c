public import FoundationEssentials
import Glibc
public import Values

/// A value on its way to the database.
public enum SQLValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  /// The sign of a zero is not kept.
  case double(Double)
  case text(String)
  case uuid(UUID)
  case timestamp(Timestamp)
  case date(CalendarDate)
  /// JSON text, not checked here.
  case json(String)
  case bytes([UInt8])
}

extension SQLValue {
  public init(_ value: Bool) { self = .bool(value) }
  public init(_ value: Int) { self = .int(Int64(value)) }
  public init(_ value: Double) { self = .double(value) }
  public init(_ value: String) { self = .text(value) }
  public init(_ value: UUID) { self = .uuid(value) }
  public init(_ value: Timestamp) { self = .timestamp(value) }
  public init(_ value: CalendarDate) { self = .date(value) }
  public init(_ value: [UInt8]) { self = .bytes(value) }
  public init(_ value: Data) { self = .bytes(Array(value)) }

  public init(_ value: Bool?) { self = value.map(SQLValue.bool) ?? .null }
  public init(_ value: Int?) { self = value.map { .int(Int64($0)) } ?? .null }
  public init(_ value: Double?) { self = value.map(SQLValue.double) ?? .null }
  public init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
  public init(_ value: UUID?) { self = value.map(SQLValue.uuid) ?? .null }
  public init(_ value: Timestamp?) { self = value.map(SQLValue.timestamp) ?? .null }
  public init(_ value: CalendarDate?) { self = value.map(SQLValue.date) ?? .null }
  public init(_ value: [UInt8]?) { self = value.map(SQLValue.bytes) ?? .null }
  public init(_ value: Data?) { self = value.map { .bytes(Array($0)) } ?? .null }
  public init(json: String?) { self = json.map(SQLValue.json) ?? .null }

  /// The type of column that holds it; nil for null, which fits in any.
  public var type: ColumnType? {
    switch self {
    case .null: nil
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .text: .text
    case .uuid: .uuid
    case .timestamp: .timestamp
    case .date: .date
    case .json: .json
    case .bytes: .bytes
    }
  }

  /// Refuses what only one of the engines can hold, so that both hold the same: NUL characters in a text, numbers that
  /// are not finite, and moments outside the years 0001 to 9999.
  ///
  /// - Throws: `invalidValue`.
  public func check() throws(StorageError) {
    switch self {
    case .text(let text):
      if text.holdsNUL { throw .invalidValue("A text cannot hold the character U+0000.") }
    case .json(let text):
      if text.holdsNUL || text.holdsEscapedNUL {
        throw .invalidValue("A JSON value cannot hold the character U+0000.")
      }
    case .double(let number):
      if !number.isFinite { throw .invalidValue("A number must be finite.") }
    case .timestamp(let moment):
      if moment < .earliest || moment > .latest {
        throw .invalidValue("A moment must lie in the years 0001 to 9999.")
      }
    case .null, .bool, .int, .uuid, .date, .bytes: break
    }
  }
}

extension String {
  /// Every text passes here, and some are megabytes long.
  fileprivate var holdsNUL: Bool {
    var text = self
    return text.withUTF8 { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false }
  }

  /// Whether JSON text holds `\u0000`, which PostgreSQL's JSONB cannot.
  fileprivate var holdsEscapedNUL: Bool {
    var zeros = -1  // how many zeros stand behind `\u`; negative outside of one
    var escaped = false
    for byte in utf8 {
      if zeros >= 0 {
        zeros = byte == UInt8(ascii: "0") ? zeros + 1 : -1
        if zeros == 4 { return true }
      } else if escaped {
        escaped = false
        if byte == UInt8(ascii: "u") { zeros = 0 }
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      }
    }
    return false
  }
}
