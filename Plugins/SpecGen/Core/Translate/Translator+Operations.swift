extension Translator {
  func operation(_ operation: ResolvedOperation) -> Operation {
    let source = operation.source
    return Operation(
      id: operation.id, typeName: operation.typeName, tag: operation.tag, method: source.method,
      path: operation.path, segments: operation.segments, summary: source.summary, description: source.description,
      isDeprecated: source.isDeprecated, pointer: source.pointer, security: operation.security,
      parameters: operation.parameters.map(parameter), body: operation.body.map(body),
      responses: operation.responses.filter(\.isAnswered).flatMap(answers),
      problemResponses: operation.responses.filter(\.isProblem).map {
        ProblemResponse(status: $0.status, codes: $0.codes, description: $0.description)
      })
  }

  func outgoing(_ request: ResolvedOutgoing) -> OutgoingRequest {
    let (name, title) =
      switch request.origin {
      case .webhook(let name): ("webhook \(name)", "webhook `\(name)`")
      case .callback(let name, let operation):
        ("callback \(name) of \(operation)", "callback `\(name)` of `\(operation)`")
      }
    return OutgoingRequest(
      name: name, title: "The \(title): what the server sends, and what may be answered.",
      operation: self.operation(request.operation))
  }

  func securityScheme(_ scheme: OpenAPI.SecurityScheme) -> SecurityScheme {
    SecurityScheme(
      name: scheme.name.value, swiftName: SwiftName.lowerCamel(scheme.name.value) ?? "", kind: scheme.kind,
      description: scheme.description)
  }

  private func parameter(_ parameter: ResolvedParameter) -> Parameter {
    let source = parameter.source
    return Parameter(
      name: source.name.value, swiftName: parameter.swiftName, location: source.location.value,
      encoding: parameter.encoding, type: typeUse(parameter.schema), isRequired: source.isRequired,
      isNullable: parameter.isNullable, allowsReserved: source.allowsReserved, allowsEmpty: source.allowsEmpty,
      defaultValue: defaultValue(parameter.schema),
      example: source.examples.first?.value ?? example(parameter.schema),
      exampleSource: exampleSource(source.exampleSource) ?? exampleSource(parameter.schema),
      description: source.description ?? parameter.schema.description, pointer: source.pointer)
  }

  private func body(_ body: ResolvedBody) -> RequestBody {
    RequestBody(
      isRequired: body.isRequired,
      content: body.content.map {
        RequestBody.Content(
          encoding: encoding($0), mediaType: $0.mediaType, caseName: $0.caseName, type: typeUse($0.schema),
          isNullable: isNullable($0.schema), fields: $0.fields, example: $0.example ?? example($0.schema))
      },
      description: body.description)
  }

  private func encoding(_ content: ResolvedContent) -> RequestBody.Content.Encoding {
    switch content.encoding {
    case .json: return .json
    case .form: return .form
    case .text: return .text
    case .binary(let maxBytes): return .binary(maxBytes: maxBytes)
    case .multipart(let files):
      guard case .object(var object) = target(content.schema).kind else { return .json }
      object.properties.removeAll { property in files.contains { $0.name == property.name.value } }
      return .multipart(Multipart(object: self.object(object, in: nil), files: files))
    }
  }

  /// A response, once for each of its media types.
  private func answers(_ response: ResolvedResponse) -> [OperationResponse] {
    let headers = response.headers.map {
      ResponseHeader(
        name: $0.name, swiftName: $0.swiftName, type: typeUse($0.schema), isRequired: $0.isRequired,
        isExploded: $0.isExploded, isJSON: $0.isJSON)
    }
    let contents = response.answers.isEmpty ? [nil] : response.answers.map(content)
    return contents.enumerated().map { index, content in
      let suffix = index > 0 ? content.flatMap { SwiftName.upperCamel($0.swiftName) } ?? "" : ""
      return OperationResponse(
        status: response.status, caseName: response.status.caseName + suffix, content: content, headers: headers,
        description: response.description)
    }
  }

  private func content(_ content: ResolvedResponseContent) -> OperationResponse.Content {
    let encoding: OperationResponse.Content.Encoding
    let type: TypeUse
    var isNullable = content.schema.map(self.isNullable) ?? false
    switch content.body {
    case .json(let schema), .problem(let schema): (encoding, type) = (.json, typeUse(schema))
    case .text(let schema): (encoding, type) = (.text, schema.map(typeUse) ?? .string(StringConstraints()))
    case .events(let events): (encoding, type) = (.events, .named(events.typeName))
    case .lines(let schema): (encoding, type, isNullable) = (.lines, typeUse(schema), self.isNullable(schema))
    case .bytes: (encoding, type) = (.bytes, .string(StringConstraints()))
    }
    return OperationResponse.Content(
      encoding: encoding, mediaType: content.mediaType, swiftName: content.swiftName, type: type,
      isNullable: isNullable,
      example: content.example ?? content.schema.flatMap(example))
  }

  /// The events of all responses, each type once.
  func events() -> [EventDeclaration] {
    var events: [EventDeclaration] = []
    let operations = document.operations + document.outgoing.map(\.operation)
    for content in operations.flatMap(\.responses).flatMap(\.contents) {
      guard case .events(let resolved) = content.body,
        !events.contains(where: { $0.swiftName == resolved.typeName })
      else { continue }
      events.append(
        EventDeclaration(
          swiftName: resolved.typeName, pointer: resolved.pointer, title: resolved.title,
          description: resolved.description,
          cases: resolved.cases.map {
            .init(name: $0.name, swiftName: $0.swiftName, payload: payload($0.payload), description: $0.description)
          }))
    }
    return events
  }

  private func payload(_ payload: ResolvedEvents.Payload) -> EventDeclaration.Payload {
    switch payload {
    case .none: .none
    case .text: .text
    case .constant(let text): .constant(text)
    case .json(let schema): .json(schema.map(typeUse) ?? .json)
    }
  }
}
