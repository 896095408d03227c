extension Resolver {
  /// Decides the Swift names of `components/schemas` first: every other type is named after them.
  mutating func nameDeclarations() {
    hiddenSchemas = findHiddenSchemas()
    for entry in document.components.schemas {
      let name = entry.value.swiftName?.value ?? SwiftName.upperCamel(entry.name.value)
      guard var name, SwiftName.isType(name) else {
        diagnostics.error(
          .invalidName, at: entry.value.swiftName?.place ?? entry.name.place,
          "\"\(entry.value.swiftName?.value ?? entry.name.value)\" makes no name of a Swift type; give it an \"x-swift-name\" of letters and digits that begins with a capital"
        )
        // Under some name, so that the rest of the schema is looked at.
        declaredTypeNames[entry.name.value] = "Schema"
        continue
      }
      if entry.value.swiftName == nil, !hiddenSchemas.contains(entry.name.value), TypeNames.reserved.contains(name) {
        diagnostics.note(
          .nameClash, at: entry.name.place,
          "the schema \"\(entry.name.value)\" becomes the Swift type \"\(name)Model\", since generated code needs \"\(name)\" for itself; an \"x-swift-name\" gives it another name"
        )
        name += "Model"
      }
      declaredTypeNames[entry.name.value] = name
      if !hiddenSchemas.contains(entry.name.value) {
        typeNames.take(
          name, for: "the schema \"\(entry.name.value)\"", at: entry.value.swiftName?.place ?? entry.name.place,
          advice: "rename it or give it an \"x-swift-name\"", &diagnostics)
      }
    }
  }

  mutating func declarations() -> [ResolvedDeclaration] {
    document.components.schemas.compactMap { entry in
      guard let typeName = declaredTypeNames[entry.name.value] else { return nil }
      let isHidden = hiddenSchemas.contains(entry.name.value)
      return schema(entry.value, as: typeName, isDeclared: true, isHidden: isHidden).map {
        ResolvedDeclaration(name: entry.name, typeName: typeName, schema: $0, isHidden: isHidden)
      }
    }
  }

  /// Schemas that become no Swift types: those that only problem responses use, since the runtime writes problems, and
  /// those of events, which are cases of an enum.
  private func findHiddenSchemas() -> Set<String> {
    var problems: Set<String> = []
    var events: Set<String> = []
    var others: Set<String> = []
    func visit(_ content: [OpenAPI.MediaType], isProblem: Bool = false) {
      for media in content {
        if let item = media.itemSchema {
          if MediaTypeName(media.name.value).isEvents {
            collect(item, &events)
            collectPayloads(item, &others)
          } else {
            collect(item, &others)
          }
        }
        guard let schema = media.schema else { continue }
        if isProblem || MediaTypeName(media.name.value).isProblem {
          collect(schema, &problems)
        } else {
          collect(schema, &others)
        }
      }
    }
    func visit(_ response: OpenAPI.Referable<OpenAPI.Response>) {
      if case .inline(let response) = response { visit(response.content, isProblem: !response.codes.isEmpty) }
    }
    func visit(_ parameter: OpenAPI.Referable<OpenAPI.Parameter>) {
      if case .inline(let parameter) = parameter { collect(parameter.schema, &others) }
    }
    let callbacks = document.paths.flatMap(\.operations).flatMap(\.callbacks).flatMap(\.value)
    for item in document.paths + document.webhooks + callbacks {
      item.parameters.forEach(visit)
      for operation in item.operations {
        operation.parameters.forEach(visit)
        if case .inline(let body) = operation.requestBody { visit(body.content) }
        for response in operation.responses {
          guard case .inline(let value) = response.value else { continue }
          visit(value.content, isProblem: !value.codes.isEmpty)
        }
      }
    }
    document.components.parameters.map(\.value).forEach(visit)
    document.components.responses.map(\.value).forEach(visit)
    for body in document.components.requestBodies {
      if case .inline(let body) = body.value { visit(body.content) }
    }
    for table in document.tables {
      if let schema = table.schema { others.insert(schema.value) }
      for column in table.columns { collect(column.value, &others) }
    }
    for query in document.queries {
      for parameter in query.parameters { collect(parameter.value, &others) }
      if case .columns(let columns, _) = query.result { for column in columns { collect(column.value, &others) } }
    }
    let streamed = reachable(from: events)
    for name in streamed { if let schema = schemaIndex[name] { collectPayloads(schema, &others) } }
    let used = reachable(from: problems).union(streamed)
    // A schema that nothing uses is a type like any other, and what it uses with it.
    for entry in document.components.schemas where !used.contains(entry.name.value) { others.insert(entry.name.value) }
    return used.subtracting(reachable(from: others))
  }

  /// The declared schemas that some of them lead to, they themselves included.
  private func reachable(from names: Set<String>) -> Set<String> {
    var found = names
    var pending = Array(names)
    while let name = pending.popLast() {
      guard let schema = schemaIndex[name] else { continue }
      var next: Set<String> = []
      collect(schema, &next)
      for name in next where found.insert(name).inserted { pending.append(name) }
    }
    return found
  }

  /// The names of the declared schemas that a schema refers to itself.
  private func collect(_ schema: OpenAPI.Schema, _ names: inout Set<String>) {
    if let reference = schema.reference, let name = Self.schemaName(reference.value) { names.insert(name) }
    if let items = schema.items { collect(items.value, &names) }
    for property in schema.properties ?? [] { collect(property.value, &names) }
    for case .schema(let values) in [schema.additionalProperties, schema.unevaluatedProperties] {
      collect(values.value, &names)
    }
    if schema.discriminator != nil { names.formUnion(heirs(of: schema).map(\.name.value)) }
    for part in [schema.anyOf, schema.oneOf, schema.allOf].compactMap(\.self).flatMap(\.schemas) {
      collect(part, &names)
    }
  }

  /// The names of the declared schemas that the texts of events hold as JSON.
  private func collectPayloads(_ schema: OpenAPI.Schema, _ names: inout Set<String>) {
    if let content = schema.contentSchema { collect(content.value, &names) }
    for property in schema.properties ?? [] { collectPayloads(property.value, &names) }
    for part in [schema.anyOf, schema.oneOf, schema.allOf].compactMap(\.self).flatMap(\.schemas) {
      collectPayloads(part, &names)
    }
  }

  /// `User` of `#/components/schemas/User`.
  static func schemaName(_ reference: String) -> String? {
    componentName(reference, "schemas")
  }

  static func componentName(_ reference: String, _ kind: String) -> String? {
    let prefix = "#/components/\(kind)/"
    guard reference.hasPrefix(prefix) else { return nil }
    let token = String(decoding: reference.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    guard !token.isEmpty, !token.contains(text: "/") else { return nil }
    return token.fromPointerToken
  }
}
