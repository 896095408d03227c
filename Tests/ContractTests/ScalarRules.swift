import Foundation
import JSON

/// The keywords that look at one value alone.
enum ScalarRules {
  /// Whether the value keeps the keyword; a keyword for another type always holds, one that is not known never does.
  static func keeps(_ value: JSONValue, _ keyword: String, _ bound: JSONValue) -> Bool {
    switch keyword {
    case "minLength": value.string.map { $0.unicodeScalars.count >= bound.count } ?? true
    case "maxLength": value.string.map { $0.unicodeScalars.count <= bound.count } ?? true
    case "pattern": value.string.map { matches($0, bound.string ?? "") } ?? true
    case "format": value.string.map { isFormatted($0, bound.string ?? "") } ?? true
    case "minimum": compare(value, bound, >=)
    case "maximum": compare(value, bound, <=)
    case "exclusiveMinimum": compare(value, bound, >)
    case "exclusiveMaximum": compare(value, bound, <)
    case "multipleOf": compare(value, bound) { ($0 / $1).rounded() * $1 == $0 }
    case "minItems": value.array.map { $0.count >= bound.count } ?? true
    case "maxItems": value.array.map { $0.count <= bound.count } ?? true
    case "uniqueItems": value.array.map { bound.bool != true || Set($0).count == $0.count } ?? true
    default: false
    }
  }

  private static func compare(_ value: JSONValue, _ bound: JSONValue, _ holds: (Double, Double) -> Bool) -> Bool {
    guard let number = value.number else { return true }
    return bound.number.map { holds(number, $0) } ?? false
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    guard let regex = try? Regex(pattern) else { return false }
    return text.firstMatch(of: regex) != nil
  }

  private static func isFormatted(_ text: String, _ format: String) -> Bool {
    switch format {
    case "uuid": matches(text, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    // In UTC with milliseconds, which is more than RFC 3339 asks for.
    case "date-time": matches(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$")
    case "date": matches(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case "email": matches(text, "^[^@ ]+@[^@ ]+$")
    case "uri": matches(text, "^[a-z][a-z0-9+.-]*:.+$") && URL(string: text) != nil
    case "password", "int32", "int64", "double", "float": true
    default: false
    }
  }
}

extension JSONValue {
  fileprivate var count: Int { integer.map(Int.init) ?? -1 }
}
