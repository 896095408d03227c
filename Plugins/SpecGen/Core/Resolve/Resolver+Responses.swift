extension Resolver {
  mutating func responses(of operation: OpenAPI.Operation, _ typeName: String) -> [ResolvedResponse] {
    var codes: [String: Place] = [:]
    var names = MediaTypeNames()
    let resolved = operation.responses.compactMap { entry -> ResolvedResponse? in
      guard let status = status(entry.name),
        let response = follow(entry.value, "responses", document.components.responses)
      else { return nil }
      return self.response(response, status, typeName, &codes, &names)
    }
    // OpenAPI 3.1 §4.8.10: an operation need not say what it answers.
    if !operation.hasResponses {
      return [ResolvedResponse(status: .code(204), description: "Done.", contents: [], headers: [], codes: [])]
    }
    if operation.responses.isEmpty {
      diagnostics.error(
        .unsupportedResponse, at: operation.place,
        "\"responses\" has at least one response (OpenAPI 3.1 §4.8.16); add that of success, such as '200', or leave \"responses\" out for a 204"
      )
    } else if !resolved.contains(where: \.isAnswered), resolved.count == operation.responses.count {
      diagnostics.error(
        .unsupportedResponse, at: operation.place,
        "\"\(operation.id?.value ?? operation.method.token)\" declares problems only, so the handler could never succeed; add the response of success, such as '200'"
      )
    }
    return resolved
  }

  /// Whether a response of success has several media types, among which `Accept` chooses.
  mutating func hasChoiceOfAnswers(_ operation: OpenAPI.Operation) -> Bool {
    let successes = operation.responses.filter { $0.name.value.hasPrefix("2") }
    let entries = successes.isEmpty ? operation.responses.filter { $0.name.value == "default" } : successes
    return entries.contains { entry in
      let response = silently { $0.follow(entry.value, "responses", $0.document.components.responses) }
      return response.map { $0.content.count > 1 } ?? false
    }
  }

  private mutating func status(_ key: Located<String>) -> ResponseStatus? {
    if key.value == "default" { return .any }
    if key.value.count == 3, key.value.hasSuffix("XX"), let hundreds = key.value.first?.wholeNumberValue {
      if (2...5).contains(hundreds) { return .range(hundreds) }
    } else if let status = Int(key.value), (200...599).contains(status) {
      return .code(status)
    }
    let isInterim = key.value.count == 3 && key.value.hasPrefix("1")
    diagnostics.error(
      .unsupportedResponse, at: key.place,
      isInterim
        ? "a status from 100 to 199 is no answer yet (RFC 9110 §15.2); the server sends it by itself, so remove it"
        : "\"\(key.value)\" is no status"
          + Suggestion.text(
            for: key.value, among: ["default", "4XX", "5XX"], else: "; write one such as '200', '4XX' or \"default\""))
    return nil
  }

  private mutating func response(
    _ response: OpenAPI.Response, _ status: ResponseStatus, _ typeName: String, _ codes: inout [String: Place],
    _ names: inout MediaTypeNames
  ) -> ResolvedResponse {
    let typeName = status.isSuccess ? typeName : typeName + (SwiftName.upperCamel(status.caseName) ?? "")
    check(response.codes, status, &codes)
    if !response.codes.isEmpty {
      for media in response.content where !MediaTypeName(media.name.value).isProblem && status.isFailure {
        diagnostics.error(
          .unsupportedResponse, at: media.name.place,
          "a problem of \"x-codes\" is answered with \"application/problem+json\" (RFC 9457), not with \"\(media.name.value)\"; write that"
        )
      }
    }
    return ResolvedResponse(
      status: status, description: response.description, contents: contents(response, status, typeName, &names),
      headers: headers(response, typeName), codes: response.codes.map(\.value))
  }

  // MARK: Contents

  private mutating func contents(
    _ response: OpenAPI.Response, _ status: ResponseStatus, _ typeName: String, _ names: inout MediaTypeNames
  ) -> [ResolvedResponseContent] {
    if let media = response.content.first, case .code(let code) = status, [204, 205, 304].contains(code) {
      diagnostics.error(
        .unsupportedResponse, at: media.name.place,
        "a response \(code) has no body (RFC 9110 §15); remove \"content\"")
      return []
    }
    let isJSON = { (media: OpenAPI.MediaType) in MediaTypeName(media.name.value).isPlainJSON }
    let isOrdered = response.content.count < 2
    let ordered =
      isOrdered ? response.content : response.content.filter(isJSON) + response.content.filter { !isJSON($0) }
    return ordered.compactMap { media in
      let swiftName = names.name(of: media.name.value)
      let stems = Stems(typeName: typeName, status: status, mediaType: swiftName)
      return body(media, MediaTypeName(media.name.value), status, stems).map {
        ResolvedResponseContent(
          mediaType: media.name.value, swiftName: swiftName, body: $0, example: media.examples.first?.value)
      }
    }
  }

  /// What the types of an answer's content may be called after: what other contents of the operation leave free counts.
  private struct Stems {
    var typeName: String
    var status: ResponseStatus
    var mediaType: String

    /// The best name first.
    func names(_ suffix: String) -> [String] {
      let name = SwiftName.upperCamel(status.caseName) ?? ""
      let exact = typeName.hasSuffix(name) ? typeName : typeName + name
      return [typeName, exact, exact + (SwiftName.upperCamel(mediaType) ?? "")].map { $0 + suffix }
    }
  }

  /// - Parameter stems: of the types of what is written inline.
  private mutating func body(
    _ media: OpenAPI.MediaType, _ name: MediaTypeName, _ status: ResponseStatus, _ stems: Stems
  ) -> ResolvedResponseContent.Body? {
    if name.isEvents || name.isLines {
      if let place = media.schema?.place {
        diagnostics.error(
          .unsupportedKey, at: place,
          "\"schema\" of \"\(media.name.value)\" would speak of the whole stream; write \"x-itemSchema\", the schema of an item"
        )
        return nil
      }
      return name.isEvents ? events(media, stems.typeName + "Event").map { .events($0) } : lines(media, stems)
    }
    if let item = media.itemSchema {
      diagnostics.error(
        .unsupportedKey, at: item.place,
        "\"\(media.name.value)\" has no items; \"x-itemSchema\" is for \"text/event-stream\", \"application/jsonl\", \"application/x-ndjson\" and \"application/json-seq\""
      )
      return nil
    }
    if name.isProblem, status.isFailure {
      return schema(of: media, stems.typeName + "Problem", isHidden: true).map { .problem($0) }
    }
    if name.isJSON { return schema(of: media, firstFreeOf: stems.names("Response")).map { .json($0) } }
    return name.type == "text" ? text(media, stems) : bytes(media)
  }

  private mutating func lines(_ media: OpenAPI.MediaType, _ stems: Stems) -> ResolvedResponseContent.Body? {
    var item = media
    item.schema = media.itemSchema
    // An example is one of the whole stream.
    item.examples = []
    return schema(of: item, firstFreeOf: stems.names("Item")).map { .lines($0) }
  }

  private mutating func text(_ media: OpenAPI.MediaType, _ stems: Stems) -> ResolvedResponseContent.Body? {
    guard media.schema != nil else { return .text(nil) }
    guard let schema = schema(of: media, firstFreeOf: stems.names("Text")), let target = target(of: schema)
    else { return nil }
    switch target.kind {
    case .string, .constant, .enumeration, .uuid, .timestamp, .date, .bytes: return .text(schema)
    default:
      tellUnread(media, "text")
      return .text(nil)
    }
  }

  /// Anything else is bytes to SpecGen, so that a schema can only say that it is.
  private mutating func bytes(_ media: OpenAPI.MediaType) -> ResolvedResponseContent.Body? {
    guard MediaTypeName(media.name.value).isOfKnownType else {
      diagnostics.error(
        .unsupportedValue, at: media.name.place,
        "\"\(media.name.value)\" is no media type (RFC 6838)"
          + Suggestion.text(
            for: media.name.value, among: ["application/json", "application/octet-stream", "text/plain"],
            else: "; write one such as \"application/json\""))
      return nil
    }
    guard let written = media.schema else { return .bytes }
    guard let schema = expanded(written) else { return nil }
    if schema.types.map(\.value).allSatisfy({ $0 == "string" }), schema.properties == nil, schema.items == nil,
      schema.oneOf == nil, schema.anyOf == nil
    {
      return .bytes
    }
    tellUnread(media, "bytes")
    return .bytes
  }
}
