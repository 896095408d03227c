public import FoundationEssentials
public import JSON
public import Values

/// Reads one parameter or field, a text or several, with the methods that `JSONReader` has for JSON values.
///
/// What the reading asks for says how the text is cut: an array at the separators of its ``ParameterStyle``, an object
/// into names and values.
public struct TextReader: Sendable {
  /// What there is to read.
  enum Source: Sendable {
    /// One text, and others where the style writes each item by itself.
    case texts(EncodedText, [EncodedText], ParameterStyle)
    case members([FieldReader.Field])
  }

  let source: Source
  let location: Fault.Location
  let name: String
  /// The pointer of what the value is a part of.
  private let parent: String
  private(set) var faults = FaultList()

  /// - Parameter others: what else stands under the name.
  init(
    _ text: EncodedText, others: [EncodedText] = [], _ style: ParameterStyle, location: Fault.Location,
    name: String, parent: String = ""
  ) {
    source = .texts(text, others, style)
    self.location = location
    self.name = name
    self.parent = parent
  }

  init(members: [FieldReader.Field], location: Fault.Location, name: String, parent: String) {
    source = .members(members)
    self.location = location
    self.name = name
    self.parent = parent
  }

  /// Empty for the whole of a body.
  var pointer: String { parent.isEmpty && name.isEmpty ? "" : parent + JSONPointer.member(name) }

  mutating func record(_ code: String, _ detail: String) {
    faults.append(Fault(location: location, pointer: pointer, code: code, detail: detail))
  }

  mutating func record(_ violation: Violation) {
    record(violation.code, violation.detail)
  }

  mutating func record(_ fault: Fault) {
    faults.append(fault)
  }

  mutating func record(_ found: FaultList) {
    faults.append(contentsOf: found.faults)
  }
}

extension TextReader {
  /// The text, when it meets the constraints.
  public mutating func string(
    minLength: Int = 0, maxLength: Int = .max, maxBytes: Int = .max, pattern: Pattern? = nil,
    format: StringFormat? = nil
  ) -> String? {
    guard let text = text() else { return nil }
    return check(
      text,
      Constraint.violations(
        of: text, minLength: minLength, maxLength: maxLength, maxBytes: maxBytes, pattern: pattern, format: format))
  }

  /// The text, when it is the only one that may be.
  public mutating func constant(_ value: String) -> String? {
    guard let text = text() else { return nil }
    return check(text, text == value ? [] : [Constraint.notConstant(value)])
  }

  /// One of an enumeration's values.
  public mutating func value<Value: RawRepresentable & CaseIterable>(
    _ type: Value.Type
  ) -> Value? where Value.RawValue == String {
    guard let text = text() else { return nil }
    if let value = Value(rawValue: text) { return value }
    record(Constraint.notOneOf(Value.allCases.map(\.rawValue)))
    return nil
  }

  /// A whole number in decimal digits.
  public mutating func integer(minimum: Int64 = .min, maximum: Int64 = .max, multipleOf: Int64 = 1) -> Int? {
    number { json in
      json.integer(minimum: minimum, maximum: maximum, multipleOf: multipleOf)
    }
  }

  /// A number as JSON writes it.
  public mutating func number(
    minimum: Double = -.infinity, maximum: Double = .infinity, exclusiveMinimum: Double = -.infinity,
    exclusiveMaximum: Double = .infinity, multipleOf: Double? = nil
  ) -> Double? {
    number { json in
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
    guard let text = text() else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default:
      record("type", "Must be `true` or `false`.")
      return nil
    }
  }

  /// A UUID (RFC 9562 §4).
  public mutating func uuid() -> UUID? {
    text().flatMap { check(UUID(canonical: $0), or: Constraint.notUUID) }
  }

  /// Bytes in base64 (RFC 4648 §4).
  public mutating func base64() -> Data? {
    text().flatMap { check(Data(base64: $0), or: StringFormat.byte.violation) }
  }

  /// A `date-time` of RFC 3339.
  public mutating func timestamp() -> Timestamp? {
    text().flatMap { check(Timestamp(rfc3339: $0), or: Constraint.notTimestamp) }
  }

  /// A `full-date` of RFC 3339.
  public mutating func date() -> CalendarDate? {
    text().flatMap { check(CalendarDate(iso8601: $0), or: Constraint.notDate) }
  }

  private mutating func check<Value>(_ value: Value, _ broken: [Violation]) -> Value? {
    for violation in broken { record(violation) }
    return broken.isEmpty ? value : nil
  }

  private mutating func check<Value>(_ value: Value?, or violation: Violation) -> Value? {
    if value == nil { record(violation) }
    return value
  }

  /// Reads the text as a JSON number: one reader knows how numbers are written.
  private mutating func number<Value>(_ read: (inout JSONReader) -> Value?) -> Value? {
    guard let text = text() else { return nil }
    do throws(JSONReadError) {
      guard text.utf8.first.map({ $0 > 0x20 && $0 != UInt8(ascii: "\"") }) ?? false,
        text.utf8.last.map({ $0 > 0x20 }) ?? false
      else { throw .faults([]) }
      return try JSONReader.read(from: Array(text.utf8), read)
    } catch {
      if case .faults(let found) = error, !found.isEmpty {
        for fault in found { record(fault.code, fault.detail) }
      } else {
        record("type", "Must be a number.")
      }
      return nil
    }
  }
}
