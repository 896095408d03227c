/// Renders `Router.swift`: which operation a request means.
struct RouterRenderer {
  let api: API
  private let routes: RouteTree

  init(api: API) {
    self.api = api
    routes = RouteTree(api)
  }

  func file() -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    for module in ["HTTP", "HTTPTypes"] { writer.line("import \(module)") }
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
        writeOperation(to: &writer)
        writer.line()
        routes.write(to: &writer)
      }
    }
    if api.authentication == .rules {
      writer.line()
      SecurityRenderer(api: api).write(to: &writer)
    }
    return GeneratedFile(name: "Router.swift", text: writer.text)
  }

  /// The protocol of who tells who calls.
  private var authenticator: String { api.authentication == .rules ? "CredentialAuthenticator" : "Authenticator" }

  /// The path of a request, cut into segments.
  private var path: String {
    routes.endsInSlash ? "Path(request.path, mayEndInSlash: true)" : "Path(request.path)"
  }

  private func writeInitializer(to writer: inout SourceWriter) {
    for tag in api.tags {
      writer.line("let \(SwiftSyntax.identifier(tag.label)): any \(tag.protocolName)")
    }
    writer.line("let authenticator: any \(authenticator)")
    writer.line("let bodyLimit: Int")
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
    writer.doc(["The name of the operation that a request means, for logs and metrics; nil when there is none."])
    writer.block("public static func operation(for request: Request) -> String?") { writer in
      if api.operations.isEmpty { return writer.line("nil") }
      writer.line("guard let path = \(path),")
      writer.line("  case .operation(let operation) = route(request.routedMethod, path)")
      writer.line("else { return nil }")
      writer.line("return operation.id")
    }
    writer.line()
    writer.block("private func answer(_ request: Request) async throws -> Response") { writer in
      if api.operations.isEmpty { return writer.line("throw Problem.notFound") }
      writer.line("guard let path = \(path) else { throw Problem.notFound }")
      writer.line("switch Router.route(request.routedMethod, path) {")
      if !api.operations.isEmpty {
        writer.line("case .operation(let operation): return try await answer(operation, request, path)")
      }
      writer.line("case .otherMethod(let allow): return try request.unrouted(allow: allow)")
      writer.line("case .nowhere: throw Problem.notFound")
      writer.line("}")
    }
    if api.operations.isEmpty { return }
    writer.line()
    let parameters = "_ operation: Operation, _ request: Request, _ path: Path"
    writer.block("private func answer(\(parameters)) async throws -> Response") { writer in
      writer.line("switch operation {")
      for tag in api.tags {
        let label = SwiftSyntax.member(tag.label)
        writer.line("case .\(label)(let operation): try await answer(operation, request, path)")
      }
      writer.line("}")
    }
  }

  private func writeOperation(to writer: inout SourceWriter) {
    writer.doc(["An operation, by its tag."])
    writer.block("enum Operation") { writer in
      for tag in api.tags { writer.line("case \(SwiftSyntax.identifier(tag.label))(\(tag.operationsName))") }
      writer.line()
      writer.doc(["The `operationId`."])
      writer.block("var id: String") { writer in
        writer.line("switch self {")
        for tag in api.tags {
          writer.line("case .\(SwiftSyntax.member(tag.label))(let operation): operation.rawValue")
        }
        writer.line("}")
      }
    }
  }
}

extension Tag {
  /// The enumeration of its operations, within `Router.Operation`.
  var operationsName: String { label.prefix(1).uppercased() + label.dropFirst() }
}
