/// The body of a request.
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
