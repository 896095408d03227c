/// A broken constraint, before it is known where.
package struct Violation: Sendable, Hashable {
  package var code: String
  package var detail: String

  package init(code: String, detail: String) {
    self.code = code
    self.detail = detail
  }
}

/// The constraints of JSON Schema 2020-12 validation §6, in the words that users read.
package enum Constraint {
  package static func violations(
    of text: String, minLength: Int, maxLength: Int, maxBytes: Int, pattern: Pattern?, format: StringFormat?
  ) -> [Violation] {
    var violations: [Violation] = []
    let bytes = text.utf8.count
    if minLength > 0 || bytes > maxLength {
      let length = text.unicodeScalars.count
      if length < minLength {
        violations.append(
          Violation(code: "min-length", detail: "Must have at least \(count(minLength, "character")), has \(length)."))
      }
      if length > maxLength {
        violations.append(
          Violation(code: "max-length", detail: "Must have at most \(count(maxLength, "character")), has \(length)."))
      }
    }
    if bytes > maxBytes {
      violations.append(
        Violation(code: "max-bytes", detail: "Must have at most \(count(maxBytes, "byte")) in UTF-8, has \(bytes)."))
    }
    if let pattern, !pattern.matches(text) {
      violations.append(Violation(code: "pattern", detail: "Must match the pattern \(pattern.source)."))
    }
    if let format, !format.accepts(text) { violations.append(format.violation) }
    return violations
  }

  package static func violations(
    of value: Int64, minimum: Int64, maximum: Int64, multipleOf: Int64
  ) -> [Violation] {
    var violations: [Violation] = []
    if value < minimum { violations.append(below(minimum)) }
    if value > maximum { violations.append(above(maximum)) }
    if multipleOf > 1, value % multipleOf != 0 { violations.append(notMultiple("\(multipleOf)")) }
    return violations
  }

  package static func violations(
    of value: Double, minimum: Double, maximum: Double, exclusiveMinimum: Double, exclusiveMaximum: Double,
    multipleOf: Double?
  ) -> [Violation] {
    var violations: [Violation] = []
    if value < minimum { violations.append(below(minimum)) }
    if value > maximum { violations.append(above(maximum)) }
    if value <= exclusiveMinimum { violations.append(notAbove(plain(exclusiveMinimum))) }
    if value >= exclusiveMaximum { violations.append(notBelow(plain(exclusiveMaximum))) }
    if let multipleOf, !isMultiple(value, of: multipleOf) { violations.append(notMultiple(plain(multipleOf))) }
    return violations
  }

  package static func violations(ofCount items: Int, minItems: Int, maxItems: Int) -> [Violation] {
    var violations: [Violation] = []
    if items < minItems {
      violations.append(
        Violation(code: "min-items", detail: "Must have at least \(count(minItems, "item")), has \(items)."))
    }
    if items > maxItems {
      violations.append(
        Violation(code: "max-items", detail: "Must have at most \(count(maxItems, "item")), has \(items)."))
    }
    return violations
  }

  package static let unique = Violation(code: "unique-items", detail: "Must not hold an item twice.")
  static let required = Violation(code: "required", detail: "Is required.")
  static let unknownMember = Violation(code: "unknown-member", detail: "There is no such member; leave it out.")
  static let readOnly = Violation(code: "read-only", detail: "Is read-only; leave it out.")
  static let null = Violation(code: "null", detail: "Must not be null.")
  static let fraction = Violation(code: "type", detail: "Must be an integer, not a fraction.")

  package static let notUUID = StringFormat.uuid.violation
  package static let notTimestamp = StringFormat.dateTime.violation
  package static let notDate = StringFormat.date.violation

  package static func violations(
    ofCount members: Int, minProperties: Int, maxProperties: Int
  ) -> [Violation] {
    var violations: [Violation] = []
    if members < minProperties {
      violations.append(
        Violation(
          code: "min-properties", detail: "Must have at least \(count(minProperties, "member")), has \(members)."))
    }
    if members > maxProperties {
      violations.append(
        Violation(
          code: "max-properties", detail: "Must have at most \(count(maxProperties, "member")), has \(members)."))
    }
    return violations
  }

  /// The value of `const` or the list of `enum` in JSON.
  package static func notAmong(_ values: [JSONValue]) -> Violation {
    let texts = values.map { "`\(String(decoding: JSONWriter.write($0), as: UTF8.self))`" }
    if texts.count == 1 { return Violation(code: "const", detail: "Must be \(texts[0]).") }
    return Violation(code: "enum", detail: "Must be one of \(texts.joined(separator: ", ")).")
  }

  package static func notConstant(_ value: String) -> Violation {
    Violation(code: "const", detail: "Must be `\(value)`.")
  }

  package static func notOneOf(_ values: [String]) -> Violation {
    Violation(code: "enum", detail: "Must be one of \(values.map { "`\($0)`" }.joined(separator: ", ")).")
  }

  package static func below(_ minimum: Int64) -> Violation { below("\(minimum)") }

  package static func above(_ maximum: Int64) -> Violation { above("\(maximum)") }

  package static func below(_ minimum: Double) -> Violation { below(plain(minimum)) }

  package static func above(_ maximum: Double) -> Violation { above(plain(maximum)) }

  static func below(_ minimum: String) -> Violation {
    Violation(code: "minimum", detail: "Must be at least \(minimum).")
  }

  static func above(_ maximum: String) -> Violation {
    Violation(code: "maximum", detail: "Must be at most \(maximum).")
  }

  static func notAbove(_ bound: String) -> Violation {
    Violation(code: "exclusive-minimum", detail: "Must be more than \(bound).")
  }

  static func notBelow(_ bound: String) -> Violation {
    Violation(code: "exclusive-maximum", detail: "Must be less than \(bound).")
  }

  static func notMultiple(_ divisor: String) -> Violation {
    Violation(code: "multiple-of", detail: "Must be a multiple of \(divisor).")
  }

  /// Whether a number is a multiple as its decimal text says, which no double does exactly: 0.3 is a multiple of 0.1.
  private static func isMultiple(_ value: Double, of divisor: Double) -> Bool {
    let quotient = value / divisor
    guard quotient.isFinite else { return value.truncatingRemainder(dividingBy: divisor) == 0 }
    return abs(quotient - quotient.rounded()) <= quotient.magnitude.ulp
  }

  private static func plain(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
