extension Loader {
  mutating func parameter(_ node: YAMLNode, pointer: String) -> OpenAPI.Referable<OpenAPI.Parameter>? {
    referable(node) { loader in
      guard let fields = loader.fields(node, .parameter) else { return nil }
      let name = loader.required("name", in: fields, .parameter).flatMap { loader.string($0, "\"name\"") }
      let location = loader.required("in", in: fields, .parameter).flatMap {
        loader.choice($0, "\"in\"", of: Parameter.Location.self)
      }
      let content = loader.content(of: fields, pointer)
      let schema =
        content?.schema
        ?? (fields["content"] == nil ? loader.required("schema", in: fields, .parameter) : fields["schema"])
        .flatMap { loader.schema($0, pointer: "\(pointer)/schema") }
      let isRequired = loader.bool(fields["required"], "\"required\" of a parameter") ?? false
      let description = loader.string(fields["description"], "\"description\"")?.value
      _ = loader.bool(fields["deprecated"], "\"deprecated\"")
      let examples = loader.examples(fields) + (content?.examples ?? [])
      let source = loader.exampleSource(fields["x-example-from"])
      let style = location.flatMap { loader.style(fields, $0.value) }
      let explode = loader.bool(fields["explode"], "\"explode\"")
      let allowsReserved = loader.queryOnly("allowReserved", fields, location?.value)
      let allowsEmpty = loader.queryOnly("allowEmptyValue", fields, location?.value)
      guard let name, let location, let schema else { return nil }
      return OpenAPI.Parameter(
        name: name, swiftName: loader.string(fields["x-swift-name"], "\"x-swift-name\""), location: location,
        pointer: pointer, place: node.place, description: description,
        isRequired: isRequired, style: style, explode: explode, allowsReserved: allowsReserved,
        allowsEmpty: allowsEmpty, mediaType: content?.name, schema: schema, examples: examples, exampleSource: source)
    }
  }

  private mutating func style(_ fields: Fields, _ location: Parameter.Location) -> Located<Parameter.Style>? {
    guard let style = choice(fields["style"], "\"style\"", of: Parameter.Style.self) else { return nil }
    if location.styles.contains(style.value) { return style }
    let styles = location.styles.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
    diagnostics.error(
      .parameterStyle, at: style.place,
      "a \(location.rawValue) parameter has the style \(styles), not \"\(style.value.rawValue)\" (OpenAPI 3.1 §4.8.12.3); write that, or leave the style out"
    )
    return nil
  }

  /// A switch that speaks of what stands in a URL's query.
  private mutating func queryOnly(_ key: String, _ fields: Fields, _ location: Parameter.Location?) -> Bool {
    guard let value = bool(fields[key], "\"\(key)\"") else { return false }
    if let location, location != .query, let place = fields.place(of: key) {
      diagnostics.error(
        .parameterStyle, at: place, "\"\(key)\" says nothing about a \(location.rawValue) parameter; remove it")
    }
    return value
  }

  /// The one media type of `content`.
  private mutating func content(of fields: Fields, _ pointer: String) -> OpenAPI.MediaType? {
    guard let node = fields["content"] else { return nil }
    for key in ["schema", "style", "explode", "allowReserved"] {
      guard let place = fields.place(of: key) else { continue }
      diagnostics.error(
        .parameterStyle, at: place, "\"\(key)\" and \"content\" exclude each other (OpenAPI 3.1 §4.8.12.2); keep one")
    }
    let media = content(node, pointer)
    if media.count != 1, case .mapping(let entries) = node.content, entries.count != 1 {
      diagnostics.error(
        .parameterStyle, at: node.place, "the \"content\" of a parameter has exactly one media type; write one")
    }
    if let media = media.first, media.schema == nil {
      diagnostics.error(
        .missingKey, at: media.name.place,
        "\"\(media.name.value)\" needs a \"schema\"; write \"schema: {}\" for any value")
    }
    return media.first
  }

  mutating func encoding(_ node: YAMLNode) -> OpenAPI.Encoding? {
    guard let fields = fields(node, .encoding) else { return nil }
    var encoding = OpenAPI.Encoding(place: node.place)
    encoding.contentType = string(fields["contentType"], "\"contentType\"")
    _ = named(fields["headers"], "\"headers\"") { $0.header($1.value, pointer: "") }
    if let place = fields.place(of: "headers") {
      diagnostics.warning(
        .unsupportedKey, at: place,
        "the header fields of a part, besides Content-Disposition and Content-Type, are neither checked nor given to the handler; send what they say in a field of the form"
      )
    }
    encoding.style = choice(fields["style"], "\"style\"", of: Parameter.Style.self)
    if let style = encoding.style, !Parameter.Location.query.styles.contains(style.value) {
      diagnostics.error(
        .formEncoding, at: style.place,
        "the field of a form has the style of a query parameter, not \"\(style.value.rawValue)\"; write \"form\", \"spaceDelimited\", \"pipeDelimited\" or \"deepObject\""
      )
      encoding.style = nil
    }
    encoding.explode = bool(fields["explode"], "\"explode\"")
    encoding.allowsReserved = bool(fields["allowReserved"], "\"allowReserved\"") ?? false
    return encoding
  }
}
