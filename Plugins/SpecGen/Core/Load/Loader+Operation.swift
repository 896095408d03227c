extension Loader {
  mutating func paths(_ node: YAMLNode) -> [OpenAPI.PathItem] {
    (mapping(node, "\"paths\"") ?? []).compactMap { entry in
      if entry.key.value.hasPrefix("/") { return pathItem(entry) }
      diagnostics.error(
        .invalidValue, at: entry.key.place, "a path begins with \"/\"; write \"/\(entry.key.value)\"")
      return pathItem(.init(key: Located("/" + entry.key.value, at: entry.key.place), value: entry.value))
    }
  }

  private mutating func pathItem(_ entry: YAMLNode.Entry) -> OpenAPI.PathItem? {
    guard case .mapping(let members) = entry.value.content, let fields = fields(entry.value, .pathItem) else {
      _ = mapping(entry.value, Shape.pathItem.name)
      return nil
    }
    let pointer = "#/paths/\(entry.key.value.asPointerToken)"
    _ = string(fields["summary"], "\"summary\"")
    _ = string(fields["description"], "\"description\"")
    var item = OpenAPI.PathItem(path: entry.key)
    item.parameters = parameters(fields["parameters"], pointer)
    for member in members {
      guard let method = Operation.Method(rawValue: member.key.value), method != .trace else { continue }
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
    operation.tags = strings(fields["tags"], "\"tags\"")
    operation.summary = string(fields["summary"], "\"summary\"")?.value
    operation.description = string(fields["description"], "\"description\"")?.value
    externalDocs(fields["externalDocs"])
    operation.isDeprecated = bool(fields["deprecated"], "\"deprecated\"") ?? false
    operation.security = fields["security"].map { security($0) }
    operation.parameters = parameters(fields["parameters"], pointer)
    operation.requestBody = fields["requestBody"].flatMap { requestBody($0, pointer: "\(pointer)/requestBody") }
    if let node = required("responses", in: fields, .operation) {
      operation.responses = named(node, "\"responses\"") {
        $0.response($1.value, pointer: "\(pointer)/responses/\($1.key.value)")
      }
    }
    return operation
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
      let description = loader.required("description", in: fields, .response)
        .flatMap { loader.string($0, "\"description\"") }
      var response = OpenAPI.Response(place: node.place, description: description?.value ?? "")
      response.headers = loader.named(fields["headers"], "\"headers\"") {
        $0.header($1.value, pointer: "\(pointer)/headers/\($1.key.value.asPointerToken)")
      }
      response.content = loader.content(fields["content"], pointer)
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
      let schema = loader.required("schema", in: fields, .header)
        .flatMap { loader.schema($0, pointer: "\(pointer)/schema") }
      guard let schema else { return nil }
      return OpenAPI.Header(description: description, isRequired: isRequired, schema: schema, examples: examples)
    }
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
