import FoundationEssentials
import Values

/// Places whose values' types are known when the program runs.
extension KeysetCursor {
  static func text(of values: [SQLValue], in list: [UInt8]) -> String {
    var content: [UInt8] = []
    for value in values { append(value, to: &content) }
    return text(content, in: list)
  }

  /// nil when the text was not made by ``text(of:in:)`` for this list and these types.
  static func values(of text: String, in list: [UInt8], as types: [ColumnType]) -> [SQLValue]? {
    guard var content = content(of: text, in: list) else { return nil }
    var values: [SQLValue] = []
    for type in types {
      guard let value = take(type, from: &content) else { return nil }
      values.append(value)
    }
    return content.isEmpty ? values : nil
  }

  /// Appends the value's type and bytes. Bytes and JSON sort nothing, but may be a condition that a cursor belongs to.
  static func append(_ value: SQLValue, to content: inout [UInt8]) {
    switch value {
    case .null: content.append(UInt8(ascii: "n"))
    case .bool(let value): Bool.append(value, to: &content)
    case .int(let value): Int.append(Int(value), to: &content)
    case .double(let value): Double.append(value, to: &content)
    case .text(let value), .json(let value): String.append(value, to: &content)
    case .uuid(let value): UUID.append(value, to: &content)
    case .timestamp(let value): Timestamp.append(value, to: &content)
    case .date(let value): CalendarDate.append(value, to: &content)
    case .bytes(let value): content += value
    }
  }

  private static func take(_ type: ColumnType, from content: inout ArraySlice<UInt8>) -> SQLValue? {
    switch type {
    case .bool: Bool.take(from: &content).map(SQLValue.bool)
    case .int: Int.take(from: &content).map { .int(Int64($0)) }
    case .double: Double.take(from: &content).map(SQLValue.double)
    case .text: String.take(from: &content).map(SQLValue.text)
    case .uuid: UUID.take(from: &content).map(SQLValue.uuid)
    case .timestamp: Timestamp.take(from: &content).map(SQLValue.timestamp)
    case .date: CalendarDate.take(from: &content).map(SQLValue.date)
    case .json, .bytes: nil
    }
  }
}
