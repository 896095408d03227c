/// A broken constraint, before it is known where.
package struct Violation: Sendable, Hashable {
  package var code: String
  package var detail: String

  package init(code: String, detail: String) {
    self.code = code
    self.detail = detail
  }
}

/// A format of strings that is checked but needs no type of its own.
public enum StringFormat: Sendable {
  /// A mailbox of RFC 5321 without quoting and address literals: see ``Format/isEmail(_:)``.
  case email
  /// An absolute URI of RFC 3986.
  case uri
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
    switch format {
    case .email where !Format.isEmail(text):
      violations.append(Violation(code: "format", detail: "Must be an email address such as ada@example.com."))
    case .uri where !Format.isURI(text):
      violations.append(Violation(code: "format", detail: "Must be a URI such as https://example.com/."))
    default: break
    }
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
    if value <= exclusiveMinimum {
      violations.append(
        Violation(code: "exclusive-minimum", detail: "Must be more than \(plain(exclusiveMinimum))."))
    }
    if value >= exclusiveMaximum {
      violations.append(
        Violation(code: "exclusive-maximum", detail: "Must be less than \(plain(exclusiveMaximum))."))
    }
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

  package static let notUUID = Violation(
    code: "format", detail: "Must be a UUID such as 0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d.")
  package static let notTimestamp = Violation(
    code: "format", detail: "Must be a date and time with its offset, such as 2026-01-02T03:04:05.678Z.")
  package static let notDate = Violation(code: "format", detail: "Must be a date such as 2026-01-02.")

  package static func notConstant(_ value: String) -> Violation {
    Violation(code: "const", detail: "Must be `\(value)`.")
  }

  package static func notOneOf(_ values: [String]) -> Violation {
    Violation(code: "enum", detail: "Must be one of \(values.map { "`\($0)`" }.joined(separator: ", ")).")
  }

  package static func below(_ minimum: Int64) -> Violation {
    Violation(code: "minimum", detail: "Must be at least \(minimum).")
  }

  package static func above(_ maximum: Int64) -> Violation {
    Violation(code: "maximum", detail: "Must be at most \(maximum).")
  }

  package static func below(_ minimum: Double) -> Violation {
    Violation(code: "minimum", detail: "Must be at least \(plain(minimum)).")
  }

  package static func above(_ maximum: Double) -> Violation {
    Violation(code: "maximum", detail: "Must be at most \(plain(maximum)).")
  }

  private static func notMultiple(_ divisor: String) -> Violation {
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

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
