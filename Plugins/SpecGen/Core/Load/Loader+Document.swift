extension Loader {
  mutating func document(_ node: YAMLNode, value: DocumentValue) -> OpenAPI.Document? {
    guard let fields = fields(node, .document) else { return nil }
    version(fields)
    let info = required("info", in: fields, .document).flatMap { self.info($0) }
    var document = OpenAPI.Document(info: info ?? .init(title: "", version: ""), value: value)
    for server in list(fields["servers"], "\"servers\"") { self.server(server) }
    externalDocs(fields["externalDocs"])
    document.tags = list(fields["tags"], "\"tags\"").compactMap { tag($0) }
    document.security = fields["security"].map { security($0) }
    if let node = required("paths", in: fields, .document) { document.paths = paths(node) }
    if let node = fields["components"] { document.components = components(node) }
    document.problems = named(fields["x-problems"], "\"x-problems\"") { $0.problem($1) }.map(\.value)
    document.tables = named(fields["x-tables"], "\"x-tables\"") { $0.table($1) }.map(\.value)
    document.queries = named(fields["x-queries"], "\"x-queries\"") { $0.query($1) }.map(\.value)
    document.lists = named(fields["x-lists"], "\"x-lists\"") { $0.list($1) }.map(\.value)
    return document
  }

  private mutating func version(_ fields: Fields) {
    guard let node = required("openapi", in: fields, .document),
      let version = string(node, "the version of OpenAPI")
    else { return }
    isOpenAPI32 = version.value == "3.2" || version.value.hasPrefix("3.2.")
    if !isOpenAPI32 && version.value != "3.1" && !version.value.hasPrefix("3.1.") {
      diagnostics.error(
        .unsupportedVersion, at: version.place,
        "OpenAPI \"\(version.value)\" is not supported; write the document as OpenAPI 3.1 (or 3.0, or 3.2) and say \"openapi: 3.1.1\""
      )
    }
    let dialect = "https://spec.openapis.org/oas/3.1/dialect/base"
    if let written = string(fields["jsonSchemaDialect"], "\"jsonSchemaDialect\""), written.value != dialect {
      diagnostics.error(
        .unsupportedValue, at: written.place,
        "only OpenAPI's own dialect is supported; remove the key or write \"\(dialect)\"")
    }
  }

  private mutating func info(_ node: YAMLNode) -> OpenAPI.Info? {
    guard let fields = fields(node, .info) else { return nil }
    for key in ["termsOfService"] { _ = string(fields[key], "\"\(key)\"") }
    if let contact = fields["contact"] { strings(of: contact, .contact) }
    if let license = fields["license"] { strings(of: license, .license) }
    let title = required("title", in: fields, .info).flatMap { string($0, "\"title\"") }
    let version = required("version", in: fields, .info).flatMap { string($0, "\"version\"") }
    return OpenAPI.Info(
      title: title?.value ?? "", version: version?.value ?? "",
      summary: string(fields["summary"], "\"summary\"")?.value,
      description: string(fields["description"], "\"description\"")?.value)
  }

  private mutating func server(_ node: YAMLNode) {
    guard let fields = fields(node, .server) else { return }
    if let url = required("url", in: fields, .server) { _ = string(url, "\"url\"") }
    _ = string(fields["description"], "\"description\"")
  }

  /// A mapping that is documentation only: all of its members are strings.
  private mutating func strings(of node: YAMLNode, _ shape: Shape) {
    guard let fields = fields(node, shape) else { return }
    for key in shape.keys { _ = string(fields[key], "\"\(key)\"") }
  }

  mutating func externalDocs(_ node: YAMLNode?) {
    if let node { strings(of: node, .externalDocs) }
  }

  private mutating func tag(_ node: YAMLNode) -> OpenAPI.Tag? {
    guard let fields = fields(node, .tag) else { return nil }
    externalDocs(fields["externalDocs"])
    let description = string(fields["description"], "\"description\"")?.value
    guard let name = required("name", in: fields, .tag).flatMap({ string($0, "\"name\"") }) else { return nil }
    return OpenAPI.Tag(name: name, description: description)
  }

  mutating func security(_ node: YAMLNode) -> OpenAPI.Security {
    let alternatives = list(node, "\"security\"").compactMap { item -> OpenAPI.Security.Requirement? in
      guard let entries = mapping(item, "a security requirement") else { return nil }
      let schemes = entries.map { entry in
        OpenAPI.Security.Scheme(name: entry.key, scopes: strings(entry.value, "the scopes of \"\(entry.key.value)\""))
      }
      return .init(schemes: schemes, place: item.place)
    }
    return OpenAPI.Security(alternatives: alternatives, place: node.place)
  }

  private mutating func components(_ node: YAMLNode) -> OpenAPI.Components {
    guard let fields = fields(node, .components) else { return .init() }
    let root = "#/components"
    return OpenAPI.Components(
      schemas: named(fields["schemas"], "\"schemas\"") {
        $0.schema($1.value, pointer: "\(root)/schemas/\($1.key.value.asPointerToken)")
      },
      responses: named(fields["responses"], "\"responses\"") {
        $0.response($1.value, pointer: "\(root)/responses/\($1.key.value.asPointerToken)")
      },
      parameters: named(fields["parameters"], "\"parameters\"") {
        $0.parameter($1.value, pointer: "\(root)/parameters/\($1.key.value.asPointerToken)")
      },
      requestBodies: named(fields["requestBodies"], "\"requestBodies\"") {
        $0.requestBody($1.value, pointer: "\(root)/requestBodies/\($1.key.value.asPointerToken)")
      },
      headers: named(fields["headers"], "\"headers\"") {
        $0.header($1.value, pointer: "\(root)/headers/\($1.key.value.asPointerToken)")
      },
      securitySchemes: named(fields["securitySchemes"], "\"securitySchemes\"") { $0.securityScheme($1) }.map(\.value))
  }

  private mutating func securityScheme(_ entry: YAMLNode.Entry) -> OpenAPI.SecurityScheme? {
    guard let fields = fields(entry.value, .securityScheme) else { return nil }
    for key in ["description", "bearerFormat"] { _ = string(fields[key], "\"\(key)\"") }
    let scheme = string(fields["scheme"], "\"scheme\"")
    guard let type = required("type", in: fields, .securityScheme).flatMap({ string($0, "\"type\"") }) else {
      return nil
    }
    return OpenAPI.SecurityScheme(name: entry.key, type: type, scheme: scheme)
  }
}

extension String {
  /// As a token of a JSON Pointer (RFC 6901 §3).
  var asPointerToken: String {
    var token = ""
    for character in self {
      switch character {
      case "~": token += "~0"
      case "/": token += "~1"
      default: token.append(character)
      }
    }
    return token
  }
}
