/// Writes the router's method of one operation.
struct OperationMethod {
  let operation: Operation
  let tag: Tag
  let authentication: API.Authentication
  /// Query parameters that are credentials.
  let keys: [String]
  let types: TypeTable
  let expression: ReadExpression

  private var names: [String] { operation.parameters.map(\.swiftName) }
  private var input: String { SwiftName.free("input", "reader", "source", besides: names) }
  private var request: String { SwiftName.free("request", "incoming", "message", besides: names) }
  private var path: String { SwiftName.free("path", "segments", "location", besides: names) }
  private var principal: String { SwiftName.free("principal", "caller", "user", besides: names) }

  func write(to writer: inout SourceWriter) {
    let name = SwiftSyntax.identifier(operation.id)
    let parameters = "_ \(request): Request, _ \(path): Path"
    writer.block("private func \(name)(\(parameters)) async throws -> Response") { writer in
      writeAuthentication(to: &writer)
      let readsBody = operation.body?.content.contains { !$0.isBinary } ?? false
      let isMutated = readsBody || !operation.parameters.isEmpty || !keys.isEmpty
      writer.line("\(isMutated ? "var" : "let") \(input) = InputReader(\(request), path: \(path))")
      for key in keys { writer.line("\(input).query.ignore(\(SwiftSyntax.literal(key)))") }
      writeBodyStart(to: &writer)
      let readers = operation.parameters.map {
        ParameterExpression(parameter: $0, expression: expression, types: types)
      }
      for reader in readers.filter({ !$0.isOfOthers }) + readers.filter(\.isOfOthers) { write(reader, to: &writer) }
      if let body = operation.body { write(body, to: &writer) }
      writer.requirement(["\(input).isValid"] + required, call: "throw \(input).problem", nil)
      writeAccept(to: &writer)
      writeCall(to: &writer)
    }
  }

  private func writeAuthentication(to writer: inout SourceWriter) {
    guard operation.isSecured else { return }
    let function = operation.allowsAnonymous ? "optionalPrincipal" : "principal"
    let rule = authentication == .rules ? ", by: SecurityRules.\(SwiftSyntax.member(operation.id))" : ""
    writer.line("let \(principal) = try await \(own("authenticator")).\(function)(of: \(request)\(rule))")
  }

  /// A property of the router; `self.` where a parameter of the operation hides it.
  private func own(_ property: String) -> String {
    names.contains(property) ? "self.\(SwiftSyntax.member(property))" : SwiftSyntax.identifier(property)
  }

  /// Inputs without which there is no call.
  private var required: [String] {
    var required = operation.parameters
      .filter { ParameterExpression(parameter: $0, expression: expression, types: types).isUnwrapped }
      .map { "let \(SwiftSyntax.identifier($0.swiftName))" }
    if let body = operation.body, body.isRequired, body.content.count > 1 || !body.content.contains(where: \.isBinary) {
      required.append("let body")
    }
    return required
  }

  private func write(_ reader: ParameterExpression, to writer: inout SourceWriter) {
    let name = reader.parameter.name
    let index = operation.segments.firstIndex { $0.parameters.contains(name) } ?? 0
    let segment = operation.segments.indices.contains(index) ? operation.segments[index] : .parameter(name)
    writer.assignment(
      "let \(SwiftSyntax.identifier(reader.parameter.swiftName)) =", reader.text(from: input, at: index, segment))
  }

  /// The media type is checked before anything is read.
  private func writeBodyStart(to writer: inout SourceWriter) {
    guard let body = operation.body, body.isRequired, body.content.count == 1 else { return }
    writer.line("try \(input).expect(\(SwiftSyntax.literal(body.content[0].mediaType)))")
  }

  private func write(_ body: RequestBody, to writer: inout SourceWriter) {
    if body.isRequired, body.content.count == 1 {
      guard case .multipart = body.content[0].encoding else {
        return writer.assignment("let body =", read(body.content[0]))
      }
      let type = body.content[0].swiftType(in: operation)
      let call = "try await \(input).multipart(\(type).FormFile.self, upTo: \(own("bodyLimit")))"
      return writer.block("let body = \(call)") { writer in
        writer.line("\(type).decode(from: &$0, files: $1)")
      }
    }
    if body.isRequired {
      writer.line("let body: \(bodyType(body))?")
      return writeAlternatives(body, to: &writer)
    }
    let isNullable = body.content.count == 1 && body.content[0].isNullable
    writer.line("var body: \(bodyType(body))\(isNullable ? "" : "?")")
    writer.block("if \(input).hasBody") { writer in
      if body.content.count > 1 { return writeAlternatives(body, to: &writer) }
      writer.line("try \(input).expect(\(SwiftSyntax.literal(body.content[0].mediaType)))")
      writer.assignment("body =", read(body.content[0]) + (isNullable ? " ?? nil" : ""))
    }
  }

