public import FoundationEssentials
public import JSON
public import Values

/// Reads one parameter or form field, a text, with the methods that `JSONReader` has for JSON values.
public struct TextReader: Sendable {
  private let text: String
  private(set) var violations: [Violation] = []

  init(_ text: String) {
    self.text = text
  }

  /// The text, when it meets the constraints.
  public mutating func string(
    minLength: Int = 0, maxLength: Int = .max, maxBytes: Int = .max, pattern: Pattern? = nil,
    format: StringFormat? = nil
  ) -> String? {
    check(
      text,
      Constraint.violations(
        of: text, minLength: minLength, maxLength: maxLength, maxBytes: maxBytes, pattern: pattern, format: format))
  }

  /// The text, when it is the only one that may be.
  public mutating func constant(_ value: String) -> String? {
    check(text, text == value ? [] : [Constraint.notConstant(value)])
  }

  /// One of an enumeration's values.
  public mutating func value<Value: RawRepresentable & CaseIterable>(
    _ type: Value.Type
  ) -> Value? where Value.RawValue == String {
    if let value = Value(rawValue: text) { return value }
    violations.append(Constraint.notOneOf(Value.allCases.map(\.rawValue)))
    return nil
  }

  /// A whole number in decimal digits.
  public mutating func integer(minimum: Int64 = .min, maximum: Int64 = .max, multipleOf: Int64 = 1) -> Int? {
    json { json in
      json.integer(minimum: minimum, maximum: maximum, multipleOf: multipleOf)
    }
  }

  /// A number as JSON writes it.
  public mutating func number(
    minimum: Double = -.infinity, maximum: Double = .infinity, exclusiveMinimum: Double = -.infinity,
    exclusiveMaximum: Double = .infinity, multipleOf: Double? = nil
  ) -> Double? {
    json { json in
      json.number(
        minimum: minimum, maximum: maximum, exclusiveMinimum: exclusiveMinimum, exclusiveMaximum: exclusiveMaximum,
        multipleOf: multipleOf)
    }
  }

  /// A whole number that is one of a few.
  public mutating func integer(among first: Int, _ others: Int...) -> Int? {
    let values = [first] + others
    guard let value = integer() else { return nil }
    return check(
      value, values.contains(value) ? [] : [Constraint.notAmong(values.map { JSONValue.integer(Int64($0)) })])
  }

  /// A number that is one of a few.
  public mutating func number(among first: Double, _ others: Double...) -> Double? {
    let values = [first] + others
    guard let value = number() else { return nil }
    return check(value, values.contains(value) ? [] : [Constraint.notAmong(values.map(JSONValue.number))])
  }

  /// A boolean that is one of those given.
  public mutating func boolean(among first: Bool, _ others: Bool...) -> Bool? {
    let values = [first] + others
    guard let value = boolean() else { return nil }
    return check(value, values.contains(value) ? [] : [Constraint.notAmong(values.map(JSONValue.bool))])
  }

  /// `true` or `false`.
  public mutating func boolean() -> Bool? {
    switch text {
    case "true": return true
    case "false": return false
    default:
      violations.append(Violation(code: "type", detail: "Must be `true` or `false`."))
      return nil
    }
  }

  /// A UUID (RFC 9562 §4).
  public mutating func uuid() -> UUID? {
    check(UUID(canonical: text), or: Constraint.notUUID)
  }

  /// A `date-time` of RFC 3339.
  public mutating func timestamp() -> Timestamp? {
    check(Timestamp(rfc3339: text), or: Constraint.notTimestamp)
  }

  /// A `full-date` of RFC 3339.
  public mutating func date() -> CalendarDate? {
    check(CalendarDate(iso8601: text), or: Constraint.notDate)
  }

  private mutating func check<Value>(_ value: Value, _ broken: [Violation]) -> Value? {
    violations += broken
    return broken.isEmpty ? value : nil
  }

  private mutating func check<Value>(_ value: Value?, or violation: Violation) -> Value? {
    if value == nil { violations.append(violation) }
    return value
  }

  /// Reads the text as a JSON number: one reader knows how numbers are written.
  private mutating func json<Value>(
    _ read: (inout JSONReader) -> Value?
  ) -> Value? {
    do throws(JSONReadError) {
      guard text.utf8.first.map({ $0 > 0x20 && $0 != UInt8(ascii: "\"") }) ?? false,
        text.utf8.last.map({ $0 > 0x20 }) ?? false
      else { throw .faults([]) }
      return try JSONReader.read(from: Array(text.utf8), read)
    } catch {
      if case .faults(let faults) = error, !faults.isEmpty {
        violations += faults.map { Violation(code: $0.code, detail: $0.detail) }
      } else {
        violations.append(Violation(code: "type", detail: "Must be a number."))
      }
      return nil
    }
  }
}
