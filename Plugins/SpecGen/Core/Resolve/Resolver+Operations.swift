extension Resolver {
  mutating func operations() -> [ResolvedOperation] {
    checkSecuritySchemes()
    checkTags()
    var resolved: [ResolvedOperation] = []
    var ids: [String: Place] = [:]
    var shapes: [String: Located<String>] = [:]
    var mixed: [(path: Located<String>, segments: [PathSegment])] = []
    for item in document.paths {
      let segments = segments(item.path)
      let shape = (segments ?? []).map(\.shape).joined(separator: "/")
      if segments == nil {
        // What is wrong with the path has been told; its operations are looked at all the same.
      } else if let first = shapes[shape] {
        diagnostics.error(
          .duplicatePath, at: item.path.place,
          "\"\(item.path.value)\" and \"\(first.value)\" match the same requests; write their operations under one of the two",
          notes: [.init(place: first.place, message: "the other one is here")])
      } else {
        shapes[shape] = item.path
        if let segments, segments.contains(where: { $0.rank == 1 }) {
          checkAmbiguity(item.path, segments, besides: mixed)
          mixed.append((item.path, segments))
        }
      }
      for operation in item.operations {
        if let operation = self.operation(operation, of: item, segments, &ids) { resolved.append(operation) }
      }
    }
    tellOpenOperations()
    return resolved
  }

  private mutating func operation(
    _ source: OpenAPI.Operation, of item: OpenAPI.PathItem, _ segments: [PathSegment]?, _ ids: inout [String: Place]
  ) -> ResolvedOperation? {
    let id = operationID(source, item.path.value, &ids)
    let tag = tag(of: source)
    let security = security(of: source)
    var typeName = id.flatMap { SwiftName.upperCamel($0.value) } ?? "Operation"
    if let id { typeName = take(typeName, of: id) }
    let parameters = parameters(of: source, item, segments, typeName)
    let body = body(of: source, typeName)
    let responses = responses(of: source, typeName)
    // An operation with a fault is looked at further: it may be where an example comes from.
    return ResolvedOperation(
      source: source, path: item.path.value, segments: segments ?? [], id: id?.value ?? source.id?.value ?? "",
      typeName: typeName, tag: tag, security: security, parameters: parameters, body: body, responses: responses)
  }

  // MARK: Identity

  /// The name of the operation's method: its `x-swift-name`, else its `operationId` as Swift writes it, else its method
  /// and path.
  private mutating func operationID(
    _ operation: OpenAPI.Operation, _ path: String, _ ids: inout [String: Place]
  ) -> Located<String>? {
    let written =
      operation.swiftName ?? operation.id ?? Located("\(operation.method.rawValue) \(path)", at: operation.place)
    let isReady =
      SwiftName.isIdentifier(written.value) && written.value.first?.isUppercase == false && !written.value.contains("_")
    guard let name = isReady ? written.value : SwiftName.lowerCamel(written.value) else {
      diagnostics.error(
        .invalidName, at: written.place,
        "the operationId \"\(written.value)\" has no letter or digit that could make the name of a Swift method; write one such as \"getNote\", or an \"x-swift-name\""
      )
      return nil
    }
    if let place = operation.swiftName?.place, !isReady {
      diagnostics.error(
        .invalidName, at: place,
        "\"\(written.value)\" is no name of a Swift method; write it in lower camel case, as in \"\(name)\"")
      return nil
    }
    if let first = ids[name] {
      let isSame = operation.swiftName == nil && operation.id?.value == name
      diagnostics.error(
        .duplicateOperation, at: written.place,
        isSame
          ? "another operation has the operationId \"\(name)\"; choose another name"
          : "the Swift method of this operation would be \"\(name)\", which another one has; give it another \"\(operation.id == nil ? "operationId" : "x-swift-name")\"",
        notes: [.init(place: first, message: "first used here")])
      return nil
    }
    ids[name] = written.place
    return Located(name, at: written.place)
  }

  /// Takes the name of an operation's types; another one where a schema or generated code has it.
  private mutating func take(_ typeName: String, of id: Located<String>) -> String {
    var typeName = typeName
    if let owner = typeNames.owner(of: typeName) {
      diagnostics.note(
        .nameClash, at: id.place,
        "the types of the operation \"\(id.value)\" are in \"\(typeName)Operation\", since \"\(typeName)\" is that of \(owner); an \"x-swift-name\" gives them another name"
      )
      typeName += "Operation"
    }
    typeNames.take(typeName, for: "the operation \"\(id.value)\"", at: id.place, &diagnostics)
    return typeName
  }

  // MARK: Tags

  private mutating func checkTags() {
    for tag in document.tags {
      if let first = tags.first(where: { $0.name.value == tag.name.value }) {
        diagnostics.error(
          .nameClash, at: tag.name.place, "the tag \"\(tag.name.value)\" is declared twice; keep one of the two",
          notes: [.init(place: first.name.place, message: "first declared here")])
      } else {
        declare(tag)
      }
      guard let parent = tag.parent, !declaredTags.contains(parent.value) else { continue }
      diagnostics.error(
        .unknownTag, at: parent.place,
        "the tag \"\(parent.value)\" is not declared"
          + Suggestion.text(
            for: parent.value, among: document.tags.map(\.name.value), else: "; add it to \"tags\" or remove \"parent\""
          ))
    }
  }

  /// Makes a protocol of a tag.
  private mutating func declare(_ tag: OpenAPI.Tag) {
    tags.append(tag)
    _ = tagNames.lowerCamel(tag.name, &diagnostics)
    typeNames.take(
      (SwiftName.upperCamel(tag.name.value) ?? "") + "API", for: "the tag \"\(tag.name.value)\"", at: tag.name.place,
      &diagnostics)
  }

  /// The tag whose protocol has the operation: the first one, or `default` where there is none. Further tags are
  /// documentation.
  private mutating func tag(of operation: OpenAPI.Operation) -> String {
    let name = operation.id?.value ?? operation.method.token
    let tag = operation.tags.first ?? Located("default", at: operation.place)
    for tag in operation.tags where !declaredTags.isEmpty && !declaredTags.contains(tag.value) {
      diagnostics.warning(
        .unknownTag, at: tag.place,
        "the tag \"\(tag.value)\" is not declared"
          + Suggestion.text(
            for: tag.value, among: document.tags.map(\.name.value),
            else: "; add it to \"tags\" at the root of the document"))
    }
    if operation.tags.isEmpty, !document.tags.isEmpty {
      diagnostics.warning(
        .unknownTag, at: operation.place,
        "the operation \"\(name)\" has no tag, so that its method is one of \"DefaultAPI\"; add \"tags: [NAME]\"")
    }
    let isKnown = declaredTags.contains(tag.value) || tags.contains { $0.name.value == tag.value }
    if !isKnown { declare(OpenAPI.Tag(name: tag)) }
    return tag.value
  }
}
