import Storage

/// A CHECK as SpecGen writes it, in a form that can be asked without a database.
struct CheckExpression {
  private enum Subject {
    case value
    case length
  }

  private enum Test {
    case number(Subject, String, Double)
    case oneOf([String])
  }

  /// A kind of expression that this suite cannot read.
  struct Unknown: Error, CustomStringConvertible {
    let check: CheckDefinition

    var description: String {
      "The suite cannot read the CHECK \(check.name): \(check.postgres). Teach it in CheckExpression.swift."
    }
  }

  let name: String
  private var tests: [Test] = []

  init(_ check: CheckDefinition) throws {
    name = check.name
    var rest = check.postgres[...]
    while !rest.isEmpty {
      if let match = rest.prefixMatch(of: /(length\()?"?\w+"?\)? BETWEEN (\S+) AND (\S+)( AND )?/),
        let low = Double(match.2), let high = Double(match.3)
      {
        let subject = match.1 == nil ? Subject.value : .length
        tests += [.number(subject, ">=", low), .number(subject, "<=", high)]
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: /(length\()?"?\w+"?\)? (>=|<=|>|<|=) ([-+.eE0-9]+)( AND )?/),
        let bound = Double(match.3)
      {
        tests.append(.number(match.1 == nil ? .value : .length, String(match.2), bound))
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: /"?\w+"? (?:IN \(|= )((?:'(?:[^']|'')*'(?:, )?)+)\)?/) {
        tests.append(.oneOf(match.1.matches(of: /'((?:[^']|'')*)'/).map { String($0.1).replacing("''", with: "'") }))
        rest = rest[match.range.upperBound...]
      } else {
        throw Unknown(check: check)
      }
    }
  }

  /// Whether a row may hold the value; a null is always allowed.
  func allows(_ value: SQLValue) -> Bool {
    tests.allSatisfy { test in
      switch (test, value) {
      case (_, .null): return true
      case (.oneOf(let values), .text(let text)): return values.contains { $0.utf8.elementsEqual(text.utf8) }
      case (.number(.length, let sign, let bound), .text(let text)):
        return Self.holds(Double(text.unicodeScalars.count), sign, bound)
      case (.number(.value, let sign, let bound), .int(let number)):
        return Self.holds(Double(number), sign, bound)
      case (.number(.value, let sign, let bound), .double(let number)): return Self.holds(number, sign, bound)
      default: return false
      }
    }
  }

  private static func holds(_ number: Double, _ sign: String, _ bound: Double) -> Bool {
    switch sign {
    case ">=": number >= bound
    case "<=": number <= bound
    case ">": number > bound
    case "<": number < bound
    default: number == bound
    }
  }

  /// Whether it lists the values that it allows.
  var isEnumeration: Bool {
    tests.contains { if case .oneOf = $0 { true } else { false } }
  }

  /// Values that it allows, near its bounds and beyond.
  var samples: [SQLValue] {
    tests.flatMap { test -> [SQLValue] in
      switch test {
      case .oneOf(let values):
        return values.flatMap { [.text($0), .text($0.uppercased()), .text($0 + " ")] }
      case .number(.length, _, let bound):
        let length = max(0, Int(bound))
        // Scalars of four bytes: a bound counts scalars, not bytes or UTF-16 units.
        return [length, length + 1, max(0, length - 1)].map { .text(String(repeating: "𝕏", count: $0)) }
      case .number(.value, _, let bound):
        let whole = [bound - 1, bound, bound + 1].compactMap(Int64.init(exactly:))
        return whole.map(SQLValue.int) + [bound, bound.nextUp, bound.nextDown].map(SQLValue.double)
      }
    }
  }
}