  private func writeAlternatives(_ body: RequestBody, to writer: inout SourceWriter) {
    let mediaTypes = body.content.map { SwiftSyntax.literal($0.mediaType) }
    writer.list("switch try \(input).mediaType(", ["among: \(mediaTypes[0])"] + mediaTypes.dropFirst(), ") {")
    for (index, content) in body.content.enumerated() {
      let pattern = index == body.content.count - 1 ? "default:" : "case \(mediaTypes[index]):"
      writer.line(pattern)
      writer.indented { writer in
        let name = "\(bodyType(body)).\(SwiftSyntax.member(content.caseName))"
        if content.isBinary { return writer.line("body = try \(name)(\(stream(content)))") }
        let value = read(content)
        let conversion = ".map(\(name))"
        if "body = \(value)\(conversion)".count <= writer.room { return writer.line("body = \(value)\(conversion)") }
        if "  \(value)".count > writer.room, let brace = value.firstRange(of: " { "), value.hasSuffix(" }") {
          return writer.block("body = \(value[..<brace.lowerBound])", closing: "}\(conversion)") {
            $0.line(String(value[brace.upperBound...].dropLast(2)))
          }
        }
        writer.line("body =")
        writer.indented { writer in
          writer.line(value)
          writer.line(conversion)
        }
      }
    }
    writer.line("}")
  }

  private func bodyType(_ body: RequestBody) -> String {
    body.content.count > 1
      ? "\(operation.typeName).Input.Body" : body.content.first?.swiftType(in: operation) ?? "Never"
  }

  private func read(_ content: RequestBody.Content) -> String {
    let limit = "upTo: \(own("bodyLimit"))"
    switch content.encoding {
    case .json:
      let value = expression.read(content.type, from: "$0")
      return "try await \(input).json(\(limit)) { \(content.isNullable ? "$0.nullable { \(value) }" : value) }"
    case .text: return "try await \(input).text(\(limit)) { \(expression.readText(content.type, from: "$0")) }"
    case .binary: return "try \(stream(content))"
    case .multipart:
      let type = content.swiftType(in: operation)
      return "try await \(input).multipart(\(type).FormFile.self, \(limit)) { \(type).decode(from: &$0, files: $1) }"
    case .form:
      if case .map(let value, let constraints) = content.type {
        let arguments = expression.arguments(constraints).joined(separator: ", ")
        let call = arguments.isEmpty ? "$0.others" : "$0.others(\(arguments))"
        return "try await \(input).form(\(limit)) { \(call) { \(expression.readText(value, from: "$0")) } ?? [:] }"
      }
      let type = content.swiftType(in: operation)
      if content.fields.isEmpty { return "try await \(input).form(\(type).self, \(limit))" }
      return "try await \(input).form(\(limit)) { \(type).\(operation.formFunction)(from: &$0) }"
    }
  }

  private func stream(_ content: RequestBody.Content) -> String {
    guard case .binary(let maxBytes?) = content.encoding else { return "\(input).stream()" }
    return "\(input).stream(upTo: \(SwiftSyntax.literal(Int64(maxBytes))))"
  }

  private func writeAccept(to writer: inout SourceWriter) {
    if !operation.choices.isEmpty {
      return writer.line("let accept = try \(request).negotiate(\(operation.typeName).Input.Accept.self)")
    }
    var mediaTypes: [String] = []
    for content in operation.successes.compactMap(\.content) {
      let literal = SwiftSyntax.literal(content.mediaType)
      if !mediaTypes.contains(literal) { mediaTypes.append(literal) }
    }
    if !mediaTypes.isEmpty { writer.line("try \(request).accept(\(mediaTypes.joined(separator: ", ")))") }
  }

