/// One operation: a method of its tag's protocol, an `Input` and an `Output`.
public struct Operation: Equatable, Sendable {
  public enum Method: String, Equatable, Sendable, CaseIterable {
    case get, put, post, delete, options, head, patch, trace, query

    /// `GET`.
    public var token: String { rawValue.uppercased() }
  }

  /// The `operationId`, which is the method's name: `signUp`.
  public var id: String
  /// The namespace of its types: `SignUp`.
  public var typeName: String
  public var tag: String
  public var method: Method
  /// As written: `/chat/history/{conversation_id}`.
  public var path: String
  public var segments: [PathSegment]
  public var summary: String?
  public var description: String?
  public var isDeprecated: Bool
  /// `#/paths/~1auth~1signup/post`.
  public var pointer: String
  /// The alternatives of credentials; none for an operation that everybody may call.
  public var security: [SecurityRequirement]
  /// Path, query and header parameters in the order of the document.
  public var parameters: [Parameter]
  public var body: RequestBody?
  /// The responses that the handler answers, in the order of the document; one of several media types stands here once for each, in
  /// the order of preference.
  public var responses: [OperationResponse]
  /// The responses that are problems, those of the runtime (`default`, 401, 422 …) included.
  public var problemResponses: [ProblemResponse]

  public init(
    id: String, typeName: String, tag: String, method: Method, path: String, segments: [PathSegment],
    summary: String? = nil, description: String? = nil, isDeprecated: Bool = false, pointer: String = "",
    security: [SecurityRequirement] = [], parameters: [Parameter] = [], body: RequestBody? = nil,
    responses: [OperationResponse],
    problemResponses: [ProblemResponse] = []
  ) {
    self.id = id
    self.typeName = typeName
    self.tag = tag
    self.method = method
    self.path = path
    self.segments = segments
    self.summary = summary
    self.description = description
    self.isDeprecated = isDeprecated
    self.pointer = pointer
    self.security = security
    self.parameters = parameters
    self.body = body
    self.responses = responses
    self.problemResponses = problemResponses
  }

  /// The codes that the handler itself may answer, in order, each once.
  public var problemCodes: [String] {
    var codes: [String] = []
    for code in problemResponses.flatMap(\.codes) where !codes.contains(code) { codes.append(code) }
    return codes
  }
}

extension Operation {
  /// The contents among which a request chooses by its `Accept` field, in the order of preference; empty when there is
  /// nothing to choose.
  public var choices: [OperationResponse.Content] {
    let responses = successes
    guard Set(responses.map(\.status)).count < responses.count else { return [] }
    var choices: [OperationResponse.Content] = []
    for content in responses.compactMap(\.content) where !choices.contains(where: { $0.mediaType == content.mediaType })
    {
      choices.append(content)
    }
    return choices
  }

  /// The responses of success; those of `default` where no other is one.
  public var successes: [OperationResponse] {
    let successes = responses.filter(\.status.isSuccess)
    return successes.isEmpty ? responses.filter { $0.status == .any } : successes
  }
}

public struct Parameter: Equatable, Sendable {
  public enum Location: String, Equatable, Sendable, CaseIterable {
    case path, query, header, cookie
  }

  /// OpenAPI 3.1 §4.8.12.3.
  public enum Style: String, Equatable, Sendable, CaseIterable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
  }

  /// How the value becomes text.
  public enum Encoding: Equatable, Sendable {
    /// With `explode`, each item or member is a value of its own. Where a style does not tell them apart, it is `form`
    /// that has `explode`.
    case style(Style, explode: Bool)
    /// `content` with a JSON media type.
    case json
  }

  public var name: String
  public var swiftName: String
  public var location: Location
  public var encoding: Encoding
  public var type: TypeUse
  public var isRequired: Bool
  /// Whether the value may be null, which only JSON says; elsewhere null is the parameter left out.
  public var isNullable: Bool
  /// Whether a client leaves reserved characters as they are.
  public var allowsReserved: Bool
  /// Whether an empty text says that the parameter is left out.
  public var allowsEmpty: Bool
  public var defaultValue: DocumentValue?
  public var example: DocumentValue?
  /// `x-example-from`: contract cases take a live value from another operation's response.
  public var exampleSource: ExampleSource?
  public var description: String?
  public var pointer: String

  public init(
    name: String, swiftName: String, location: Location, encoding: Encoding? = nil, type: TypeUse, isRequired: Bool,
    isNullable: Bool = false, allowsReserved: Bool = false, allowsEmpty: Bool = false,
    defaultValue: DocumentValue? = nil, example: DocumentValue? = nil, exampleSource: ExampleSource? = nil,
    description: String? = nil, pointer: String = ""
  ) {
    self.name = name
    self.swiftName = swiftName
    self.location = location
    self.encoding = encoding ?? location.defaultEncoding
    self.type = type
    self.isRequired = isRequired
    self.isNullable = isNullable
    self.allowsReserved = allowsReserved
    self.allowsEmpty = allowsEmpty
    self.defaultValue = defaultValue
    self.example = example
    self.exampleSource = exampleSource
    self.description = description
    self.pointer = pointer
  }
}

