import FoundationEssentials
import Generated
import HTTP
import HTTPTypes
import JSON
import Values

/// The generated router over some handlers, without a server.
struct Service {
  /// The greatest length of a body in bytes.
  static let bodyLimit = 1000
  /// What an error of a handler becomes.
  static let failure = Problem(status: 500, code: "boom", title: "Boom", detail: "A handler failed.")
  /// Who sends the token `good`.
  static let principal = Principal(userID: UUID.v7(), sessionID: UUID.v7())

  private let router: Router

  init(
    auth: any AuthAPI = Unstubbed(), users: any UsersAPI = Unstubbed(), chat: any ChatAPI = Unstubbed(),
    usage: any UsageAPI = Unstubbed(), health: any HealthAPI = Unstubbed()
  ) {
    router = Router(
      auth: auth, users: users, chat: chat, usage: usage, health: health, authenticator: OneToken(),
      bodyLimit: Service.bodyLimit
    ) { _, _ in Service.failure }
  }

  /// Sends a request, with the token `good` unless told otherwise, and with JSON where there is a body.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: HTTPFields = [:],
    token: String? = "good"
  ) async -> Reply {
    var head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
    if body != nil, head.headerFields[.contentType] == nil { head.headerFields[.contentType] = "application/json" }
    if let token { head.headerFields[.authorization] = "Bearer \(token)" }
    let body = RequestBody(Array((body ?? "").utf8))
    return Reply(await router.respond(to: Request(head: head, id: "request-1", body: body)))
  }
}

/// Knows the caller of one token.
private struct OneToken: Authenticator {
  func authenticate(bearer token: Substring) async throws -> Principal? {
    token == "good" ? Service.principal : nil
  }
}

/// A response, its body read.
struct Reply {
  let status: Int
  let headers: HTTPFields
  /// Null where there is no body, or none in JSON.
  let json: JSONValue
  let isEmpty: Bool

  init(_ response: Response) {
    status = response.status.code
    headers = response.headers
    if case .bytes(let bytes) = response.body {
      json = (try? JSONReader.read(JSONValue.self, from: bytes)) ?? .null
      isEmpty = bytes.isEmpty
    } else {
      json = .null
      isEmpty = true
    }
  }

  subscript(member: String) -> JSONValue? { json[member] }

  /// The `errors` of a problem, each as `in pointer code`.
  var faults: [String] {
    (json["errors"]?.array ?? []).map { fault in
      ["in", "pointer", "code"].map { fault[$0]?.string ?? "?" }.joined(separator: " ")
    }
  }
}
