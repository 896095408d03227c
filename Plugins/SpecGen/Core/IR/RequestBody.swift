/// The body of a request, in one of its media types.
struct RequestBody: Equatable, Sendable {
  struct Content: Equatable, Sendable {
    enum Encoding: Equatable, Sendable {
      /// `application/json`, and what ends in `+json`.
      case json
      /// `application/x-www-form-urlencoded`.
      case form
      /// `multipart/form-data`: fields, and files as they arrive.
      case multipart(Multipart)
      /// `text/…`: one text.
      case text
      /// Anything else: bytes as they arrive, at most so many.
      case binary(maxBytes: Int?)
    }

    var encoding: Encoding
    /// As written; a wildcard such as `image/*` is one as well.
    var mediaType: String
    /// The case of `Input.Body` where there are several media types.
    var caseName: String
    var type: TypeUse
    /// Whether it may be null, which only JSON says.
    var isNullable = false
    /// The fields of a form that are not written as is usual, in the order of the document.
    var fields: [FormField] = []
    var example: DocumentValue?
  }

  var isRequired: Bool
  var content: [Content]
  var description: String?
}

/// An entry of a media type's `encoding`.
struct FormField: Equatable, Sendable {
  var name: String
  var encoding: Parameter.Encoding
  /// Whether a client need not encode the reserved characters of RFC 3986 §2.2.
  var allowsReserved = false
}

/// A form of fields and files (RFC 7578).
struct Multipart: Equatable, Sendable {
  /// The fields.
  var object: ObjectType
  var files: [FormFile]
}

/// A property of a form whose value is bytes.
struct FormFile: Equatable, Sendable {
  var name: String
  var swiftName: String
  var minItems: Int
  /// nil: any number.
  var maxItems: Int?
  /// Of one file.
  var maxBytes: Int?
  /// `contentType` of its encoding; any when there are none.
  var mediaTypes: [String] = []
  var description: String?
}
