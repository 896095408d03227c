/// `oneOf` or `anyOf`, or several types: an enum whose cases hold the values.
public struct ChoiceType: Equatable, Sendable {
  public struct Case: Equatable, Sendable {
    /// As messages and documents call it: the name of its schema, or the kind of its values.
    public var name: String
    public var swiftName: String
    public var type: TypeUse
    public var description: String?

    public init(name: String, swiftName: String, type: TypeUse, description: String? = nil) {
      self.name = name
      self.swiftName = swiftName
      self.type = type
      self.description = description
    }
  }

  /// How a reader finds the case of a value; numbers are those of cases.
  public indirect enum Selection: Equatable, Sendable {
    case only(Int)
    /// By the kind of JSON value.
    case kind([Branch<[JSONKind], Selection>])
    /// By the text of a required member.
    case tag(String, [Branch<[String], Int>])
    /// By trial: the first that fits, or the only one. A value that lacks one of the members cannot be of the case.
    case trial([Branch<[String], Int>], isExclusive: Bool)
  }

  public struct Branch<Condition: Equatable & Sendable, Result: Equatable & Sendable>: Equatable, Sendable {
    public var condition: Condition
    public var result: Result

    public init(_ condition: Condition, _ result: Result) {
      self.condition = condition
      self.result = result
    }
  }

  public var cases: [Case]
  public var selection: Selection
  /// Whether a case holds the enum itself.
  public var isIndirect: Bool

  public init(cases: [Case], selection: Selection, isIndirect: Bool = false) {
    self.cases = cases
    self.selection = selection
    self.isIndirect = isIndirect
  }
}

/// The kinds of JSON values; an integer is a number.
public enum JSONKind: String, CaseIterable, Sendable {
  case null, boolean, number, string, array, object
}
