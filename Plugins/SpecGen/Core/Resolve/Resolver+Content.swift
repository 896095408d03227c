extension Resolver {
  mutating func unsupported(_ media: OpenAPI.MediaType, _ what: String, _ supported: [String]) {
    diagnostics.error(
      .unsupportedValue, at: media.name.place,
      "the media type \"\(media.name.value)\" of \(what) is not supported by SpecGen"
        + Suggestion.text(
          for: media.name.value, among: supported,
          else: "; use \(supported.map { "\"\($0)\"" }.joined(separator: " or "))"))
  }

  /// What a request's body holds in one media type.
  mutating func content(
    _ media: OpenAPI.MediaType, _ encoding: ResolvedContent.Encoding, _ name: String
  ) -> ResolvedContent? {
    schema(of: media, name).map {
      ResolvedContent(
        mediaType: media.name.value, encoding: encoding, schema: $0, example: media.examples.first?.value)
    }
  }

  /// The schema of a body or response in one media type.
  private mutating func schema(
    of media: OpenAPI.MediaType, _ name: String, isHidden: Bool = false
  ) -> ResolvedSchema? {
    guard let source = media.schema else {
      diagnostics.error(
        .missingKey, at: media.name.place,
        "\"\(media.name.value)\" needs a \"schema\"; write \"schema: {}\" for any value")
      return nil
    }
    if let known = shared[source.pointer] { return known }
    guard let resolved = self.schema(source, as: name, isHidden: isHidden) else { return nil }
    if isNullable(resolved) {
      diagnostics.error(
        .unsupportedSchema, at: source.place, "a body that may be null is not supported by SpecGen; remove null")
    }
    shared[source.pointer] = resolved
    for example in media.examples { check(example, is: resolved, .invalidExample) }
    return resolved
  }

  // MARK: Responses

  mutating func responses(of operation: OpenAPI.Operation, _ typeName: String) -> [ResolvedResponse] {
    var codes: [String: Place] = [:]
    let resolved = operation.responses.compactMap { entry -> ResolvedResponse? in
      guard let status = status(entry.name),
        let response = follow(entry.value, "responses", document.components.responses)
      else { return nil }
      return self.response(response, status.value, entry.name, typeName, &codes)
    }
    if !operation.responses.contains(where: { $0.name.value.hasPrefix("2") }) {
      diagnostics.error(
        .unsupportedResponse, at: operation.place,
        "\"\(operation.id?.value ?? operation.method.token)\" declares no response from 200 to 299; add the one of success"
      )
    }
    return resolved
  }

  /// Whether a response of success has several media types, among which `Accept` chooses.
  mutating func hasChoiceOfAnswers(_ operation: OpenAPI.Operation) -> Bool {
    operation.responses.contains { entry in
      guard entry.name.value.hasPrefix("2"),
        let response = silently({ $0.follow(entry.value, "responses", $0.document.components.responses) })
      else { return false }
      return response.content.count > 1
    }
  }

  /// The status of a response's key; nil within for `default`.
  private mutating func status(_ key: Located<String>) -> Located<Int?>? {
    if key.value == "default" { return Located(nil, at: key.place) }
    if let status = Int(key.value), (100...599).contains(status) {
      if (200...299).contains(status) || status >= 400 { return Located(status, at: key.place) }
      diagnostics.error(
        .unsupportedResponse, at: key.place,
        "the status \(status) is not supported by SpecGen; an operation answers with 200 to 299 or 400 to 599")
      return nil
    }
    diagnostics.error(
      .unsupportedResponse, at: key.place,
      key.value.hasSuffix("XX")
        ? "ranges of statuses are not supported by SpecGen yet; write each status, or \"default\""
        : "\"\(key.value)\" is no status"
          + Suggestion.text(for: key.value, among: ["default"], else: "; write one such as '200', or \"default\""))
    return nil
  }

  private mutating func response(
    _ response: OpenAPI.Response, _ status: Int?, _ key: Located<String>, _ typeName: String,
    _ codes: inout [String: Place]
  ) -> ResolvedResponse {
    let isSuccess = status.map { $0 < 300 } ?? false
    let contents = isSuccess ? successContents(response, status ?? 200, typeName) : problemContent(response, typeName)
    check(response.codes, status, isSuccess, &codes)
    return ResolvedResponse(
      status: status, description: response.description, contents: contents,
      headers: headers(response, typeName, isSuccess), codes: response.codes.map(\.value))
  }

  private mutating func successContents(
    _ response: OpenAPI.Response, _ status: Int, _ typeName: String
  ) -> [ResolvedResponseContent] {
    if let media = response.content.first, status == 204 || status == 205 {
      diagnostics.error(
        .unsupportedResponse, at: media.name.place,
        "a response \(status) has no body (RFC 9110 §15.3); remove \"content\"")
      return []
    }
    let isJSON = { (media: OpenAPI.MediaType) in media.name.value == "application/json" }
    let ordered = response.content.filter(isJSON) + response.content.filter { !isJSON($0) }
    var names: Set<String> = []
    return ordered.compactMap { media in
      let name = MediaTypeName(media.name.value)
      let swiftName = names.insert(name.swiftName).inserted ? name.swiftName : name.longSwiftName
      return body(media, name, typeName).map {
        ResolvedResponseContent(
          mediaType: media.name.value, swiftName: swiftName, body: $0, example: media.examples.first?.value)
      }
    }
  }

  private mutating func body(
    _ media: OpenAPI.MediaType, _ name: MediaTypeName, _ typeName: String
  ) -> ResolvedResponseContent.Body? {
    if name.isEvents { return events(media, typeName + "Event").map { .events($0) } }
    if media.name.value == "application/json" { return schema(of: media, typeName + "Response").map { .json($0) } }
    guard name.type == "text" else {
      unsupported(media, "a response", ["application/json", "text/plain", "text/event-stream"])
      return nil
    }
    guard let schema = schema(of: media, typeName + "Text") else { return nil }
    if let target = target(of: schema), case .string = target.kind { return .text(schema) }
    diagnostics.error(
      .unsupportedSchema, at: media.schema?.place ?? media.name.place,
      "the schema of \"\(media.name.value)\" must be a string; write \"{type: string}\"")
    return nil
  }

  private mutating func problemContent(
    _ response: OpenAPI.Response, _ typeName: String
  ) -> [ResolvedResponseContent] {
    for media in response.content where media.name.value != "application/problem+json" {
      diagnostics.error(
        .unsupportedResponse, at: media.name.place,
        "a failed request is answered with \"application/problem+json\" (RFC 9457), not with \"\(media.name.value)\"; write that"
      )
    }
    guard let media = response.content.first(where: { $0.name.value == "application/problem+json" }),
      let schema = schema(of: media, typeName + "Problem", isHidden: true)
    else { return [] }
    return [ResolvedResponseContent(mediaType: media.name.value, swiftName: "problem", body: .problem(schema))]
  }

  private mutating func headers(
    _ response: OpenAPI.Response, _ typeName: String, _ isSuccess: Bool
  ) -> [ResolvedHeader] {
    var names = NameScope("the headers of this response")
    return response.headers.compactMap { entry in
      let swiftName = names.lowerCamel(entry.name, &diagnostics)
      guard let header = follow(entry.value, "headers", document.components.headers) else { return nil }
      let schema: ResolvedSchema
      if let known = shared[header.schema.pointer] {
        schema = known
      } else {
        let name = typeName + (SwiftName.upperCamel(entry.name.value) ?? "Header")
        guard let resolved = self.schema(header.schema, as: name, isHidden: !isSuccess) else { return nil }
        shared[header.schema.pointer] = resolved
        schema = resolved
      }
      if let target = target(of: schema), !isText(target) || isNullable(schema) {
        diagnostics.error(
          .unsupportedSchema, at: header.schema.place,
          "a header is text; \"\(entry.name.value)\" must be a string, a number, a boolean or an enum, and not null")
      }
      return ResolvedHeader(name: entry.name.value, swiftName: swiftName, isRequired: header.isRequired, schema: schema)
    }
  }

  // MARK: Problems

  private mutating func check(
    _ codes: [Located<String>], _ status: Int?, _ isSuccess: Bool, _ seen: inout [String: Place]
  ) {
    for code in codes {
      if isSuccess {
        diagnostics.error(
          .unknownProblem, at: code.place, "\"x-codes\" are for problems; move them to a response from 400 to 599")
        return
      }
      let known = document.problems.map(\.code.value)
      guard let problem = document.problems.first(where: { $0.code.value == code.value }) else {
        if isWritten("#/x-problems/\(code.value.asPointerToken)") { continue }
        diagnostics.error(
          .unknownProblem, at: code.place,
          "there is no \"\(code.value)\" in \"x-problems\""
            + Suggestion.text(for: code.value, among: known, else: "; add it there with its status, title and detail"))
        continue
      }
      if let first = seen[code.value] {
        diagnostics.error(
          .unknownProblem, at: code.place, "this operation already answers \"\(code.value)\"; remove one of the two",
          notes: [.init(place: first, message: "first written here")])
        continue
      }
      seen[code.value] = code.place
      if let status, status != problem.status.value {
        diagnostics.error(
          .problemStatus, at: code.place,
          "\"\(code.value)\" has the status \(problem.status.value), but this is the response \(status); move it there",
          notes: [.init(place: problem.status.place, message: "its status is declared here")])
      }
    }
  }

  mutating func checkProblems() {
    var names = NameScope("the problems", reserved: ["allCases"])
    for problem in document.problems {
      let isKebab = problem.code.value.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
      if isKebab {
        _ = names.lowerCamel(problem.code, &diagnostics)
      } else {
        diagnostics.error(
          .invalidName, at: problem.code.place,
          "a problem's code is lower case words with hyphens between, as in \"username-taken\"; rename \"\(problem.code.value)\""
        )
      }
    }
  }
}
