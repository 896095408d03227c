extension Resolver {
  /// Decides the Swift names of `components/schemas` first: every other type is named after them.
  mutating func nameDeclarations() {
    let hidden = problemSchemas()
    for entry in document.components.schemas {
      let name = entry.value.swiftName?.value ?? SwiftName.upperCamel(entry.name.value)
      guard let name, SwiftName.isIdentifier(name) else {
        diagnostics.error(
          .invalidName, at: entry.value.swiftName?.place ?? entry.name.place,
          "\"\(entry.value.swiftName?.value ?? entry.name.value)\" makes no Swift name; rename it or give it an \"x-swift-name\""
        )
        continue
      }
      declaredTypeNames[entry.name.value] = name
      if !hidden.contains(entry.name.value) {
        typeNames.take(
          name, for: "the schema \"\(entry.name.value)\"", at: entry.value.swiftName?.place ?? entry.name.place,
          &diagnostics)
      }
    }
  }

  mutating func declarations() -> [ResolvedDeclaration] {
    let hidden = problemSchemas()
    return document.components.schemas.compactMap { entry in
      guard let typeName = declaredTypeNames[entry.name.value] else { return nil }
      let isHidden = hidden.contains(entry.name.value)
      return schema(entry.value, as: typeName, isDeclared: true, isHidden: isHidden).map {
        ResolvedDeclaration(name: entry.name, typeName: typeName, schema: $0, isHidden: isHidden)
      }
    }
  }

  /// Schemas that only problem responses use. The runtime writes problems, so they become no Swift types.
  func problemSchemas() -> Set<String> {
    var problems: Set<String> = []
    var others: Set<String> = []
    func visit(_ content: [OpenAPI.MediaType], isFailure: Bool = false) {
      for media in content {
        guard let schema = media.schema else { continue }
        if isFailure || media.name.value == "application/problem+json" {
          collect(schema, &problems)
        } else {
          collect(schema, &others)
        }
      }
    }
    func visit(_ response: OpenAPI.Referable<OpenAPI.Response>) {
      if case .inline(let response) = response { visit(response.content) }
    }
    func visit(_ parameter: OpenAPI.Referable<OpenAPI.Parameter>) {
      if case .inline(let parameter) = parameter { collect(parameter.schema, &others) }
    }
    for item in document.paths {
      item.parameters.forEach(visit)
      for operation in item.operations {
        operation.parameters.forEach(visit)
        if case .inline(let body) = operation.requestBody { visit(body.content) }
        for response in operation.responses {
          guard case .inline(let value) = response.value else { continue }
          visit(value.content, isFailure: !response.name.value.hasPrefix("2"))
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
    for name in others { if let schema = schemaIndex[name] { collect(schema, &others) } }
    // A schema that nothing uses is a type like any other, and what it uses with it.
    for entry in document.components.schemas where !problems.contains(entry.name.value) {
      collect(entry.value, &others)
    }
    return problems.subtracting(others)
  }

  /// The names of all declared schemas that a schema leads to.
  private func collect(_ schema: OpenAPI.Schema, _ names: inout Set<String>) {
    if let reference = schema.reference, let name = Self.schemaName(reference.value) {
      if names.insert(name).inserted, let next = schemaIndex[name] { collect(next, &names) }
    }
    schema.items.map { collect($0.value, &names) }
    for property in schema.properties ?? [] { collect(property.value, &names) }
    if case .schema(let values) = schema.additionalProperties { collect(values.value, &names) }
    for part in [schema.anyOf, schema.oneOf, schema.allOf].compactMap(\.self).flatMap(\.schemas) {
      collect(part, &names)
    }
  }

  /// `User` of `#/components/schemas/User`.
  static func schemaName(_ reference: String) -> String? {
    componentName(reference, "schemas")
  }

  static func componentName(_ reference: String, _ kind: String) -> String? {
    let prefix = "#/components/\(kind)/"
    guard reference.hasPrefix(prefix) else { return nil }
    let token = reference.dropFirst(prefix.count)
    guard !token.isEmpty, !token.contains("/") else { return nil }
    return token.split(separator: "~", omittingEmptySubsequences: false).enumerated().reduce("") { name, part in
      if part.offset == 0 { return String(part.element) }
      return name + (part.element.hasPrefix("1") ? "/" : "~") + part.element.dropFirst()
    }
  }

  /// A struct cannot hold itself, and a reference must end somewhere.
  mutating func checkCycles() {
    let index = Dictionary(schemas.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    var done: Set<String> = []
    func visit(_ name: String, _ path: [String]) -> [String]? {
      if let start = path.firstIndex(of: name) { return Array(path[start...]) }
      guard !done.contains(name), let declaration = index[name] else { return nil }
      for next in Self.heldDirectly(declaration.schema) {
        if let cycle = visit(next, path + [name]) { return cycle }
      }
      done.insert(name)
      return nil
    }
    for declaration in schemas {
      guard let cycle = visit(declaration.name.value, []) else { continue }
      let first = index[cycle[0]]?.name.place ?? declaration.name.place
      diagnostics.error(
        .referenceCycle, at: first,
        "\"\(cycle[0])\" holds itself (\((cycle + [cycle[0]]).joined(separator: " → "))), so no value could ever end; let an array hold it"
      )
      done.formUnion(cycle)
    }
  }

  /// The declared schemas whose values lie within a value of this one, not behind an array or a map.
  private static func heldDirectly(_ schema: ResolvedSchema) -> [String] {
    switch schema.kind {
    case .reference(let name): [name]
    case .object(let object): object.properties.flatMap { heldDirectly($0.schema) }
    default: []
    }
  }
}
