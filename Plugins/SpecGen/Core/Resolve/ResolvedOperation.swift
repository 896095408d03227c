/// An operation, or a request that the server sends.
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