extension Parameter.Location {
  /// The styles that a parameter of this place may have; the first one is the default.
  public var styles: [Parameter.Style] {
    switch self {
    case .path: [.simple, .label, .matrix]
    case .query: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
    case .header: [.simple]
    case .cookie: [.form]
    }
  }

  /// What holds where the document says nothing.
  public var defaultEncoding: Parameter.Encoding { .style(styles[0], explode: styles[0] == .form) }
}

public struct ExampleSource: Equatable, Sendable {
  public var operation: String
  /// A JSON Pointer (RFC 6901) into the response's body.
  public var pointer: String

  public init(operation: String, pointer: String) {
    self.operation = operation
    self.pointer = pointer
  }
}

/// A response that the handler answers, in one of its media types.
public struct OperationResponse: Equatable, Sendable {
  public var status: ResponseStatus
  /// `ok`, `created`, `noContent`; with the media type where the response has several: `okEventStream`.
  public var caseName: String
  /// nil: no body.
  public var content: Content?
  public var headers: [ResponseHeader]
  public var description: String

  public struct Content: Equatable, Sendable {
    public enum Encoding: Equatable, Sendable {
      case json
      /// `text/plain` and the like: the Swift type is String.
      case text
      /// `text/event-stream`: the type is an `EventDeclaration`.
      case events
      /// `application/jsonl` and the like: the type is that of an item.
      case lines
      /// Anything else, whatever its type is.
      case bytes
    }

    public var encoding: Encoding
    public var mediaType: String
    /// Among the media types of the operation: `json`, `eventStream`.
    public var swiftName: String
    public var type: TypeUse
    /// Whether it, or an item of it, may be null, which only JSON says.
    public var isNullable: Bool
    public var example: DocumentValue?

    public init(
      encoding: Encoding, mediaType: String, swiftName: String, type: TypeUse, isNullable: Bool = false,
      example: DocumentValue? = nil
    ) {
      self.encoding = encoding
      self.mediaType = mediaType
      self.swiftName = swiftName
      self.type = type
      self.isNullable = isNullable
      self.example = example
    }
  }

  public init(
    status: ResponseStatus, caseName: String, content: Content?, headers: [ResponseHeader] = [],
    description: String = ""
  ) {
    self.status = status
    self.caseName = caseName
    self.content = content
    self.headers = headers
    self.description = description
  }
}

public struct ResponseHeader: Equatable, Sendable {
  public var name: String
  public var swiftName: String
  public var type: TypeUse
  public var isRequired: Bool
  /// `explode` of the style `simple`.
  public var isExploded: Bool
  /// JSON in the field, as `content` says.
  public var isJSON: Bool

  public init(
    name: String, swiftName: String, type: TypeUse, isRequired: Bool, isExploded: Bool = false, isJSON: Bool = false
  ) {
    self.name = name
    self.swiftName = swiftName
    self.type = type
    self.isRequired = isRequired
    self.isExploded = isExploded
    self.isJSON = isJSON
  }
}

public struct ProblemResponse: Equatable, Sendable {
  public var status: ResponseStatus
  /// `x-codes`; empty when only the runtime answers it.
  public var codes: [String]
  public var description: String

  public init(status: ResponseStatus, codes: [String], description: String = "") {
    self.status = status
    self.codes = codes
    self.description = description
  }
}

/// An entry of `x-problems`.
public struct ProblemDeclaration: Equatable, Sendable {
  /// `username-taken`.
  public var code: String
  /// `usernameTaken`.
  public var swiftName: String
  public var status: Int
  public var title: String
  public var detail: String

  public init(code: String, swiftName: String, status: Int, title: String, detail: String) {
    self.code = code
    self.swiftName = swiftName
    self.status = status
    self.title = title
    self.detail = detail
  }
}
