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

struct ResolvedOperation: Equatable, Sendable {
  var source: OpenAPI.Operation
  var path: String
  var segments: [PathSegment]
  /// The Swift method.
  var id: String
  var typeName: String
  var tag: String
  var security: [SecurityRequirement]
  var parameters: [ResolvedParameter]
  var body: ResolvedBody?
  var responses: [ResolvedResponse]

  /// How the document calls it: its `operationId`, else as Swift does.
  var name: String { source.id?.value ?? id }
}

/// A request that the server sends by itself.
struct ResolvedOutgoing: Equatable, Sendable {
  enum Origin: Equatable, Sendable {
    case webhook(String)
    /// By its name, of an operation by its method.
    case callback(String, of: String)

    var noun: String { if case .webhook = self { "webhook" } else { "callback" } }

    var name: String {
      switch self {
      case .webhook(let name), .callback(let name, _): name
      }
    }
  }

  var origin: Origin
  var operation: ResolvedOperation
}

struct ResolvedParameter: Equatable, Sendable {
  var source: OpenAPI.Parameter
  var swiftName: String
  var encoding: Parameter.Encoding
  var isNullable: Bool
  var schema: ResolvedSchema
}

struct ResolvedBody: Equatable, Sendable {
  var isRequired: Bool
  var description: String?
  var content: [ResolvedContent]
}

struct ResolvedContent: Equatable, Sendable {
  enum Encoding: Equatable, Sendable {
    case json, form, text
    /// With the names of the properties that are files.
    case multipart([FormFile])
    case binary(maxBytes: Int?)
  }

  var mediaType: String
  var encoding: Encoding
  var caseName: String
  var schema: ResolvedSchema
  var fields: [FormField] = []
  var example: DocumentValue?
}

/// What a response holds in one media type.
struct ResolvedResponseContent: Equatable, Sendable {
  enum Body: Equatable, Sendable {
    case json(ResolvedSchema)
    /// nil: any text.
    case text(ResolvedSchema?)
    case events(ResolvedEvents)
    /// The schema of an item.
    case lines(ResolvedSchema)
    case bytes
    /// The runtime writes problems.
    case problem(ResolvedSchema)
  }

  var mediaType: String
  /// Among the media types of its operation: `json`, `eventStream`.
  var swiftName: String
  var body: Body
  var example: DocumentValue?

  /// Of a value that stands in the document as an example may.
  var schema: ResolvedSchema? {
    switch body {
    case .json(let schema), .problem(let schema): schema
    case .text(let schema): schema
    case .events, .lines, .bytes: nil
    }
  }
}

/// The events that a response streams.
struct ResolvedEvents: Equatable, Sendable {
  var typeName: String
  var pointer: String
  var title: String?
  var description: String?
  var cases: [Case]

  struct Case: Equatable, Sendable {
    /// nil: the event has no name, which is `message` to a browser.
    var name: String?
    var swiftName: String
    var payload: Payload
    var description: String?
  }

  enum Payload: Equatable, Sendable {
    case none
    case text
    case constant(String)
    /// nil: any JSON value.
    case json(ResolvedSchema?)

    var schema: ResolvedSchema? { if case .json(let schema) = self { schema } else { nil } }
  }
}

struct ResolvedResponse: Equatable, Sendable {
  var status: ResponseStatus
  var description: String
  /// In the order of preference: JSON first, then as they are written.
  var contents: [ResolvedResponseContent]
  var headers: [ResolvedHeader]
  var codes: [String]

  /// The contents that the handler gives; the runtime writes problems.
  var answers: [ResolvedResponseContent] {
    contents.filter { if case .problem = $0.body { false } else { true } }
  }

  /// Whether the handler answers it, rather than only the runtime or a problem of the handler's.
  var isAnswered: Bool { !answers.isEmpty || (contents.isEmpty && codes.isEmpty) }

  /// Whether it is a problem, also of the runtime's.
  var isProblem: Bool { !codes.isEmpty || answers.count < contents.count }
}

struct ResolvedHeader: Equatable, Sendable {
  var name: String
  var swiftName: String
  var isRequired: Bool
  var schema: ResolvedSchema
  /// `explode` of the style `simple`.
  var isExploded: Bool
  /// JSON in the field, as `content` says.
  var isJSON: Bool
}

struct ResolvedTable: Equatable, Sendable {
  var source: OpenAPI.Table
  var typeName: String
  /// The key of its schema.
  var schema: String?
  var columns: [ResolvedColumn]
  var primaryKey: [String]
  var uniqueKeys: [UniqueKey]
  var indexes: [Index]
  var references: [Reference]
}

struct ResolvedColumn: Equatable, Sendable {
  var name: Located<String>
  var swiftName: String
  var schema: ResolvedSchema
  var isNullable: Bool
  var isPublic: Bool
}

struct ResolvedQuery: Equatable, Sendable {
  var source: OpenAPI.Query
  var swiftName: String
  var typeName: String
  /// With `:name` and `{columns}` replaced.
  var postgres: String
  var sqlite: String
  var parameters: [ResolvedColumn]
  var result: Result
  var isRead: Bool

  enum Result: Equatable, Sendable {
    case none
    case table(String)
    case columns([ResolvedColumn])
  }
}

struct ResolvedList: Equatable, Sendable {
  var source: OpenAPI.List
  /// That of the operation's method.
  var swiftName: String
  var typeName: String
  var filters: [Filter]
  var sorts: [ListQuery.Sort]
  /// Of the parameter `sort`; nil when there is one order only.
  var sortSchema: ResolvedSchema?

  struct Filter: Equatable, Sendable {
    var name: Located<String>
    var swiftName: String
    var schema: ResolvedSchema
    var column: String
    var comparison: ListQuery.Filter.Comparison
  }
}
