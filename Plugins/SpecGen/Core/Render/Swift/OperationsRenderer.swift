/// Renders `Operations.swift`: the input, output and failures of each operation, and one protocol a tag.
struct OperationsRenderer {
  let api: API
  let types: TypeTable

  func file(_ number: String) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    for module in ["FoundationEssentials", "HTTP", "JSON", "Values"] { writer.line("import \(module)") }
    let operations = api.operationsByTag
    for tag in api.tags {
      writer.line()
      write(tag, operations[tag.name] ?? [], to: &writer)
    }
    for operation in api.operations {
      writer.line()
      write(operation, to: &writer)
    }
    return GeneratedFile(name: "Operations\(number).swift", text: writer.text)
  }

  /// Renders `Outgoing.swift`: the requests that the server sends itself, as callbacks and webhooks.
  func outgoing() -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    guard !api.outgoing.isEmpty else { return GeneratedFile(name: "Outgoing.swift", text: writer.text) }
    writer.line()
    for module in ["FoundationEssentials", "HTTP", "JSON", "Values"] { writer.line("import \(module)") }
    for request in api.outgoing {
      writer.line()
      write(request.operation, titled: request.title, to: &writer)
    }
    return GeneratedFile(name: "Outgoing.swift", text: writer.text)
  }

  private func write(_ tag: Tag, _ operations: [Operation], to writer: inout SourceWriter) {
    writer.doc([tag.description, "The operations of the tag `\(tag.name)`."])
    writer.block("public protocol \(tag.protocolName): Sendable") { writer in
      for (index, operation) in operations.enumerated() {
        if index > 0 { writer.line() }
        writer.documentation(of: operation)
        writer.list(
          "func \(SwiftSyntax.identifier(operation.id))(",
          ["_ input: \(operation.typeName).Input"] + (operation.principalType.map { ["as principal: \($0)"] } ?? []),
          ") async throws -> \(operation.typeName).Output")
      }
    }
  }

  private func write(_ operation: Operation, titled title: String? = nil, to writer: inout SourceWriter) {
    writer.documentation(of: operation, titled: title)
    writer.block("public enum \(operation.typeName)") { writer in
      writeInput(of: operation, to: &writer)
      writer.line()
      for content in operation.body?.content ?? [] {
        guard case .multipart(let form) = content.encoding else { continue }
        MultipartRenderer(form: form, types: types).write(to: &writer)
        writer.line()
      }
      writeOutput(of: operation, to: &writer)
      if !operation.problemCodes.isEmpty {
        writer.line()
        writeFailure(of: operation, to: &writer)
      }
    }
  }

  private func writeInput(of operation: Operation, to writer: inout SourceWriter) {
    var properties = operation.parameters.map { parameter in
      (
        name: parameter.swiftName, type: parameter.swiftType, initialValue: parameter.initialValue(types),
        description: parameter.description
      )
    }
    if let body = operation.body {
      properties.append(
        ("body", body.swiftType(in: operation), body.isRequired ? nil : "nil", body.description))
    }
    if let preferred = operation.choices.first {
      properties.append(("accept", "Accept", ".\(preferred.swiftName)", "The media type to answer with."))
    }
    writer.doc(["What the operation takes."])
    // Not compared with one another: what compares them would be a twentieth of the generated machine code.
    writer.block("public struct Input: Sendable") { writer in
      for property in properties {
        writer.doc([property.description])
        writer.line("public let \(SwiftSyntax.identifier(property.name)): \(property.type)")
      }
      if !properties.isEmpty { writer.line() }
      writer.memberwiseInitializer(properties.map { ($0.name, $0.type, $0.initialValue) })
      if let content = operation.body?.content, content.count > 1 {
        writer.line()
        writer.doc(["The body in one of its media types."])
        writer.block("public enum Body: Sendable") { writer in
          for content in content {
            writer.doc(["`\(content.mediaType)`"])
            writer.line("case \(SwiftSyntax.identifier(content.caseName))(\(content.swiftType(in: operation)))")
          }
        }
      }
      if !operation.choices.isEmpty {
        writer.line()
        writeAccept(of: operation, to: &writer)
      }
    }
  }

  private func writeAccept(of operation: Operation, to writer: inout SourceWriter) {
    writer.doc(["The media types of the answers, in the order of preference."])
    writer.block("public enum Accept: String, Sendable, Hashable, CaseIterable") { writer in
      for content in operation.choices {
        writer.line("case \(SwiftSyntax.identifier(content.swiftName)) = \(SwiftSyntax.literal(content.mediaType))")
      }
    }
  }

  private func writeOutput(of operation: Operation, to writer: inout SourceWriter) {
    writer.doc(["What the operation answers."])
    writer.block("public enum Output: Sendable") { writer in
      for response in operation.responses {
        writer.doc(["\(response.status.text): \(response.description)"])
        let name = SwiftSyntax.identifier(response.caseName)
        let values = response.associatedValues
        if values.isEmpty { writer.line("case \(name)") } else { writer.list("case \(name)(", values, ")") }
      }
      guard !operation.problemCodes.isEmpty else { return }
      writer.doc(["A declared problem, with a detail of its own and extension members where they are given."])
      writer.line("case problem(Failure, detail: String? = nil, members: [(String, JSONValue)] = [])")
    }
  }

  private func writeFailure(of operation: Operation, to writer: inout SourceWriter) {
    let problems = operation.problemCodes.compactMap { code in api.problems.first { $0.code == code } }
    writer.doc(["The problems that the operation declares."])
    writer.block("public enum Failure: Sendable, Hashable, CaseIterable") { writer in
      for problem in problems {
        writer.doc(["\(problem.status): \(problem.detail)"])
        writer.line("case \(SwiftSyntax.identifier(problem.swiftName))")
      }
      writer.line()
      writer.doc(["As it is answered."])
      writer.block("public var problem: Problem") { writer in
        writer.line("switch self {")
        for problem in problems {
          let name = SwiftSyntax.member(problem.swiftName)
          writer.line("case .\(name): Problems.\(name)")
        }
        writer.line("}")
      }
    }
  }
}

