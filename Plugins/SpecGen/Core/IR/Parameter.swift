/// A parameter of an operation, and how it is written (OpenAPI 3.1 §4.8.12).
struct Parameter: Equatable, Sendable {
  enum Location: String, Equatable, Sendable, CaseIterable {
    case path, query, header, cookie
  }

  /// OpenAPI 3.1 §4.8.12.3.
  enum Style: String, Equatable, Sendable, CaseIterable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
  }

  /// How the value becomes text.
  enum Encoding: Equatable, Sendable {
    /// With `explode`, each item or member is a value of its own. Where a style does not tell them apart, it is `form`
    /// that has `explode`.
    case style(Style, explode: Bool)
    /// `content` with a JSON media type.
    case json
  }

  var name: String
  var swiftName: String
  var location: Location
  var encoding: Encoding
  var type: TypeUse
  var isRequired: Bool
  /// Whether the value may be null, which only JSON says; elsewhere null is the parameter left out.
  var isNullable = false
  /// Whether a client leaves reserved characters as they are.
  var allowsReserved = false
  /// Whether an empty text says that the parameter is left out.
  var allowsEmpty = false
  var defaultValue: DocumentValue?
  var example: DocumentValue?
  /// `x-example-from`: contract cases take a live value from another operation's response.
  var exampleSource: ExampleSource?
  var description: String?
  var pointer = ""
}

extension Parameter.Location {
  /// The styles that a parameter of this place may have; the first one is the default.
  var styles: [Parameter.Style] {
    switch self {
    case .path: [.simple, .label, .matrix]
    case .query: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
    case .header: [.simple]
    case .cookie: [.form]
    }
  }

  /// What holds where the document says nothing.
  var defaultEncoding: Parameter.Encoding { .style(styles[0], explode: styles[0] == .form) }
}

struct ExampleSource: Equatable, Sendable {
  var operation: String
  /// A JSON Pointer (RFC 6901) into the response's body.
  var pointer: String
}
