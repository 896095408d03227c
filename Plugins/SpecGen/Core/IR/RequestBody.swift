/// The body of a request, in one of its media types.
public struct RequestBody: Equatable, Sendable {
  public struct Content: Equatable, Sendable {
    public enum Encoding: Equatable, Sendable {
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

    public var encoding: Encoding
    /// As written; a wildcard such as `image/*` is one as well.
    public var mediaType: String
    /// The case of `Input.Body` where there are several media types.
    public var caseName: String
    public var type: TypeUse
    /// Whether it may be null, which only JSON says.
    public var isNullable: Bool
    /// The fields of a form that are not written as is usual, in the order of the document.
    public var fields: [FormField]
    public var example: DocumentValue?

    public init(
      encoding: Encoding, mediaType: String, caseName: String, type: TypeUse, isNullable: Bool = false,
      fields: [FormField] = [], example: DocumentValue? = nil
    ) {
      self.encoding = encoding
      self.mediaType = mediaType
      self.caseName = caseName
      self.type = type
      self.isNullable = isNullable
      self.fields = fields
      self.example = example
    }
  }

  public var isRequired: Bool
  public var content: [Content]
  public var description: String?

  public init(isRequired: Bool, content: [Content], description: String? = nil) {
    self.isRequired = isRequired
    self.content = content
    self.description = description
  }
}

/// An entry of a media type's `encoding`.
public struct FormField: Equatable, Sendable {
  public var name: String
  public var encoding: Parameter.Encoding
  /// Whether a client need not encode the reserved characters of RFC 3986 §2.2.
  public var allowsReserved: Bool

  public init(name: String, encoding: Parameter.Encoding, allowsReserved: Bool = false) {
    self.name = name
    self.encoding = encoding
    self.allowsReserved = allowsReserved
  }
}

/// A form of fields and files (RFC 7578).
public struct Multipart: Equatable, Sendable {
  /// The fields.
  public var object: ObjectType
  public var files: [FormFile]

  public init(object: ObjectType, files: [FormFile]) {
    self.object = object
    self.files = files
  }
}

/// A property of a form whose value is bytes.
public struct FormFile: Equatable, Sendable {
  public var name: String
  public var swiftName: String
  public var minItems: Int
  /// nil: any number.
  public var maxItems: Int?
  /// Of one file.
  public var maxBytes: Int?
  /// `contentType` of its encoding; any when there are none.
  public var mediaTypes: [String]
  public var description: String?

  public init(
    name: String, swiftName: String, minItems: Int, maxItems: Int?, maxBytes: Int? = nil, mediaTypes: [String] = [],
    description: String? = nil
  ) {
    self.name = name
    self.swiftName = swiftName
    self.minItems = minItems
    self.maxItems = maxItems
    self.maxBytes = maxBytes
    self.mediaTypes = mediaTypes
    self.description = description
  }
}