  private func writeCall(to writer: inout SourceWriter) {
    var arguments = operation.parameters.map {
      "\(SwiftSyntax.parameter($0.swiftName)): \(SwiftSyntax.identifier($0.swiftName))"
    }
    if operation.body != nil { arguments.append("body: body") }
    if !operation.choices.isEmpty { arguments.append("accept: accept") }
    let call = "\(own(tag.label)).\(SwiftSyntax.member(operation.id))"
    let value = "\(operation.typeName).Input(\(arguments.joined(separator: ", ")))"
    let credentials = operation.isSecured ? ", as: \(principal)" : ""
    let single = "switch try await \(call)(\(value)\(credentials)) {"
    if single.count <= writer.room {
      writer.line(single)
    } else {
      let argument = SwiftName.free("call", "arguments", besides: names)
      writer.call("let \(argument) = \(operation.typeName).Input", arguments)
      writer.line("switch try await \(call)(\(argument)\(credentials)) {")
    }
    for response in operation.responses { write(response, to: &writer) }
    if !operation.problemCodes.isEmpty {
      writer.line("case .problem(let failure, let detail, let members):")
      writer.indented { $0.line("throw failure.problem.with(detail: detail, members: members)") }
    }
    writer.line("}")
  }

  private func write(_ response: OperationResponse, to writer: inout SourceWriter) {
    var bindings: [String] = []
    if let content = response.content {
      bindings.append("let content")
      if content.isRange { bindings.append("let contentType") }
    }
    if !response.status.isExact { bindings.append("let status") }
    var calls: [String] = []
    for (index, header) in response.headers.enumerated() {
      bindings.append("let header\(index + 1)")
      calls.append(".header(\(header.arguments("header\(index + 1)")))")
    }
    var value = response.value
    if let statuses = response.statuses(besides: operation) {
      calls.append(".declared(\(statuses))")
      value = "try \(value)"
    }
    let payload = bindings.isEmpty ? "" : "(\(bindings.joined(separator: ", ")))"
    let pattern = "case .\(SwiftSyntax.member(response.caseName))\(payload):"
    if calls.isEmpty { return writer.assignment(pattern, "return \(value)") }
    if pattern.count > writer.room {
      writer.list("case .\(SwiftSyntax.member(response.caseName))(", bindings, "):")
    } else {
      writer.line(pattern)
    }
    writer.indented { writer in
      writer.line("return \(value)")
      writer.indented { writer in
        for call in calls { writer.line(call) }
      }
    }
  }
}

extension OperationResponse {
  /// The response without its fields.
  fileprivate var value: String {
    let status = if case .code(let code) = self.status { "\(code)" } else { "status" }
    guard let content else { return ".empty(status: \(status))" }
    let mediaType = content.isRange ? "contentType" : SwiftSyntax.literal(content.mediaType)
    switch content.encoding {
    case .json:
      return content.mediaType == "application/json"
        ? ".json(content, status: \(status))" : ".json(content, mediaType: \(mediaType), status: \(status))"
    case .text:
      return ".text(content\(content.isEnumeration ? ".rawValue" : ""), mediaType: \(mediaType), status: \(status))"
    case .events: return ".events(content, status: \(status))"
    case .lines: return ".lines(content, mediaType: \(mediaType), status: \(status))"
    case .bytes: return ".bytes(content, mediaType: \(mediaType), status: \(status))"
    }
  }

  /// The arguments that say which statuses the response may have; nil for one.
  fileprivate func statuses(besides operation: Operation) -> String? {
    let all = Set(operation.responses.map(\.status) + operation.problemResponses.map(\.status))
    let own: ClosedRange<Int>
    switch status {
    case .code: return nil
    case .range(let hundreds): own = hundreds * 100...hundreds * 100 + 99
    case .any: own = 200...599
    }
    let others = all.compactMap { other -> ClosedRange<Int>? in
      switch other {
      case .code(let code) where status == .any && all.contains(.range(code / 100)): nil
      case .code(let code) where own.contains(code): code...code
      case .range(let hundreds) where status == .any: hundreds * 100...hundreds * 100 + 99
      default: nil
      }
    }.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    let besides = others.map { "\($0.lowerBound)...\($0.upperBound)" }
    let list = besides.isEmpty ? [] : ["besides: \(besides.joined(separator: ", "))"]
    return (["in: \(own.lowerBound)...\(own.upperBound)"] + list).joined(separator: ", ")
  }
}

extension ResponseHeader {
  /// The arguments that add the field.
  fileprivate func arguments(_ value: String) -> String {
    let name = SwiftSyntax.literal(name)
    if isJSON { return "\(name), json: \(value)" }
    return "\(name), \(value)\(isExploded ? ", explode: true" : "")"
  }
}
