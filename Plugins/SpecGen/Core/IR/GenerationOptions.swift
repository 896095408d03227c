/// What a document asks of the code that is written for it: `x-specgen`.
struct GenerationOptions: Equatable, Sendable {
  /// Who may use the generated declarations.
  enum Access: String, CaseIterable, Sendable {
    case `public`, package, `internal`
  }

  /// What is written besides the types of the schemas.
  enum Output: String, CaseIterable, Sendable {
    /// Inputs, outputs, protocols and the router.
    case operations
    /// Rows, statements and lists of `x-tables`, `x-queries` and `x-lists`.
    case storage
    /// What the server shows of its own API: the document, the page, the client for browsers.
    case documents
  }

  var access = Access.public
  var outputs = Output.allCases
}
