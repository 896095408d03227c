extension OpenAPI {
  struct PathItem: Equatable, Sendable {
    var path: Located<String>
    var parameters: [Referable<Parameter>] = []
    var operations: [Operation] = []
  }

  struct Operation: Equatable, Sendable {
    var method: SpecGenCore.Operation.Method
    var pointer: String
    /// The method's key.
    var place: Place
    var id: Located<String>?
    var swiftName: Located<String>?
    var tags: [Located<String>] = []
    var summary: String?
    var description: String?
    var isDeprecated = false
    var security: Security?
    var parameters: [Referable<Parameter>] = []
    var requestBody: Referable<RequestBody>?
    var hasResponses = true
    var responses: [Named<Referable<Response>>] = []
    var callbacks: [Named<[PathItem]>] = []
  }

  struct Parameter: Equatable, Sendable {
    var name: Located<String>
    var swiftName: Located<String>?
    var location: Located<SpecGenCore.Parameter.Location>
    var pointer: String
    var place: Place
    var description: String?
    var isRequired = false
    var style: Located<SpecGenCore.Parameter.Style>?
    var explode: Bool?
    var allowsReserved = false
    var allowsEmpty = false
    /// Of `content`, whose schema is the parameter's then.
    var mediaType: Located<String>?
    @Boxed var schema: Schema
    var examples: [Located<DocumentValue>] = []
    var exampleSource: ExampleSource?
  }

  /// `x-example-from`.
  struct ExampleSource: Equatable, Sendable {
    var operation: Located<String>
    var pointer: Located<String>
  }

  struct RequestBody: Equatable, Sendable {
    var place: Place
    var description: String?
    var isRequired = false
    var content: [MediaType] = []
  }

  struct MediaType: Equatable, Sendable {
    /// `application/json`.
    var name: Located<String>
    @Boxed var schema: Schema? = nil
    /// Of each item of a stream: `itemSchema`, or `x-itemSchema` in a document of OpenAPI 3.1.
    @Boxed var itemSchema: Schema? = nil
    var encodings: [Named<Encoding>] = []
    var examples: [Located<DocumentValue>] = []
  }

  /// How one property of a form is written.
  struct Encoding: Equatable, Sendable {
    var place: Place
    var contentType: Located<String>?
    var style: Located<SpecGenCore.Parameter.Style>?
    var explode: Bool?
    var allowsReserved = false
  }

  struct Response: Equatable, Sendable {
    var place: Place
    var description: String
    var headers: [Named<Referable<Header>>] = []
    var content: [MediaType] = []
    var links: [Named<Link>] = []
    /// `x-codes`.
    var codes: [Located<String>] = []
  }

  /// What can be asked for with what a response says.
  struct Link: Equatable, Sendable {
    /// An `operationId`.
    var operation: Located<String>?
    /// An `operationRef`, where there is no `operationId`.
    var reference: Located<String>?
    /// Of the operation that is linked to, `in.name` or `name`.
    var parameters: [Located<String>] = []
  }

  struct Header: Equatable, Sendable {
    var description: String?
    var isRequired = false
    @Boxed var schema: Schema
    var isExploded = false
    /// Whether the field is JSON: `content: {application/json: …}`.
    var isJSON = false
    var examples: [Located<DocumentValue>] = []
  }
}
