/// All that the renderers know of an `api.yaml`: the result of the translate stage.
///
/// Every name is decided, every reference resolved and every check done; a renderer only writes.
struct API: Equatable, Sendable {
  var title: String
  var version: String
  var summary: String?
  var description: String?
  /// In the order of the document; only tags that have operations.
  var tags: [Tag] = []
  /// Named and hoisted schemas in the order of the document; a hoisted one follows its parent.
  var types: [TypeDeclaration] = []
  /// In the order of the document.
  var operations: [Operation] = []
  /// In the order of their first use.
  var events: [EventDeclaration] = []
  /// What the server sends by itself: webhooks, then callbacks in the order of their operations.
  var outgoing: [OutgoingRequest] = []
  var securitySchemes: [SecurityScheme] = []
  var problems: [ProblemDeclaration] = []
  var tables: [Table] = []
  var queries: [NamedQuery] = []
  var lists: [ListQuery] = []
  var rules: [Rule] = []
  /// In the order of the document.
  var ruleUses: [RuleUse] = []
  /// The document as it was written, keys in order: the source of `openapi.json`.
  var document: DocumentValue = .null

  /// The operations of each tag by its name, in the order of the document.
  var operationsByTag: [String: [Operation]] { Dictionary(grouping: operations, by: \.tag) }
}

/// A tag: one protocol of operations.
struct Tag: Equatable, Sendable {
  /// As written: `auth`.
  var name: String
  /// `AuthAPI`.
  var protocolName: String
  /// The label of the router's parameter: `auth`.
  var label: String
  var description: String?
}
