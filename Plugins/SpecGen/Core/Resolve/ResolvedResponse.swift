/// A response of an operation.
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
