import JSON
import TestSupport
import Testing

/// A user with a session.
struct Account: Sendable {
  static let password = "correct horse battery staple"

  /// Sends the access token along.
  var client: HTTPClient
  let id: String
  let username: String
  var refreshToken: String

  /// Signs up and logs in.
  static func make(_ username: String, on parley: ParleyProcess) async throws -> Account {
    let created = try await parley.client.post(
      "/auth/signup", ["username": .string(username), "password": .string(password)])
    try created.require(201)
    return try await logIn(username, id: created.member("/id"), on: parley)
  }

  /// Opens another session of a user.
  static func logIn(_ username: String, id: String = "", on parley: ParleyProcess) async throws -> Account {
    let reply = try await parley.client.post(
      "/auth/login", ["username": .string(username), "password": .string(password)])
    try reply.require(200)
    var client = parley.client
    client.token = try reply.member("/access_token")
    return Account(client: client, id: id, username: username, refreshToken: try reply.member("/refresh_token"))
  }

  /// Another session of the same user.
  func again(on parley: ParleyProcess) async throws -> Account {
    try await Self.logIn(username, id: id, on: parley)
  }

  /// The same session at a server that was started anew.
  func moved(to parley: ParleyProcess) -> Account {
    var account = self
    account.client = HTTPClient(port: parley.port, token: client.token)
    return account
  }

  func send(_ content: String, to conversation: String? = nil, key: String? = nil) async throws -> HTTPReply {
    var body = JSONObject([("content", .string(content))])
    if let conversation { body["conversation_id"] = .string(conversation) }
    return try await client.post(
      "/chat/send", .object(body), headers: key.map { ["Idempotency-Key": $0] } ?? [:])
  }

  /// The messages of a conversation, at most 200.
  func history(_ conversation: String) async throws -> [JSONValue] {
    let reply = try await client.get("/chat/history/\(conversation)?limit=200")
    try reply.require(200)
    return try reply.json["items"]?.array ?? []
  }

  /// The caller's conversations, at most 200.
  func conversations() async throws -> [JSONValue] {
    let reply = try await client.get("/chat/conversations?limit=200")
    try reply.require(200)
    return try reply.json["items"]?.array ?? []
  }
}
