extension SchemaValidation {
  mutating func check(_ types: SchemaNode.Types, _ value: JSONValue) -> Bool {
    if types.accept(value) { return true }
    if value.isNull { return refuse(Constraint.null) }
    if types == .integer, SchemaNode.Types.number.accept(value) { return refuse(Constraint.fraction) }
    let expected = SchemaNode.Types.all.filter { types.contains($0.type) }.map(\.phrase)
    return refuse(
      Violation(
        code: "type", detail: "Must be \(expected.joined(separator: " or ")), not \(value.kind.phrase)."))
  }

  mutating func check(_ rules: SchemaNode.StringRules, _ value: JSONValue) -> Bool {
    guard case .string(let text) = value else { return true }
    let violations = Constraint.violations(
      of: text, minLength: rules.minLength, maxLength: rules.maxLength, maxBytes: rules.maxBytes,
      pattern: rules.pattern, format: rules.format)
    for violation in violations { refuse(violation) }
    return violations.isEmpty
  }

  mutating func check(_ rules: SchemaNode.NumberRules, _ value: JSONValue) -> Bool {
    guard SchemaNode.Types.number.accept(value) else { return true }
    var isValid = true
    if let bound = rules.minimum, value.isLess(than: bound) { isValid = refuse(Constraint.below(bound.digits)) }
    if let bound = rules.maximum, bound.isLess(than: value) { isValid = refuse(Constraint.above(bound.digits)) }
    if let bound = rules.exclusiveMinimum, !bound.isLess(than: value) {
      isValid = refuse(Constraint.notAbove(bound.digits))
    }
    if let bound = rules.exclusiveMaximum, !value.isLess(than: bound) {
      isValid = refuse(Constraint.notBelow(bound.digits))
    }
    if let divisor = rules.multipleOf, !value.isMultiple(of: divisor) {
      isValid = refuse(Constraint.notMultiple(divisor.digits))
    }
    return isValid
  }
}

extension SchemaNode.Types {
  /// Whether a value has one of the types.
  func accept(_ value: JSONValue) -> Bool {
    switch value {
    case .null: contains(.null)
    case .bool: contains(.boolean)
    case .string: contains(.string)
    case .array: contains(.array)
    case .object: contains(.object)
    case .integer: !isDisjoint(with: [.integer, .number])
    case .number(let number): contains(.number) || contains(.integer) && number.rounded() == number
    case .decimal(let number): contains(.number) || contains(.integer) && number.isInteger
    }
  }
}

extension JSONValue {
  fileprivate var kind: JSONReader.Kind {
    switch self {
    case .null: .null
    case .bool: .boolean
    case .integer, .number, .decimal: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  fileprivate var digits: String { exactNumber?.description ?? "" }

  /// Compares numbers exactly; anything else is not less.
  fileprivate func isLess(than other: JSONValue) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): return left < right
    case (.number(let left), .number(let right)): return left < right
    default:
      guard let left = exactNumber, let right = other.exactNumber else { return false }
      return left < right
    }
  }

  fileprivate func isMultiple(of divisor: JSONValue) -> Bool {
    if case .integer(let value) = self, case .integer(let divisor) = divisor {
      return value.isMultiple(of: divisor)
    }
    guard let value = exactNumber, let divisor = divisor.exactNumber else { return true }
    return value.isMultiple(of: divisor)
  }
}
