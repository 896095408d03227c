/// A schema that no Swift type can say: the runtime checks a JSON value against it.
public struct Rule: Equatable, Sendable {
  /// What references to it say: the key of `components/schemas`, or a JSON Pointer.
  public var name: String
  /// JSON Schema 2020-12 without annotations; a `$ref` is the name of another rule.
  public var schema: DocumentValue

  public init(name: String, schema: DocumentValue) {
    self.name = name
    self.schema = schema
  }
}

/// A place of the document whose values are checked by a rule.
public struct RuleUse: Equatable, Sendable {
  /// The constant among the generated rules.
  public var swiftName: String
  public var rule: String

  public init(swiftName: String, rule: String) {
    self.swiftName = swiftName
    self.rule = rule
  }
}
