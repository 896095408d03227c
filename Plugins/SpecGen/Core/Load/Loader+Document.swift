extension Loader {
  mutating func document(_ node: YAMLNode, value: DocumentValue) -> OpenAPI.Document? {
    if node["openapi"] == nil, let version = node["swagger"] {
      diagnostics.error(
        .unsupportedVersion, at: version.place,
        "this is a document of Swagger, as OpenAPI was called before 3.0; convert it to OpenAPI 3.1 first")
      return nil
    }
    guard let fields = fields(node, .document) else { return nil }
    version(fields)
    ownAddress(fields)
    let info = required("info", in: fields, .document).flatMap { self.info($0) }
    var document = OpenAPI.Document(info: info ?? .init(title: "", version: ""), value: value)
    for server in list(fields["servers"], "\"servers\"") { self.server(server) }
    externalDocs(fields["externalDocs"])
    document.tags = list(fields["tags"], "\"tags\"").compactMap { tag($0) }
    document.security = fields["security"].map { security($0) }
    (document.components, document.paths) = both(
      { loader in fields["components"].map { loader.components($0) } ?? .init() },
      { loader in fields["paths"].map { loader.paths($0) } ?? [] })
    document.webhooks = named(fields["webhooks"], "\"webhooks\"") {
      $0.pathItem($1, pointer: "#/webhooks/\($1.key.value.asPointerToken)")
    }.map(\.value)
    if fields["webhooks"] == nil, fields["components"] == nil { _ = required("paths", in: fields, .document) }
    document.options = options(fields)
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
    let dialects = [
      "https://spec.openapis.org/oas/3.1/dialect/base", "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
      "https://json-schema.org/draft/2020-12/schema",
    ]
    if let written = string(fields["jsonSchemaDialect"], "\"jsonSchemaDialect\""), !dialects.contains(written.value) {
      diagnostics.error(
        .unsupportedValue, at: written.place,
        "only OpenAPI's own dialect is supported; remove the key or write \"\(dialects[0])\"")
    }
  }

  /// `$self`, of OpenAPI 3.2: the address that references may name this file by. The linker has taken note of it.
  private mutating func ownAddress(_ fields: Fields) {
    guard let address = string(fields["$self"], "\"$self\""), let place = fields.place(of: "$self") else { return }
    if !isOpenAPI32 {
      diagnostics.error(
        .unsupportedKey, at: place,
        "\"$self\" is a word of OpenAPI 3.2; write \"openapi: 3.2.0\" at the root of the document, or remove the key")
    } else if address.value.contains("#") {
      diagnostics.error(
        .invalidValue, at: address.place,
        "\"$self\" is the address of the whole document; remove \"#\" and what follows")
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

  /// Where the API is, which is documentation: the host of a request decides nothing here.
  mutating func server(_ node: YAMLNode) {
    guard let fields = fields(node, .server) else { return }
    let url = required("url", in: fields, .server).flatMap { string($0, "\"url\"") }
    for key in ["description", "name"] { _ = string(fields[key], "\"\(key)\"") }
    let variables = named(fields["variables"], "\"variables\"") { $0.serverVariable($1.value) ? $1.key : nil }
    for part in url?.value.split(separator: "{").dropFirst() ?? [] where part.contains("}") {
      let name = String(part.prefix { $0 != "}" })
      guard let url, !variables.contains(where: { $0.name.value == name }) else { continue }
      diagnostics.error(
        .invalidValue, at: url.place,
        "the url names the variable \"\(name)\", which \"variables\" does not have"
          + Suggestion.text(for: name, among: variables.map(\.name.value), else: "; add it there with its \"default\""))
    }
  }

  /// Whether it could be read.
  private mutating func serverVariable(_ node: YAMLNode) -> Bool {
    guard let fields = fields(node, .serverVariable) else { return false }
    _ = string(fields["description"], "\"description\"")
    let values = strings(fields["enum"], "\"enum\" of a server variable")
    guard let value = required("default", in: fields, .serverVariable).flatMap({ string($0, "\"default\"") }),
      !values.isEmpty, !values.contains(where: { $0.value == value.value })
    else { return true }
    diagnostics.error(
      .invalidDefault, at: value.place,
      "\"\(value.value)\" is not in the \"enum\" of the variable"
        + Suggestion.text(for: value.value, among: values.map(\.value), else: "; add it there or write another one"))
    return true
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
    let summary = string(fields["summary"], "\"summary\"")?.value
    let description = string(fields["description"], "\"description\"")?.value
    let parent = string(fields["parent"], "\"parent\"")
    _ = string(fields["kind"], "\"kind\"")
    guard let name = required("name", in: fields, .tag).flatMap({ string($0, "\"name\"") }) else { return nil }
    return OpenAPI.Tag(name: name, description: description ?? summary, parent: parent)
  }

  private mutating func components(_ node: YAMLNode) -> OpenAPI.Components {
    guard let fields = fields(node, .components) else { return .init() }
    let root = "#/components"
    // What uses these has them in its own place by now; the rest is looked at for what is wrong with it.
    _ = named(fields["examples"], "\"examples\"") { $0.example($1.value) }
    _ = named(fields["links"], "\"links\"") { $0.link($1.value) }
    _ = named(fields["callbacks"], "\"callbacks\"") {
      $0.callback($1, pointer: "\(root)/callbacks/\($1.key.value.asPointerToken)")
    }
    _ = named(fields["pathItems"], "\"pathItems\"") {
      $0.pathItem($1, pointer: "\(root)/pathItems/\($1.key.value.asPointerToken)")
    }
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
}