extension SourceWriter {
  /// Summary, description, `METHOD /path` and the JSON pointer.
  mutating func documentation(of operation: Operation, titled title: String? = nil) {
    doc([
      title,
      operation.summary.map { $0.hasSuffix(".") ? $0 : $0 + "." }, operation.description,
      operation.isDeprecated ? "Deprecated." : nil,
      "`\(operation.method.token) \(operation.path)` (`\(operation.pointer)`)",
    ])
  }
}

extension Operation {
  /// The type of the argument that says who calls; nil where nobody is asked.
  var principalType: String? {
    if !isSecured { return nil }
    return allowsAnonymous ? "Principal?" : "Principal"
  }
}

extension Parameter {
  /// The type of the input's property.
  var swiftType: String {
    let isValue = isRequired || !isNilByDefault
    return isValue && !saysNull ? type.swiftType : type.swiftType + "?"
  }

  /// Whether it is nil when it is left out: null is a default like none, but of what may be any JSON value.
  private var isNilByDefault: Bool {
    switch type {
    case .json: defaultValue == nil
    case .literal(let values) where LiteralType(values) == .any: defaultValue == nil
    default: defaultValue == nil || defaultValue == .null
    }
  }

  /// Whether null can be written for it: a text that is no JSON does not say null.
  var saysNull: Bool { encoding == .json && isNullable }

  /// What the parameter is when it is left out; nil when it must not be.
  func initialValue(_ types: TypeTable) -> String? {
    if isRequired { return nil }
    return defaultValue.map { types.literal($0, of: type) ?? "nil" } ?? "nil"
  }
}

extension RequestBody {
  /// The type of the input's property, within the namespace of the operation. One that may be left out, or null, or both,
  /// is nil then.
  func swiftType(in operation: Operation) -> String {
    guard content.count == 1, let content = content.first else { return isRequired ? "Body" : "Body?" }
    return content.swiftType(in: operation) + (isRequired || content.isNullable ? "" : "?")
  }
}

extension RequestBody.Content {
  /// What a handler gets.
  func swiftType(in operation: Operation) -> String {
    switch encoding {
    case .json: type.swiftType + (isNullable ? "?" : "")
    case .form, .text: type.swiftType
    case .multipart: "\(operation.typeName).Multipart"
    case .binary: "RequestBody"
    }
  }

  /// Whether the handler reads the bytes itself.
  var isBinary: Bool {
    if case .binary = encoding { true } else { false }
  }
}

extension Operation {
  /// The function that reads the operation's form, where its fields are not written as is usual.
  var formFunction: String { "decode\(typeName)" }
}

extension OperationResponse.Content {
  /// The type of the value that a handler answers with.
  var swiftType: String {
    switch encoding {
    case .json: type.swiftType + (isNullable ? "?" : "")
    case .text: isEnumeration ? type.swiftType : "String"
    case .events: "EventStream<\(type.swiftType)>"
    case .lines: "JSONLines<\(type.swiftType)\(isNullable ? "?" : "")>"
    case .bytes: "ByteStream"
    }
  }

  /// Of a text.
  var isEnumeration: Bool { if case .named = type { true } else { false } }

  /// Whether the media type is a range (`image/*`), so that the handler says which one it is.
  var isRange: Bool { mediaType.contains("*") }
}

extension OperationResponse {
  /// The associated values of the output's case.
  var associatedValues: [String] {
    var values = content.map { [$0.swiftType] } ?? []
    if content?.isRange ?? false { values.append("contentType: String") }
    if !status.isExact { values.append("status: Int") }
    return values
      + headers.map { header in
        let type = header.type.swiftType
        return "\(SwiftSyntax.parameter(header.swiftName)): \(header.isRequired ? type : type + "? = nil")"
      }
  }
}
