extension Resolver {
  /// The parameters of the path item and of the operation; the operation's own one wins.
  mutating func parameters(
    of operation: OpenAPI.Operation, _ item: OpenAPI.PathItem, _ segments: [PathSegment]?, _ typeName: String
  ) -> [ResolvedParameter] {
    let own = distinct(operation.parameters.compactMap { parameter($0) })
    let common = distinct(item.parameters.compactMap { parameter($0) })
      .filter { outer in
        !own.contains { $0.name.value == outer.name.value && $0.location.value == outer.location.value }
      }
    var names = NameScope("the parameters of this operation", reserved: ["hashValue", "self"])
    if operation.requestBody != nil {
      names.take("body", for: Located("requestBody", at: operation.place), &diagnostics)
    }
    if hasChoiceOfAnswers(operation) {
      names.take("accept", for: Located("Accept", at: operation.place), &diagnostics)
    }
    let all = common + own
    if let segments { checkPath(all, segments, of: operation, item.path) }
    let resolved = all.compactMap { parameter -> ResolvedParameter? in
      let swiftName = takeName(of: parameter, in: &names)
      guard let schema = schema(of: parameter, typeName) else { return nil }
      let encoding = encoding(of: parameter)
      check(parameter, schema, encoding)
      return ResolvedParameter(
        source: parameter, swiftName: swiftName, encoding: encoding, isNullable: isNullable(schema), schema: schema)
    }
    checkMembers(of: resolved)
    return resolved
  }

  /// The Swift name of a parameter: its `x-swift-name`, else its name as Swift writes it.
  private mutating func takeName(of parameter: OpenAPI.Parameter, in names: inout NameScope) -> String {
    guard let own = parameter.swiftName else {
      return names.lowerCamel(parameter.name, advice: "give it an \"x-swift-name\"", &diagnostics)
    }
    if !SwiftName.isIdentifier(own.value) {
      diagnostics.error(
        .invalidName, at: own.place, "\"\(own.value)\" is no name of a Swift property; use letters and digits")
    }
    names.take(own.value, for: parameter.name, advice: "give one of the two another \"x-swift-name\"", &diagnostics)
    return own.value
  }

  private mutating func parameter(_ parameter: OpenAPI.Referable<OpenAPI.Parameter>) -> OpenAPI.Parameter? {
    follow(parameter, "parameters", document.components.parameters)
  }

  /// The value of a reference into a section of `components`, through further references.
  mutating func follow<Value>(
    _ value: OpenAPI.Referable<Value>, _ kind: String, _ entries: [OpenAPI.Named<OpenAPI.Referable<Value>>]
  ) -> Value? {
    var value = value
    for _ in 0...entries.count {
      guard case .reference(let reference) = value else { break }
      guard let name = component(reference, kind, names: entries.map(\.name.value)),
        let entry = entries.first(where: { $0.name.value == name })
      else { return nil }
      value = entry.value
    }
    switch value {
    case .inline(let value): return value
    case .reference(let reference):
      diagnostics.error(
        .referenceCycle, at: reference.place,
        "\"\(reference.value)\" leads back to itself; write the value in one of them")
      return nil
    }
  }

  private mutating func distinct(_ parameters: [OpenAPI.Parameter]) -> [OpenAPI.Parameter] {
    var distinct: [OpenAPI.Parameter] = []
    for parameter in parameters {
      let same = distinct.first {
        $0.location.value == parameter.location.value
          && (parameter.location.value == .header
            ? $0.name.value.lowercased() == parameter.name.value.lowercased() : $0.name.value == parameter.name.value)
      }
      if let same {
        diagnostics.error(
          .duplicateParameter, at: parameter.name.place,
          "the \(parameter.location.value.rawValue) parameter \"\(parameter.name.value)\" is already declared; remove one of the two",
          notes: [.init(place: same.name.place, message: "first declared here")])
      } else {
        distinct.append(parameter)
      }
    }
    return distinct
  }

  private mutating func checkPath(
    _ parameters: [OpenAPI.Parameter], _ segments: [PathSegment], of operation: OpenAPI.Operation,
    _ path: Located<String>
  ) {
    let declared = parameters.filter { $0.location.value == .path }
    let used = segments.flatMap(\.parameters)
    for name in used where !declared.contains(where: { $0.name.value == name }) {
      let candidates = declared.map(\.name.value).filter { !used.contains($0) }
      // The misspelt declaration is told about below.
      if Suggestion.nearest(to: name, among: candidates) != nil || hasUnreadParameters(operation) { continue }
      diagnostics.error(
        .pathParameter, at: operation.place,
        "\(operation.method.token) \(path.value) does not declare the path parameter \"\(name)\"; add \"{name: \(name), in: path, required: true, schema: …}\" to its parameters"
      )
    }
    for parameter in declared where !used.contains(parameter.name.value) {
      diagnostics.error(
        .pathParameter, at: parameter.name.place,
        "the path \"\(path.value)\" has no \"{\(parameter.name.value)}\""
          + Suggestion.text(
            for: parameter.name.value, among: used, else: "; add it to the path or remove the parameter"))
    }
  }

  /// Whether a parameter of the operation could not be loaded; what is wrong with it has been told.
  private func hasUnreadParameters(_ operation: OpenAPI.Operation) -> Bool {
    guard case .array(let written) = document.value.value(at: operation.pointer + "/parameters") else { return false }
    return written.count != operation.parameters.count
  }

  private mutating func schema(of parameter: OpenAPI.Parameter, _ typeName: String) -> ResolvedSchema? {
    if let known = shared[parameter.pointer] { return known }
    let prefix = Self.componentName(parameter.pointer, "parameters") == nil ? typeName : ""
    let stem = Self.componentName(parameter.pointer, "parameters") ?? parameter.name.value
    guard let schema = schema(parameter.schema, as: prefix + (SwiftName.upperCamel(stem) ?? "Parameter")) else {
      return nil
    }
    shared[parameter.pointer] = schema
    return schema
  }

  /// Whether a value is written as plain text, outside of JSON.
  func isText(_ schema: ResolvedSchema) -> Bool {
    switch schema.kind {
    case .string, .integer, .number, .boolean, .constant, .uuid, .timestamp, .date, .bytes, .enumeration: true
    case .literal(let values): LiteralType(values) != .any
    default: false
    }
  }
}
