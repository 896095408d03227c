/// What a document means: references followed, names decided, everything checked. The result of the resolve stage.
struct ResolvedDocument: Equatable, Sendable {
  var info: OpenAPI.Info
  /// Those that have operations, in the order of the document.
  var tags: [OpenAPI.Tag] = []
  /// The entries of `components/schemas`, in the order of the document.
  var schemas: [ResolvedDeclaration] = []
  var operations: [ResolvedOperation] = []
  /// What the server sends by itself.
  var outgoing: [ResolvedOutgoing] = []
  var securitySchemes: [OpenAPI.SecurityScheme] = []
  var problems: [OpenAPI.Problem] = []
  var tables: [ResolvedTable] = []
  var queries: [ResolvedQuery] = []
  var lists: [ResolvedList] = []
  var rules: [Rule] = []
  var ruleUses: [RuleUse] = []
  /// What is wrong with the schemas that became rules.
  var ruleProblems: [RuleLowering.Problem] = []
  var value: DocumentValue
}

/// An entry of `components/schemas`.
struct ResolvedDeclaration: Equatable, Sendable {
  /// The key.
  var name: Located<String>
  /// The Swift type, or the typealias where the schema is no type of its own.
  var typeName: String
  var schema: ResolvedSchema
  /// Whether only problem responses use it: the runtime writes problems, so it becomes no Swift type.
  var isHidden: Bool
}
