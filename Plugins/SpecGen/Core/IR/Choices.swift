/// `oneOf` or `anyOf`, or several types: an enum whose cases hold the values.
struct ChoiceType: Equatable, Sendable {
  struct Case: Equatable, Sendable {
    /// As messages and documents call it: the name of its schema, or the kind of its values.
    var name: String
    var swiftName: String
    var type: TypeUse
    var description: String?
  }

  /// How a reader finds the case of a value; numbers are those of cases.
  indirect enum Selection: Equatable, Sendable {
    case only(Int)
    /// By the kind of JSON value.
    case kind([Branch<[JSONKind], Selection>])
    /// By the text of a required member.
    case tag(String, [Branch<[String], Int>])
    /// By trial: the first that fits, or the only one. A value that lacks one of the members cannot be of the case.
    case trial([Branch<[String], Int>], isExclusive: Bool)
  }

  struct Branch<Condition: Equatable & Sendable, Result: Equatable & Sendable>: Equatable, Sendable {
    var condition: Condition
    var result: Result

    init(_ condition: Condition, _ result: Result) {
      self.condition = condition
      self.result = result
    }
  }

  var cases: [Case]
  var selection: Selection
  /// Whether a case holds the enum itself.
  var isIndirect = false
}

/// The kinds of JSON values; an integer is a number.
enum JSONKind: String, CaseIterable, Sendable {
  case null, boolean, number, string, array, object
}
