/// All that the renderers know of an `api.yaml`: the result of the translate stage.
///
/// Every name is decided, every reference resolved and every check done; a renderer only writes.
public struct API: Equatable, Sendable {
  public var title: String
  public var version: String
  public var summary: String?
  public var description: String?
  /// In the order of the document; only tags that have operations.
  public var tags: [Tag]
  /// Named and hoisted schemas in the order of the document; a hoisted one follows its parent.
  public var types: [TypeDeclaration]
  /// In the order of the document.
  public var operations: [Operation]
  /// In the order of their first use.
  public var events: [EventDeclaration]
  /// What the server sends by itself: webhooks, then callbacks in the order of their operations.
  public var outgoing: [OutgoingRequest]
  public var securitySchemes: [SecurityScheme]
  public var problems: [ProblemDeclaration]
  public var tables: [Table]
  public var queries: [NamedQuery]
  public var lists: [ListQuery]
  public var rules: [Rule]
  /// In the order of the document.
  public var ruleUses: [RuleUse]
  /// The document as it was written, keys in order: the source of `openapi.json`.
  public var document: DocumentValue
  /// The bytes of the document: the source of `openapi.yaml`.
  public var source: String

  public init(
    title: String, version: String, summary: String? = nil, description: String? = nil, tags: [Tag] = [],
    types: [TypeDeclaration] = [], operations: [Operation] = [], events: [EventDeclaration] = [],
    outgoing: [OutgoingRequest] = [], securitySchemes: [SecurityScheme] = [], problems: [ProblemDeclaration] = [],
    tables: [Table] = [], queries: [NamedQuery] = [], lists: [ListQuery] = [], rules: [Rule] = [],
    ruleUses: [RuleUse] = [], document: DocumentValue = .null,
    source: String = ""
  ) {
    self.title = title
    self.version = version
    self.summary = summary
    self.description = description
    self.tags = tags
    self.types = types
    self.operations = operations
    self.events = events
    self.outgoing = outgoing
    self.securitySchemes = securitySchemes
    self.problems = problems
    self.tables = tables
    self.queries = queries
    self.lists = lists
    self.rules = rules
    self.ruleUses = ruleUses
    self.document = document
    self.source = source
  }

  /// The operations of each tag by its name, in the order of the document.
  var operationsByTag: [String: [Operation]] { Dictionary(grouping: operations, by: \.tag) }
}

/// A tag: one protocol of operations.
public struct Tag: Equatable, Sendable {
  /// As written: `auth`.
  public var name: String
  /// `AuthAPI`.
  public var protocolName: String
  /// The label of the router's parameter: `auth`.
  public var label: String
  public var description: String?

  public init(name: String, protocolName: String, label: String, description: String? = nil) {
    self.name = name
    self.protocolName = protocolName
    self.label = label
    self.description = description
  }
}

/// A value of the document (JSON data model) with its keys in order.
public indirect enum DocumentValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// Any other number, as it was written.
  case number(String)
  case string(String)
  case array([DocumentValue])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public var key: String
    public var value: DocumentValue

    public init(key: String, value: DocumentValue) {
      self.key = key
      self.value = value
    }
  }
}

/// A text that a renderer made.
public struct GeneratedFile: Equatable, Sendable {
  public var name: String
  public var text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
