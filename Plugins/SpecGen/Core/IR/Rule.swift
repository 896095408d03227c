/// A schema that no Swift type can say: the runtime checks a JSON value against it.
struct Rule: Equatable, Sendable {
  /// What references to it say: the key of `components/schemas`, or a JSON Pointer.
  var name: String
  /// JSON Schema 2020-12 without annotations; a `$ref` is the name of another rule.
  var schema: DocumentValue
}

/// A place of the document whose values are checked by a rule.
struct RuleUse: Equatable, Sendable {
  /// The constant among the generated rules.
  var swiftName: String
  var rule: String
}
