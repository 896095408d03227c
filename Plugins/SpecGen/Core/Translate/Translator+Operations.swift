extension Translator {
  func operation(_ operation: ResolvedOperation) -> Operation {
    let source = operation.source
    return Operation(
      id: operation.id, typeName: operation.typeName, tag: operation.tag, method: source.method,
      path: operation.path, segments: operation.segments, summary: source.summary, description: source.description,
      isDeprecated: source.isDeprecated, pointer: source.pointer, isSecured: operation.isSecured,
      parameters: operation.parameters.map(parameter), body: operation.body.map(body),
      responses: operation.responses.filter(\.isSuccess).map(success),
      problemResponses: operation.responses.filter { !$0.isSuccess }.map {
        ProblemResponse(status: $0.status, codes: $0.codes, description: $0.description)
      })
  }

  private func parameter(_ parameter: ResolvedParameter) -> Parameter {
    let source = parameter.source
    return Parameter(
      name: source.name.value, swiftName: parameter.swiftName, location: source.location.value,
      type: typeUse(parameter.schema), isRequired: source.isRequired, defaultValue: defaultValue(parameter.schema),
      example: source.examples.first?.value ?? example(parameter.schema),
      exampleSource: exampleSource(source.exampleSource) ?? exampleSource(parameter.schema),
      description: source.description ?? parameter.schema.description, pointer: source.pointer)
  }

  private func body(_ body: ResolvedBody) -> RequestBody {
    RequestBody(
      isRequired: body.isRequired,
      content: body.content.map {
        RequestBody.Content(
          encoding: $0.encoding == .form ? .form : .json, mediaType: $0.mediaType, type: typeUse($0.schema),
          example: $0.example ?? example($0.schema))
      },
      description: body.description)
  }

  private func success(_ response: ResolvedResponse) -> SuccessResponse {
    SuccessResponse(
      status: response.status ?? 200, caseName: Self.caseName(response.status ?? 200),
      content: response.content.map {
        SuccessResponse.Content(
          encoding: $0.encoding == .text ? .text : .json, mediaType: $0.mediaType, type: typeUse($0.schema),
          example: $0.example ?? example($0.schema))
      },
      headers: response.headers.map {
        ResponseHeader(name: $0.name, swiftName: $0.swiftName, type: typeUse($0.schema), isRequired: $0.isRequired)
      },
      description: response.description)
  }

  /// The phrase of a status (RFC 9110 §15.3) in lower camel case.
  static func caseName(_ status: Int) -> String {
    switch status {
    case 200: "ok"
    case 201: "created"
    case 202: "accepted"
    case 203: "nonAuthoritativeInformation"
    case 204: "noContent"
    case 205: "resetContent"
    case 206: "partialContent"
    case 207: "multiStatus"
    case 208: "alreadyReported"
    case 226: "imUsed"
    default: "status\(status)"
    }
  }
}
