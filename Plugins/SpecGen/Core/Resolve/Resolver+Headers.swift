extension Resolver {
  /// The fields of a response.
  mutating func headers(_ response: OpenAPI.Response, _ typeName: String) -> [ResolvedHeader] {
    var names = NameScope("the headers of this response", reserved: ["self", "status", "contentType"])
    return response.headers.compactMap { entry in
      // OpenAPI 3.1 §4.8.17.1: the content says it.
      if entry.name.value.lowercased() == "content-type" { return nil }
      let swiftName = names.lowerCamel(entry.name, &diagnostics)
      guard let header = follow(entry.value, "headers", document.components.headers),
        let schema = schema(of: header, typeName + (SwiftName.upperCamel(entry.name.value) ?? "Header"))
      else { return nil }
      if !header.isJSON, !isSimple(schema) || isNullable(schema) {
        diagnostics.error(
          .unsupportedSchema, at: header.schema.place,
          "a header is text; \"\(entry.name.value)\" must be a string, a number, a boolean or an enum, an array or an object of such, and not null; or write \"content: {application/json: …}\""
        )
      }
      return ResolvedHeader(
        name: entry.name.value, swiftName: swiftName, isRequired: header.isRequired, schema: schema,
        isExploded: header.isExploded, isJSON: header.isJSON)
    }
  }

  private mutating func schema(of header: OpenAPI.Header, _ name: String) -> ResolvedSchema? {
    if let known = shared[header.schema.pointer] { return known }
    let resolved = schema(header.schema, as: name)
    shared[header.schema.pointer] = resolved
    return resolved
  }

  /// Whether the style `simple` can say it.
  private func isSimple(_ schema: ResolvedSchema) -> Bool {
    guard let target = target(of: schema) else { return true }
    let parts: [ResolvedSchema] =
      switch target.kind {
      case .array(let item, _): [item]
      case .map(let value, _): [value]
      case .object(let object): object.properties.map(\.schema)
      default: [target]
      }
    return parts.allSatisfy { part in self.target(of: part).map(isText) ?? true }
  }
}
