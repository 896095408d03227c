/// Whether a value of the document is a value of a schema. Patterns are not run here; contract tests send the examples.
struct ValueCheck {
  let resolver: Resolver

  /// What is wrong, as a predicate: `must be a string`; nil when all is well.
  func fault(_ value: DocumentValue, _ schema: ResolvedSchema) -> String? {
    guard let target = resolver.target(of: schema) else { return nil }
    if value == .null {
      return resolver.isNullable(schema) || target.takesNull ? nil : "must not be null"
    }
    switch target.kind {
    case .reference, .json, .ruled: return nil
    case .boolean:
      if case .boolean = value { return nil }
      return "must be a boolean"
    case .integer(let constraints): return integer(value, constraints)
    case .number(let constraints): return number(value, constraints)
    case .array(let item, let constraints): return array(value, item, constraints)
    case .map(let item, let constraints): return map(value, item, constraints)
    case .choice(let choice):
      // A value that fits none is told about by the one it is nearest to where that is plain, else as a whole.
      let faults = choice.cases.map { fault(value, $0.schema) }
      return faults.contains(nil)
        ? nil : "fits none of \(choice.cases.map { "\"\($0.name)\"" }.joined(separator: ", "))"
    case .literal(let values):
      return values.contains { $0.isSame(as: value) }
        ? nil : "must be \(values.map(\.json).joined(separator: " or "))"
    case .object(let object): return self.object(value, object)
    default:
      guard case .string(let text) = value else { return "must be a string" }
      if target.isOpen { return nil }
      return string(text, target.kind)
    }
  }

  private func string(_ text: String, _ kind: ResolvedSchema.Kind) -> String? {
    switch kind {
    case .enumeration(let cases):
      let values = cases.map(\.value)
      return values.contains(text)
        ? nil : "must be one of \(values.map { "\"\($0)\"" }.joined(separator: ", "))"
    case .constant(let constant): return text == constant ? nil : "must be \"\(constant)\""
    case .uuid: return TextFormat.isUUID(text) ? nil : "must be a UUID"
    case .timestamp: return TextFormat.isDateTime(text) ? nil : "must be a date and time as RFC 3339 writes it"
    case .bytes: return Base64.bytes(text) != nil ? nil : "must be base64 (RFC 4648 §4)"
    case .date: return TextFormat.isDate(text) ? nil : "must be a date, as in 2026-01-31"
    case .string(let constraints):
      let length = text.unicodeScalars.count
      if let minimum = constraints.minLength, length < minimum { return "must have at least \(minimum) characters" }
      if let maximum = constraints.maxLength, length > maximum { return "must have at most \(maximum) characters" }
      if let maximum = constraints.maxBytes, text.utf8.count > maximum { return "must have at most \(maximum) bytes" }
      if constraints.format == .email, !TextFormat.isEmail(text) { return "must be an email address" }
      return nil
    default: return nil
    }
  }

  private func integer(_ value: DocumentValue, _ constraints: IntegerConstraints) -> String? {
    var integer: Int64?
    if case .integer(let number) = value { integer = number }
    if case .number(let text) = value { integer = Double(text).flatMap(Int64.init(exactly:)) }
    guard let integer else { return "must be a whole number" }
    if let minimum = constraints.minimum, integer < minimum { return "must be \(minimum) or more" }
    if let maximum = constraints.maximum, integer > maximum { return "must be \(maximum) or less" }
    if let factor = constraints.multipleOf, integer % factor != 0 { return "must be a multiple of \(factor)" }
    return nil
  }

  private func number(_ value: DocumentValue, _ constraints: NumberConstraints) -> String? {
    guard let number = value.double else { return "must be a number" }
    if let minimum = constraints.minimum, number < minimum { return "must be \(minimum) or more" }
    if let maximum = constraints.maximum, number > maximum { return "must be \(maximum) or less" }
    if let minimum = constraints.exclusiveMinimum, number <= minimum { return "must be more than \(minimum)" }
    if let maximum = constraints.exclusiveMaximum, number >= maximum { return "must be less than \(maximum)" }
    return nil
  }

  private func array(_ value: DocumentValue, _ item: ResolvedSchema, _ constraints: ArrayConstraints) -> String? {
    guard case .array(let items) = value else { return "must be a list" }
    if let minimum = constraints.minItems, items.count < minimum { return "must have at least \(minimum) items" }
    if let maximum = constraints.maxItems, items.count > maximum { return "must have at most \(maximum) items" }
    for (index, element) in items.enumerated() {
      if constraints.uniqueItems, items[..<index].contains(element) { return "must not hold the same item twice" }
      if let fault = fault(element, item) { return "has an item that \(fault)" }
    }
    return nil
  }

  private func map(_ value: DocumentValue, _ item: ResolvedSchema, _ constraints: MapConstraints) -> String? {
    guard case .object(let members) = value else { return "must be an object" }
    if let fault = count(members.count, constraints.minProperties, constraints.maxProperties) { return fault }
    return members.lazy.compactMap { fault($0.value, item) }.first
  }

  private func count(_ members: Int, _ minimum: Int?, _ maximum: Int?) -> String? {
    if let minimum, members < minimum { return "must have at least \(minimum) members" }
    if let maximum, members > maximum { return "must have at most \(maximum) members" }
    return nil
  }

  private func object(_ value: DocumentValue, _ object: ResolvedSchema.Object) -> String? {
    guard case .object(let members) = value else { return "must be an object" }
    for property in object.properties where property.isRequired {
      if !members.contains(where: { $0.key == property.name.value }) { return "lacks \"\(property.name.value)\"" }
    }
    if let fault = count(members.count, object.minProperties, object.maxProperties) { return fault }
    for member in members {
      if let property = object.properties.first(where: { $0.name.value == member.key }) {
        if let fault = fault(member.value, property.schema) { return "has a \"\(member.key)\" that \(fault)" }
      } else if let others = object.otherMembers {
        if let fault = fault(member.value, others.schema) { return "has a \"\(member.key)\" that \(fault)" }
      } else if object.refusesUnknownMembers || object.refusedMembers.contains(member.key) {
        return "has a member \"\(member.key)\" that the schema does not know"
      }
    }
    return nil
  }
}

