import FoundationEssentials
import Storage
import Values

/// What a value must be after its column's type has changed.
enum Conversion: Hashable {
  /// This, exactly.
  case exact(SQLValue)
  /// The new type has no value for it.
  case impossible

  var value: SQLValue? {
    guard case .exact(let value) = self else { return nil }
    return value
  }
}

extension SQLValue {
  /// Texts are as the engine writes them: to SQLite, a truth value and a moment are numbers.
  func converted(to type: ColumnType, on engine: Engine) -> Conversion {
    if self == .null || self.type == type { return .exact(self) }
    return converted(type, engine).map(Conversion.exact) ?? .impossible
  }

  private func converted(_ type: ColumnType, _ engine: Engine) -> SQLValue? {
    switch (self, type) {
    case (.bool(let value), .int): .int(value ? 1 : 0)
    case (.bool(let value), .text) where engine == .sqlite: .text(value ? "1" : "0")
    case (.bool(let value), .text): .text(value ? "true" : "false")
    case (.int(let value), .double): Int64(exactly: Double(value)) == value ? .double(Double(value)) : nil
    case (.int(let value), .text): .text("\(value)")
    case (.double(let value), .int): Int64(exactly: value).map(SQLValue.int)
    case (.uuid(let value), .text): .text(value.canonical)
    case (.timestamp(let value), .text) where engine == .sqlite: .text("\(value.milliseconds)")
    case (.timestamp(let value), .text): .text(value.postgresText)
    case (.date(let value), .text): .text(value.iso8601)
    case (.date(let value), .timestamp): .timestamp(value.start)
    case (.json(let value), .text): .text(value)
    case (.text(let value), .int): Int64(value).flatMap { "\($0)" == value ? .int($0) : nil }
    case (.text(let value), .uuid): UUID(canonical: value).map(SQLValue.uuid)
    case (.text("1"), .bool) where engine == .sqlite: .bool(true)
    case (.text("0"), .bool) where engine == .sqlite: .bool(false)
    case (.text(let value), .bool): value == "true" ? .bool(true) : value == "false" ? .bool(false) : nil
    default: nil
    }
  }
}

extension Timestamp {
  /// As PostgreSQL casts it, in UTC: without the zeros that end a fraction.
  fileprivate var postgresText: String {
    var text = rfc3339.replacing("T", with: " ").dropLast()
    while text.last == "0", text.contains(".") { text = text.dropLast() }
    return (text.last == "." ? text.dropLast() : text) + "+00"
  }
}

extension ColumnType {
  /// The types that a column of this one may become.
  var successors: [ColumnType] {
    switch self {
    case .bool: [.int, .text]
    case .int: [.double, .text]
    case .double: [.int]
    case .text: [.int, .uuid, .bool]
    case .uuid, .timestamp, .json: [.text]
    case .bytes: []
    case .date: [.text, .timestamp]
    }
  }
}
