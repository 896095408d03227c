/// Renders `Router.swift`: from a request to the handler's method and back.
struct RouterRenderer {
  let api: API
  let types: TypeTable
  let expression: ReadExpression

  func file() -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    for module in ["FoundationEssentials", "HTTP", "HTTPTypes", "JSON", "Values"] { writer.line("import \(module)") }
    writer.line()
    writer.doc([
      "Answers the requests of the API: finds the operation, checks who calls, reads and checks the input, calls the "
        + "handler, writes the output."
    ])
    writer.block("public struct Router: Responder") { writer in
      writeInitializer(to: &writer)
      writer.line()
      writeRespond(to: &writer)
    }
    if !api.operations.isEmpty {
      writer.line()
      writer.block("extension Router") { writer in
        writeOperations(to: &writer)
        writer.line()
        writer.doc(["The operation of a method and path."])
        writer.block("private static func route(_ method: HTTPRequest.Method, _ path: Path) -> Route<Operation>") {
          writer in
          RouteTree(api.operations).write(to: &writer)
        }
      }
    }
    if api.authentication == .rules {
      writer.line()
      SecurityRenderer(api: api).write(to: &writer)
    }
    for tag in api.tags {
      writer.line()
      writer.line("// MARK: \(tag.name)")
      writer.line()
      writer.block("extension Router") { writer in
        for (index, operation) in api.operations.filter({ $0.tag == tag.name }).enumerated() {
          if index > 0 { writer.line() }
          OperationMethod(
            operation: operation, tag: tag, authentication: api.authentication, keys: api.queryKeys(of: operation),
            types: types, expression: expression
          ).write(to: &writer)
        }
      }
    }
    return GeneratedFile(name: "Router.swift", text: writer.text)
  }

  /// The protocol of who tells who calls.
  private var authenticator: String { api.authentication == .rules ? "CredentialAuthenticator" : "Authenticator" }

  private func writeInitializer(to writer: inout SourceWriter) {
    for tag in api.tags {
      writer.line("private let \(SwiftSyntax.identifier(tag.label)): any \(tag.protocolName)")
    }
    writer.line("private let authenticator: any \(authenticator)")
    writer.line("private let bodyLimit: Int")
    writer.line("private let problem: @Sendable (any Error, Request) -> Problem")
    writer.line()
    writer.line("/// - Parameters:")
    writer.line("///   - authenticator: tells who calls a secured operation.")
    writer.line("///   - bodyLimit: the greatest length of a request's body in bytes.")
    writer.line("///   - problem: tells how an error that a handler throws is answered.")
    let labels = api.tags.map(\.label) + ["authenticator", "bodyLimit", "problem"]
    let parameters =
      api.tags.map { "\(SwiftSyntax.parameter($0.label)): any \($0.protocolName)" }
      + [
        "authenticator: any \(authenticator)", "bodyLimit: Int",
        "problem: @escaping @Sendable (any Error, Request) -> Problem",
      ]
    writer.list("public init(", parameters, ") {")
    writer.indented { writer in
      for label in labels {
        writer.line("self.\(SwiftSyntax.member(label)) = \(SwiftSyntax.identifier(label))")
      }
    }
    writer.line("}")
  }

  private func writeRespond(to writer: inout SourceWriter) {
    writer.block("public func respond(to request: Request) async -> Response") { writer in
      writer.line("let response: Response")
      writer.line("do {")
      writer.indented { $0.line("response = try await answer(request)") }
      writer.line("} catch {")
      writer.indented {
        $0.line("response = (error as? Problem ?? problem(error, request)).response(requestID: request.id)")
      }
      writer.line("}")
      writer.line("return request.head.method == .head ? response.withoutContent : response")
    }
    writer.line()
    writer.doc(["The `operationId` that a request means, for logs and metrics; nil when there is none."])
    writer.block("public static func operation(for request: Request) -> String?") { writer in
      if api.operations.isEmpty { return writer.line("nil") }
      writer.line("guard let path = Path(request.path),")
      writer.line("  case .operation(let operation) = route(request.routedMethod, path)")
      writer.line("else { return nil }")
      writer.line("return operation.rawValue")
    }
    writer.line()
    writer.block("private func answer(_ request: Request) async throws -> Response") { writer in
      if api.operations.isEmpty { return writer.line("throw Problem.notFound") }
      writer.line("guard let path = Path(request.path) else { throw Problem.notFound }")
      writer.line("switch Router.route(request.routedMethod, path) {")
      for operation in api.operations {
        let call = "\(SwiftSyntax.identifier(operation.id))(request, path)"
        writer.line("case .operation(.\(SwiftSyntax.member(operation.id))): return try await \(call)")
      }
      writer.line("case .otherMethod(let allow): return try request.unrouted(allow: allow)")
      writer.line("case .nowhere: throw Problem.notFound")
      writer.line("}")
    }
  }

  private func writeOperations(to writer: inout SourceWriter) {
    writer.block("private enum Operation: String") { writer in
      for operation in api.operations { writer.line("case \(SwiftSyntax.identifier(operation.id))") }
    }
  }
}
