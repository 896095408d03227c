/// An OpenAPI 3.1 document as it was written, typed, with places: the result of the load stage.
///
/// References are still references; what a value means together with others is for the resolve stage.
enum OpenAPI {
  struct Document: Equatable, Sendable {
    var info: Info
    var tags: [Tag] = []
    /// Of every operation that has none of its own.
    var security: Security?
    var paths: [PathItem] = []
    /// Requests that the server sends by itself; the path of each is its name.
    var webhooks: [PathItem] = []
    var components = Components()
    var problems: [Problem] = []
    var tables: [Table] = []
    var queries: [Query] = []
    var lists: [List] = []
    var options: Options?
    /// The `operationId`s that `x-specgen` leaves out: what names one of them is no mistake.
    var leftOut: Set<String> = []
    /// The whole document, keys in order.
    var value: DocumentValue
  }

  struct Info: Equatable, Sendable {
    var title: String
    var version: String
    var summary: String?
    var description: String?
  }

  struct Tag: Equatable, Sendable {
    var name: Located<String>
    var description: String?
    /// The tag that this one is within.
    var parent: Located<String>?
  }

  /// A list of alternatives; an empty one says that no credentials are asked for.
  struct Security: Equatable, Sendable {
    var alternatives: [Requirement]
    var place: Place

    /// Schemes that are asked for together.
    struct Requirement: Equatable, Sendable {
      var schemes: [Scheme]
      var place: Place
    }

    struct Scheme: Equatable, Sendable {
      var name: Located<String>
      var scopes: [Located<String>]
    }
  }

  struct SecurityScheme: Equatable, Sendable {
    var name: Located<String>
    var kind: SpecGenCore.SecurityScheme.Kind
    var description: String?
    /// Those that flows of OAuth 2 declare; nil where a scheme does not say its scopes.
    var scopes: [String]?
  }

  struct Components: Equatable, Sendable {
    var schemas: [Named<Schema>] = []
    var responses: [Named<Referable<Response>>] = []
    var parameters: [Named<Referable<Parameter>>] = []
    var requestBodies: [Named<Referable<RequestBody>>] = []
    var headers: [Named<Referable<Header>>] = []
    var securitySchemes: [SecurityScheme] = []
  }

  /// A member of a mapping whose keys are names.
  struct Named<Value: Equatable & Sendable>: Equatable, Sendable {
    var name: Located<String>
    var value: Value
  }

  /// Either a value or a reference to it.
  enum Referable<Value: Equatable & Sendable>: Equatable, Sendable {
    case inline(Value)
    case reference(Located<String>)
  }
}
