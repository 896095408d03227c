/// A response that the handler answers, in one of its media types.
struct OperationResponse: Equatable, Sendable {
  var status: ResponseStatus
  /// `ok`, `created`, `noContent`; with the media type where the response has several: `okEventStream`.
  var caseName: String
  /// nil: no body.
  var content: Content?
  var headers: [ResponseHeader] = []
  var description = ""

  struct Content: Equatable, Sendable {
    enum Encoding: Equatable, Sendable {
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

    var encoding: Encoding
    var mediaType: String
    /// Among the media types of the operation: `json`, `eventStream`.
    var swiftName: String
    var type: TypeUse
    /// Whether it, or an item of it, may be null, which only JSON says.
    var isNullable = false
    var example: DocumentValue?
  }
}

struct ResponseHeader: Equatable, Sendable {
  var name: String
  var swiftName: String
  var type: TypeUse
  var isRequired: Bool
  /// `explode` of the style `simple`.
  var isExploded = false
  /// JSON in the field, as `content` says.
  var isJSON = false
}

struct ProblemResponse: Equatable, Sendable {
  var status: ResponseStatus
  /// `x-codes`; empty when only the runtime answers it.
  var codes: [String]
  var description = ""
}

/// An entry of `x-problems`.
struct ProblemDeclaration: Equatable, Sendable {
  /// `username-taken`.
  var code: String
  /// `usernameTaken`.
  var swiftName: String
  var status: Int
  var title: String
  var detail: String
}
