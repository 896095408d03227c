/// The Swift types that a document declares.
struct TypeNames {
  private var taken: [String: (what: String, place: Place)] = [:]

  /// Takes a name for `what`, as messages say it: `the schema "User"`.
  ///
  /// - Parameter advice: what to do about a name that generated code needs for itself.
  mutating func take(
    _ name: String, for what: String, at place: Place, advice: String = "rename it",
    _ diagnostics: inout [Diagnostic]
  ) {
    if Self.reserved.contains(name) {
      diagnostics.error(
        .nameClash, at: place,
        "\(what) would become the Swift type \"\(name)\", which generated code needs for itself; \(advice)")
    } else if let first = taken[name] {
      diagnostics.error(
        .nameClash, at: place,
        "\(what) would become the Swift type \"\(name)\", and so does \(first.what); rename one of the two or give it an \"x-swift-name\"",
        notes: [.init(place: first.place, message: "\(first.what) is defined here")])
    } else {
      taken[name] = (what, place)
    }
  }

  /// Who has a name already, as messages say it; nil when it is free.
  func owner(of name: String) -> String? {
    Self.reserved.contains(name) ? "generated code" : taken[name]?.what
  }

  /// Types that generated code uses, or that who imports it uses, by their bare names.
  static let reserved: Set<String> = swift.union(runtime).union(generated)

  /// Of Swift and its packages.
  private static let swift: Set<String> = [
    "Any", "Array", "Bool", "CaseIterable", "Codable", "CodingKey", "CodingKeys", "Data", "Decodable", "Decoder",
    "Dictionary", "Double", "Encodable", "Encoder", "Equatable", "Error", "Float", "HTTPField", "HTTPFields",
    "HTTPRequest", "HTTPResponse", "Hashable", "Int", "Int64", "Never", "Optional", "Protocol", "Result", "Self",
    "Sendable", "Set", "StaticString", "String", "Substring", "Swift", "Type", "UInt8", "UUID", "Void",
  ]

  /// Public types of the runtime's modules that generated code imports.
  private static let runtime: Set<String> = [
    "AnyQuery", "Authenticator", "BodyError", "BodyWriter", "ByteStream", "CalendarDate", "CheckDefinition",
    "CodableAsJSON", "ColumnDefinition", "ColumnType", "CredentialAuthenticator", "CursorValue", "Database",
    "DatabaseNotification",
    "DefaultValue", "Engine",
    "EventChunk", "EventSink", "EventStream", "EventWriter", "Fault", "FaultList", "FieldReader", "FileConstraints",
    "FilePart", "FileParts", "ForeignKey", "FormDecodable", "FormFileName", "IndexColumn", "IndexDefinition",
    "Indirect", "InputReader", "JSONAlternative", "JSONDecimal", "JSONDecodable", "JSONEncodable", "JSONKey",
    "JSONLines", "JSONLinesSink", "JSONObject", "JSONReadError", "JSONReader", "JSONSchema", "JSONSchemas",
    "JSONSyntaxError", "JSONValue", "JSONWriter", "KeysetCursor", "LengthMismatch", "ListPage", "ListStatements",
    "MediaType", "Migration", "ParameterStyle", "Path", "Pattern", "Presence", "Principal", "Problem", "Query",
    "QueryRunner", "Request", "RequestBody", "Requirement", "Responder", "Response", "ResponseBody", "Route",
    "RowSource", "Rows", "SQLValue", "SearchDefinition", "SearchHit", "SearchText", "SecurityRule", "SecurityScheme",
    "SegmentPattern", "ServerSentEvent", "SnippetPart",
    "Statement", "StatementDeclaration", "StorageError", "StringFormat", "TableDefinition",
    "TextReader", "Timestamp", "Transaction", "UndeclaredStatus",
  ]

  /// Of the generated code itself, those within other types included: there they would hide a schema.
  private static let generated: Set<String> = [
    "Accept", "Body", "DatabaseSchema", "Documents", "Failure", "FormFile", "Input", "Lists", "Multipart", "Operation",
    "Output", "Page", "Patterns", "Problems", "Queries", "Router", "Rules", "SecurityRules", "SecuritySchemes",
    "Statements", "Tables",
  ]
}
