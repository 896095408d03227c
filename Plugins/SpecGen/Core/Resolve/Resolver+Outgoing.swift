extension Resolver {
  /// The requests that the server sends by itself: webhooks, and the callbacks of operations.
  mutating func outgoing(_ operations: [ResolvedOperation]) -> [ResolvedOutgoing] {
    isOutgoing = true
    defer { isOutgoing = false }
    var resolved: [ResolvedOutgoing] = []
    for item in document.webhooks {
      let stem = item.path.value + (item.operations.count > 1 ? " METHOD" : "") + " webhook"
      for operation in item.operations {
        resolved.append(
          outgoing(operation, of: item, named: stem, ResolvedOutgoing.Origin.webhook(item.path.value)))
      }
    }
    for operation in operations {
      for callback in operation.source.callbacks {
        let requests = callback.value.flatMap { item in item.operations.map { (item, $0) } }
        let stem = "\(operation.typeName) \(callback.name.value)" + (requests.count > 1 ? " METHOD" : "") + " callback"
        for (item, request) in requests {
          let origin = ResolvedOutgoing.Origin.callback(callback.name.value, of: operation.id)
          resolved.append(outgoing(request, of: item, named: stem, origin))
        }
      }
    }
    return resolved
  }

  private mutating func outgoing(
    _ source: OpenAPI.Operation, of item: OpenAPI.PathItem, named stem: String, _ origin: ResolvedOutgoing.Origin
  ) -> ResolvedOutgoing {
    let written = source.swiftName ?? source.id
    let derived = stem.replacing("METHOD", with: source.method.rawValue)
    let name = written.flatMap { SwiftName.upperCamel($0.value) } ?? SwiftName.upperCamel(derived) ?? "Webhook"
    typeNames.take(
      name, for: "the \(origin.noun) \"\(origin.name)\"", at: written?.place ?? item.path.place,
      advice: "give it another \"operationId\"", &diagnostics)
    if let security = source.security { check(security) }
    return ResolvedOutgoing(
      origin: origin,
      operation: ResolvedOperation(
        source: source, path: item.path.value, segments: [], id: SwiftName.lowerCamel(name) ?? name, typeName: name,
        tag: "", security: [], parameters: parameters(of: source, item, nil, name), body: body(of: source, name),
        responses: responses(of: source, name)))
  }

  /// A link names an operation of the document and its parameters.
  mutating func checkLinks(_ operations: [ResolvedOperation]) {
    let known = operations.compactMap { $0.source.id?.value }
    for response in operations.flatMap(\.source.responses) {
      guard case .inline(let response) = response.value else { continue }
      for link in response.links { check(link.value, operations, known) }
    }
    for response in document.components.responses {
      guard case .inline(let response) = response.value else { continue }
      for link in response.links { check(link.value, operations, known) }
    }
  }

  private mutating func check(_ link: OpenAPI.Link, _ operations: [ResolvedOperation], _ known: [String]) {
    guard let operation = target(of: link, operations, known) else { return }
    let parameters = operation.parameters.map(\.source)
    for name in link.parameters {
      let isDeclared = parameters.contains {
        name.value == $0.name.value || name.value == "\($0.location.value.rawValue).\($0.name.value)"
      }
      if isDeclared { continue }
      diagnostics.error(
        .unknownOperation, at: name.place,
        "the operation \"\(operation.name)\" has no parameter \"\(name.value)\""
          + Suggestion.text(
            for: name.value, among: parameters.map(\.name.value), else: "; write one of its parameters or remove it"))
    }
  }

  /// The operation that a link means; nil for one in another document, one that is left out, and after an error.
  private mutating func target(
    of link: OpenAPI.Link, _ operations: [ResolvedOperation], _ known: [String]
  ) -> ResolvedOperation? {
    if let id = link.operation {
      if let operation = operations.first(where: { $0.source.id?.value == id.value }) { return operation }
      if document.leftOut.contains(id.value) { return nil }
      diagnostics.error(
        .unknownOperation, at: id.place,
        "there is no operation \"\(id.value)\""
          + Suggestion.text(for: id.value, among: known, else: "; write an \"operationId\" of this document"))
    } else if let reference = link.reference, reference.value.hasPrefix("#") {
      if let operation = operations.first(where: { $0.source.pointer == reference.value }) { return operation }
      if isWritten(reference.value), document.leftOut.isEmpty == false { return nil }
      diagnostics.error(
        .unknownOperation, at: reference.place,
        "there is no operation at \"\(reference.value)\""
          + Suggestion.text(
            for: reference.value, among: operations.map(\.source.pointer),
            else: "; write an \"operationId\", or a pointer such as \"#/paths/~1notes/get\""))
    }
    return nil
  }
}
