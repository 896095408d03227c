extension DocumentValue {
  /// The value of a number.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let text): Double(text)
    default: nil
    }
  }

  /// Whether it is a value of a type of JSON Schema.
  func isOf(type: String) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.boolean, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
      (.string, "string"), (.array, "array"), (.object, "object"):
      true
    case (.number, "integer"): double.flatMap { Int64(exactly: $0) } != nil
    default: false
    }
  }

  /// Equality of JSON Schema 2020-12 §4.2.2: numbers by their value, objects without regard to order.
  func isSame(as other: DocumentValue) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): left == right
    case (.integer, .number), (.number, .integer), (.number, .number): double == other.double
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && left.allSatisfy { member in
          right.contains { $0.key == member.key && $0.value.isSame(as: member.value) }
        }
    default: self == other
    }
  }
}

extension Double {
  /// Whether it is a multiple as the decimal texts say it, which no double does exactly: 0.3 is one of 0.1.
  func isMultiple(of factor: Double) -> Bool {
    let quotient = self / factor
    // A quotient beyond all doubles is a whole number like every great one.
    return !quotient.isFinite || abs(quotient - quotient.rounded()) <= quotient.magnitude.ulp
  }
}