/// The formats of strings that a value of the document is checked against.
enum TextFormat {
  /// RFC 9562 §4.
  static func isUUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }

  /// RFC 3339 §5.6 `full-date`.
  static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// RFC 3339 §5.6 `date-time`.
  static func isDateTime(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    guard rest.count >= 20, isDate(String(decoding: rest.prefix(10), as: UTF8.self)) else { return false }
    rest = rest.dropFirst(10)
    guard rest.first == 0x54 || rest.first == 0x74 else { return false }
    rest = rest.dropFirst()
    guard let (hour, minute) = hoursAndMinutes(rest.prefix(5)), hour < 24, minute < 60 else { return false }
    rest = rest.dropFirst(5)
    guard rest.first == 0x3A, let second = number(rest.dropFirst().prefix(2)), second <= 60 else { return false }
    rest = rest.dropFirst(3)
    if rest.first == 0x2E {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }.count
      guard digits > 0 else { return false }
      rest = rest.dropFirst(1 + digits)
    }
    if rest.elementsEqual([0x5A]) || rest.elementsEqual([0x7A]) { return true }
    guard rest.count == 6, rest.first == 0x2B || rest.first == 0x2D else { return false }
    return hoursAndMinutes(rest.dropFirst()).map { $0 < 24 && $1 < 60 } ?? false
  }

  /// Milliseconds since 1970 of a `date-time`; nil when it is none.
  static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard isDateTime(text), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let (hour, minute) = hoursAndMinutes(bytes[11..<16]),
      let second = number(bytes[17..<19])
    else { return nil }
    let fraction = bytes.dropFirst(19).first == 0x2E ? bytes.dropFirst(20).prefix { (0x30...0x39).contains($0) } : []
    let milliseconds = number((Array(fraction) + [0x30, 0x30, 0x30])[0..<3]) ?? 0
    // Days of the Gregorian calendar, years beginning in March so that the leap day is the last.
    let shifted = month > 2 ? year : year - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day
    var minutes = (days - 719_469) * 1440 + hour * 60 + minute
    let end = bytes.suffix(6)
    if end.first == 0x2B || end.first == 0x2D, let (hours, rest) = hoursAndMinutes(end.dropFirst()) {
      minutes -= (end.first == 0x2B ? 1 : -1) * (hours * 60 + rest)
    }
    return Int64((minutes * 60 + second) * 1000 + milliseconds)
  }

  /// One `@` with something on both sides, and no white space.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(where: \.isWhitespace)
  }

  private static func hoursAndMinutes(_ bytes: ArraySlice<UInt8>) -> (Int, Int)? {
    guard bytes.count == 5, bytes[bytes.startIndex + 2] == 0x3A,
      let hour = number(bytes.prefix(2)), let minute = number(bytes.suffix(2))
    else { return nil }
    return (hour, minute)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
