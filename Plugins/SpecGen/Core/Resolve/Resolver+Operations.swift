extension Resolver {
  mutating func operations() -> [ResolvedOperation] {
    checkSecuritySchemes()
    checkTags()
    var resolved: [ResolvedOperation] = []
    var ids: [String: Place] = [:]
    var shapes: [String: Located<String>] = [:]
    for item in document.paths {
      let segments = segments(item.path)
      let shape = (segments ?? []).map { if case .literal(let text) = $0 { text } else { "{}" } }.joined(separator: "/")
      if segments == nil {
        // What is wrong with the path has been told; its operations are looked at all the same.
      } else if let first = shapes[shape] {
        diagnostics.error(
          .duplicatePath, at: item.path.place,
          "\"\(item.path.value)\" and \"\(first.value)\" match the same requests; write their operations under one of the two",
          notes: [.init(place: first.place, message: "the other one is here")])
      } else {
        shapes[shape] = item.path
      }
      for operation in item.operations {
        if let operation = self.operation(operation, of: item, segments, &ids) { resolved.append(operation) }
      }
    }
    return resolved
  }

  private mutating func operation(
    _ source: OpenAPI.Operation, of item: OpenAPI.PathItem, _ segments: [PathSegment]?, _ ids: inout [String: Place]
  ) -> ResolvedOperation? {
    let id = operationID(source, item.path.value, &ids)
    let tag = tag(of: source)
    let isSecured = isSecured(source)
    let typeName = id.flatMap { SwiftName.upperCamel($0.value) } ?? "Operation"
    if let id { typeNames.take(typeName, for: "the operation \"\(id.value)\"", at: id.place, &diagnostics) }
    let parameters = parameters(of: source, item, segments, typeName)
    let body = body(of: source, typeName)
    let responses = responses(of: source, typeName)
    // An operation with a fault is looked at further: it may be where an example comes from.
    return ResolvedOperation(
      source: source, path: item.path.value, segments: segments ?? [], id: id?.value ?? source.id?.value ?? "",
      typeName: typeName, tag: tag ?? "", isSecured: isSecured ?? true, parameters: parameters, body: body,
      responses: responses)
  }

  // MARK: Identity

  private mutating func operationID(
    _ operation: OpenAPI.Operation, _ path: String, _ ids: inout [String: Place]
  ) -> Located<String>? {
    guard let id = operation.id else {
      diagnostics.error(
        .missingKey, at: operation.place,
        "\(operation.method.token) \(path) needs an \"operationId\", which is the name of the method that handles it; write one, such as \"\(SwiftName.lowerCamel("\(operation.method.rawValue) \(path)") ?? "NAME")\""
      )
      return nil
    }
    let lower = SwiftName.lowerCamel(id.value)
    guard SwiftName.isIdentifier(id.value), id.value.first?.isUppercase == false, !id.value.contains("_") else {
      diagnostics.error(
        .invalidName, at: id.place,
        "the operationId \"\(id.value)\" becomes a Swift method; write it in lower camel case"
          + (lower.map { ", as in \"\($0)\"" } ?? ""))
      return nil
    }
    if let first = ids[id.value] {
      diagnostics.error(
        .duplicateOperation, at: id.place, "another operation has the operationId \"\(id.value)\"; choose another name",
        notes: [.init(place: first, message: "first used here")])
      return nil
    }
    ids[id.value] = id.place
    return id
  }

  private mutating func checkTags() {
    var seen: [String: Place] = [:]
    // The router has a property for each tag's handler beside its own.
    var names = NameScope("the tags", reserved: ["authenticator", "bodyLimit", "problem", "self"])
    for tag in document.tags {
      if let first = seen[tag.name.value] {
        diagnostics.error(
          .nameClash, at: tag.name.place, "the tag \"\(tag.name.value)\" is declared twice; keep one of the two",
          notes: [.init(place: first, message: "first declared here")])
      } else {
        seen[tag.name.value] = tag.name.place
        _ = names.lowerCamel(tag.name, &diagnostics)
        typeNames.take(
          (SwiftName.upperCamel(tag.name.value) ?? "") + "API", for: "the tag \"\(tag.name.value)\"",
          at: tag.name.place, &diagnostics)
      }
    }
  }

  private mutating func tag(of operation: OpenAPI.Operation) -> String? {
    let name = operation.id?.value ?? operation.method.token
    guard let tag = operation.tags.first else {
      diagnostics.error(
        .unknownTag, at: operation.place,
        "the operation \"\(name)\" needs a tag: each tag is a protocol that a handler conforms to; add \"tags: [NAME]\""
      )
      return nil
    }
    if operation.tags.count > 1 {
      diagnostics.error(
        .unsupportedValue, at: operation.tags[1].place,
        "the operation \"\(name)\" has a second tag, but one handler answers it; keep one")
    }
    let known = document.tags.map(\.name.value)
    guard known.contains(tag.value) else {
      diagnostics.error(
        .unknownTag, at: tag.place,
        "the tag \"\(tag.value)\" is not declared"
          + Suggestion.text(for: tag.value, among: known, else: "; add it to \"tags\" at the root of the document"))
      return nil
    }
    return tag.value
  }

  // MARK: Security

  private mutating func checkSecuritySchemes() {
    for scheme in document.components.securitySchemes
    where scheme.type.value != "http" || scheme.scheme?.value.lowercased() != "bearer" {
      diagnostics.error(
        .unsupportedValue,
        at: scheme.type.value == "http" ? scheme.scheme?.place ?? scheme.type.place : scheme.type.place,
        "SpecGen supports bearer tokens only; write \"type: http\" and \"scheme: bearer\"")
    }
    if let security = document.security {
      _ = check(security)
      if security.alternatives.isEmpty {
        diagnostics.error(
          .missingSecurity, at: security.place,
          "an empty \"security\" opens every operation at once; write \"security: []\" at each operation that anybody may call"
        )
      }
    }
  }

  private mutating func isSecured(_ operation: OpenAPI.Operation) -> Bool? {
    if let own = operation.security { return check(own) }
    if let common = document.security { return !common.alternatives.isEmpty }
    let name = operation.id?.value ?? operation.method.token
    diagnostics.error(
      .missingSecurity, at: operation.place,
      "the operation \"\(name)\" does not say who may call it; add \"security\" here or at the root of the document, or \"security: []\" if anybody may"
    )
    return nil
  }

  /// Whether credentials are asked for; nil after an error.
  private mutating func check(_ security: OpenAPI.Security) -> Bool? {
    let known = document.components.securitySchemes.map(\.name.value)
    var isClean = true
    for requirement in security.alternatives {
      for scheme in requirement.schemes {
        if !known.contains(scheme.name.value) {
          isClean = false
          diagnostics.error(
            .unknownSecurityScheme, at: scheme.name.place,
            "there is no security scheme \"\(scheme.name.value)\""
              + Suggestion.text(
                for: scheme.name.value, among: known, else: "; declare it under \"#/components/securitySchemes\""))
        }
        if let scope = scheme.scopes.first {
          isClean = false
          diagnostics.error(
            .unsupportedValue, at: scope.place,
            "scopes are not supported by SpecGen yet; write \"\(scheme.name.value): []\"")
        }
      }
      if requirement.schemes.count != 1 {
        isClean = false
        diagnostics.error(
          .unsupportedValue, at: requirement.place,
          requirement.schemes.isEmpty
            ? "credentials that may be left out are not supported by SpecGen yet; name a scheme, or write \"security: []\""
            : "several schemes at once are not supported by SpecGen yet; keep one")
      }
    }
    if isClean, security.alternatives.count > 1 {
      isClean = false
      diagnostics.error(
        .unsupportedValue, at: security.alternatives[1].place,
        "a choice of credentials is not supported by SpecGen yet; keep one entry")
    }
    return isClean ? !security.alternatives.isEmpty : nil
  }
}
