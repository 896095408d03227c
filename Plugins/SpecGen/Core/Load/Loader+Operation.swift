extension Loader {
  mutating func paths(_ node: YAMLNode) -> [OpenAPI.PathItem] {
    (mapping(node, "\"paths\"") ?? []).compactMap { entry in
      if entry.key.value.hasPrefix("x-") { return nil }
      let pointer = "#/paths/\(entry.key.value.asPointerToken)"
      if entry.key.value.hasPrefix("/") { return pathItem(entry, pointer: pointer) }
      diagnostics.error(
        .invalidValue, at: entry.key.place, "a path begins with \"/\"; write \"/\(entry.key.value)\"")
      let key = Located("/" + entry.key.value, at: entry.key.place)
      return pathItem(.init(key: key, value: entry.value), pointer: pointer)
    }
  }

  mutating func pathItem(_ entry: YAMLNode.Entry, pointer: String) -> OpenAPI.PathItem? {
    guard case .mapping(let members) = entry.value.content, let fields = fields(entry.value, .pathItem) else {
      _ = mapping(entry.value, Shape.pathItem.name)
      return nil
    }
    _ = string(fields["summary"], "\"summary\"")
    _ = string(fields["description"], "\"description\"")
    for server in list(fields["servers"], "\"servers\"") { self.server(server) }
    var item = OpenAPI.PathItem(path: entry.key)
    item.parameters = parameters(fields["parameters"], pointer)
    for member in members {
      guard let method = Operation.Method(rawValue: member.key.value) else { continue }
      if method == .query, !isOpenAPI32 {
        diagnostics.error(
          .unsupportedKey, at: member.key.place,
          "\"query\" is a method since OpenAPI 3.2; write \"openapi: 3.2.0\" at the root of the document")
      }
      if let operation = operation(member, method, "\(pointer)/\(method.rawValue)") {
        item.operations.append(operation)
      }
    }
    return item
  }

  private mutating func operation(
    _ entry: YAMLNode.Entry, _ method: Operation.Method, _ pointer: String
  ) -> OpenAPI.Operation? {
    guard let fields = fields(entry.value, .operation) else { return nil }
    var operation = OpenAPI.Operation(method: method, pointer: pointer, place: entry.key.place)
    operation.id = string(fields["operationId"], "\"operationId\"")
    operation.swiftName = string(fields["x-swift-name"], "\"x-swift-name\"")
    operation.tags = strings(fields["tags"], "\"tags\"")
    operation.summary = string(fields["summary"], "\"summary\"")?.value
    operation.description = string(fields["description"], "\"description\"")?.value
    externalDocs(fields["externalDocs"])
    operation.isDeprecated = bool(fields["deprecated"], "\"deprecated\"") ?? false
    operation.security = fields["security"].map { security($0) }
    for server in list(fields["servers"], "\"servers\"") { self.server(server) }
    operation.callbacks = named(fields["callbacks"], "\"callbacks\"") {
      $0.callback($1, pointer: "\(pointer)/callbacks/\($1.key.value.asPointerToken)")
    }
    operation.parameters = parameters(fields["parameters"], pointer)
    operation.requestBody = fields["requestBody"].flatMap { requestBody($0, pointer: "\(pointer)/requestBody") }
    operation.hasResponses = fields["responses"] != nil
    if let node = fields["responses"] {
      operation.responses = named(node, "\"responses\"") { loader, entry in
        if loader.isForeign(entry.key.value) { return nil }
        return loader.response(entry.value, pointer: "\(pointer)/responses/\(entry.key.value)")
      }
    }
    return operation
  }

  /// Requests that the server sends: path items by the expressions of their addresses.
  mutating func callback(_ entry: YAMLNode.Entry, pointer: String) -> [OpenAPI.PathItem]? {
    mapping(entry.value, "a callback")?.compactMap { item in
      if item.key.value.hasPrefix("x-") { return nil }
      checkExpressions(in: item.key)
      return pathItem(item, pointer: "\(pointer)/\(item.key.value.asPointerToken)")
    }
  }

  mutating func link(_ node: YAMLNode) -> OpenAPI.Link? {
    guard let fields = fields(node, .link) else { return nil }
    var link = OpenAPI.Link()
    link.operation = string(fields["operationId"], "\"operationId\"")
    link.reference = string(fields["operationRef"], "\"operationRef\"")
    if let place = fields.place(of: "operationRef"), link.operation != nil {
      diagnostics.error(
        .contradiction, at: place, "\"operationId\" and \"operationRef\" exclude each other; keep one of the two")
    } else if link.reference == nil, link.operation == nil {
      _ = required("operationId", in: fields, .link)
    }
    let parameters = fields["parameters"].flatMap { mapping($0, "\"parameters\" of a link") } ?? []
    link.parameters = parameters.map(\.key)
    for value in parameters.map(\.value) + [fields["requestBody"]].compactMap(\.self) {
      checkExpressions(in: value.text.map { Located($0, at: value.place) })
    }
    _ = string(fields["description"], "\"description\"")
    if let server = fields["server"] { self.server(server) }
    return link
  }

  private mutating func parameters(
    _ node: YAMLNode?, _ pointer: String
  ) -> [OpenAPI.Referable<OpenAPI.Parameter>] {
    list(node, "\"parameters\"").enumerated().compactMap { index, item in
      parameter(item, pointer: "\(pointer)/parameters/\(index)")
    }
  }

  mutating func exampleSource(_ node: YAMLNode?) -> OpenAPI.ExampleSource? {
    guard let node, let fields = fields(node, .exampleSource) else { return nil }
    let operation = required("operation", in: fields, .exampleSource).flatMap { string($0, "\"operation\"") }
    let pointer = required("pointer", in: fields, .exampleSource).flatMap { string($0, "\"pointer\"") }
    guard let operation, let pointer else { return nil }
    if !pointer.value.isEmpty && !pointer.value.hasPrefix("/") {
      diagnostics.error(
        .invalidValue, at: pointer.place, "a JSON Pointer begins with \"/\"; write \"/\(pointer.value)\"")
    }
    return OpenAPI.ExampleSource(operation: operation, pointer: pointer)
  }

  mutating func requestBody(_ node: YAMLNode, pointer: String) -> OpenAPI.Referable<OpenAPI.RequestBody>? {
    referable(node) { loader in
      guard let fields = loader.fields(node, .requestBody) else { return nil }
      var body = OpenAPI.RequestBody(place: node.place)
      body.description = loader.string(fields["description"], "\"description\"")?.value
      body.isRequired = loader.bool(fields["required"], "\"required\" of a request body") ?? false
      if let content = loader.required("content", in: fields, .requestBody) {
        body.content = loader.content(content, pointer)
      }
      return body
    }
  }

  mutating func content(_ node: YAMLNode?, _ pointer: String) -> [OpenAPI.MediaType] {
    named(node, "\"content\"") { loader, entry -> OpenAPI.MediaType? in
      guard let fields = loader.fields(entry.value, .mediaType) else { return nil }
      var mediaType = OpenAPI.MediaType(name: entry.key)
      mediaType.schema = fields["schema"].flatMap {
        loader.schema($0, pointer: "\(pointer)/content/\(entry.key.value.asPointerToken)/schema")
      }
      mediaType.itemSchema = loader.itemSchema(fields, "\(pointer)/content/\(entry.key.value.asPointerToken)")
      mediaType.encodings = loader.named(fields["encoding"], "\"encoding\"") { $0.encoding($1.value) }
      mediaType.examples = loader.examples(fields)
      return mediaType
    }.map(\.value)
  }

  /// `itemSchema` is a word of OpenAPI 3.2; before, it is one of ours.
  private mutating func itemSchema(_ fields: Fields, _ pointer: String) -> OpenAPI.Schema? {
    let (key, other) = isOpenAPI32 ? ("itemSchema", "x-itemSchema") : ("x-itemSchema", "itemSchema")
    if let place = fields.place(of: other) {
      diagnostics.error(
        .unsupportedKey, at: place,
        "\"\(other)\" is not for a document of OpenAPI \(isOpenAPI32 ? "3.2" : "3.1"); write \"\(key)\"")
    }
    return fields[key].flatMap { schema($0, pointer: "\(pointer)/\(key)") }
  }

  mutating func response(_ node: YAMLNode, pointer: String) -> OpenAPI.Referable<OpenAPI.Response>? {
    referable(node) { loader in
      guard let fields = loader.fields(node, .response) else { return nil }
      let summary = loader.string(fields["summary"], "\"summary\"")
      // OpenAPI 3.2 has no need of it.
      let text = loader.isOpenAPI32 ? fields["description"] : loader.required("description", in: fields, .response)
      let description = text.flatMap { loader.string($0, "\"description\"") } ?? summary
      var response = OpenAPI.Response(place: node.place, description: description?.value ?? "")
      response.headers = loader.named(fields["headers"], "\"headers\"") {
        $0.header($1.value, pointer: "\(pointer)/headers/\($1.key.value.asPointerToken)")
      }
      response.content = loader.content(fields["content"], pointer)
      response.links = loader.named(fields["links"], "\"links\"") { $0.link($1.value) }
      response.codes = loader.strings(fields["x-codes"], "\"x-codes\"")
      return response
    }
  }

  mutating func header(_ node: YAMLNode, pointer: String) -> OpenAPI.Referable<OpenAPI.Header>? {
    referable(node) { loader in
      guard let fields = loader.fields(node, .header) else { return nil }
      let description = loader.string(fields["description"], "\"description\"")?.value
      let isRequired = loader.bool(fields["required"], "\"required\" of a header") ?? false
      _ = loader.bool(fields["deprecated"], "\"deprecated\"")
      let examples = loader.examples(fields)
      let isExploded = loader.bool(fields["explode"], "\"explode\"") ?? false
      if let style = loader.string(fields["style"], "\"style\""), style.value != "simple" {
        loader.diagnostics.error(
          .invalidValue, at: style.place, "the style of a header is \"simple\" (OpenAPI 3.1 §4.8.21); remove the key")
      }
      guard let (schema, isJSON) = loader.headerSchema(fields, pointer) else { return nil }
      return OpenAPI.Header(
        description: description, isRequired: isRequired, schema: schema, isExploded: isExploded, isJSON: isJSON,
        examples: examples)
    }
  }

  /// The schema of a header, and whether the field is JSON.
  private mutating func headerSchema(_ fields: Fields, _ pointer: String) -> (OpenAPI.Schema, Bool)? {
    guard let node = fields["content"] else {
      return required("schema", in: fields, .header)
        .flatMap { schema($0, pointer: "\(pointer)/schema") }.map { ($0, false) }
    }
    if let place = fields.place(of: "schema") {
      diagnostics.error(
        .contradiction, at: place, "a header has a \"schema\" or a \"content\", not both; remove one of the two")
    }
    let content = content(node, pointer)
    guard content.count == 1, let media = content.first else {
      diagnostics.error(
        .invalidValue, at: node.place, "\"content\" of a header has one media type (OpenAPI 3.1 §4.8.21); keep one")
      return nil
    }
    let name = MediaTypeName(media.name.value)
    guard name.isJSON || name.type == "text" else {
      diagnostics.error(
        .unsupportedValue, at: media.name.place,
        "the media type \"\(media.name.value)\" of a header is not supported by SpecGen; use \"application/json\" or \"text/plain\""
      )
      return nil
    }
    let any = OpenAPI.Schema(place: media.name.place, pointer: "\(pointer)/content")
    return (media.schema ?? any, name.isJSON)
  }

  /// A value, or a reference where the mapping has `$ref`.
  mutating func referable<Value>(
    _ node: YAMLNode, _ read: (inout Loader) -> Value?
  ) -> OpenAPI.Referable<Value>? {
    guard case .mapping(let entries) = node.content, entries.contains(where: { $0.key.value == "$ref" }) else {
      return read(&self).map(OpenAPI.Referable.inline)
    }
    guard let fields = fields(node, .reference) else { return nil }
    return string(fields["$ref"], "\"$ref\"").map(OpenAPI.Referable.reference)
  }
}
