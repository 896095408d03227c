extension Resolver {
  mutating func body(of operation: OpenAPI.Operation, _ typeName: String) -> ResolvedBody? {
    guard let requestBody = operation.requestBody,
      let body = follow(requestBody, "requestBodies", document.components.requestBodies)
    else { return nil }
    if [.get, .head, .delete, .options].contains(operation.method) {
      diagnostics.error(
        .unsupportedValue, at: body.place,
        "a body of a \(operation.method.token) request has no meaning (RFC 9110 §9.3); use parameters, or POST")
    }
    if body.content.isEmpty {
      diagnostics.error(
        .missingKey, at: body.place, "\"content\" needs at least one media type, such as \"application/json\"")
    }
    let content = body.content.compactMap { media -> ResolvedContent? in
      switch media.name.value {
      case "application/json":
        guard let content = self.content(media, .json, typeName + "Body") else { return nil }
        checkRequest(content.schema, media)
        return content
      case "application/x-www-form-urlencoded":
        guard let content = self.content(media, .form, typeName + "Form") else { return nil }
        checkForm(content, media)
        checkRequest(content.schema, media)
        return content
      default:
        unsupported(media, "a request", ["application/json", "application/x-www-form-urlencoded"])
        return nil
      }
    }
    return ResolvedBody(isRequired: body.isRequired, description: body.description, content: content)
  }

  private mutating func checkForm(_ content: ResolvedContent, _ media: OpenAPI.MediaType) {
    guard let target = target(of: content.schema) else { return }
    guard case .object = target.kind else {
      diagnostics.error(
        .unsupportedSchema, at: media.schema?.place ?? media.name.place,
        "a form is an object with properties; write one")
      return
    }
  }

  /// A request cannot leave out what is required, and cannot hold what is read only.
  private mutating func checkRequest(_ schema: ResolvedSchema, _ media: OpenAPI.MediaType) {
    if isOutgoing { return }
    var pending = [schema]
    var seen: Set<String> = []
    while let schema = pending.popLast() {
      switch schema.kind {
      case .reference(let name):
        if seen.insert(name).inserted, let declaration = declarationIndex[name] { pending.append(declaration.schema) }
      case .array(let item, _): pending.append(item)
      case .map(let value, _): pending.append(value)
      case .choice(let choice): pending += choice.cases.map(\.schema)
      case .object(let object):
        for property in object.properties {
          pending.append(property.schema)
          guard property.isRequired, property.schema.isReadOnly,
            !diagnostics.contains(where: { $0.code == .contradiction && $0.place == property.name.place })
          else { continue }
          diagnostics.error(
            .contradiction, at: property.name.place,
            "a request cannot have \"\(property.name.value)\", which is \"readOnly\", and cannot leave it out, since it is required; take it out of \"required\" or give requests a schema of their own",
            notes: [.init(place: media.name.place, message: "requests have this schema here")])
        }
      default: break
      }
    }
  }
}
