import JSON
import TestSupport
import Testing

@Suite("Conventions of every operation")
struct ConventionTests {
  @Test("A request keeps its id, unless it is none", arguments: Engine.allCases)
  func requestID(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let kept = try await parley.client.get("/users/me", headers: ["X-Request-Id": "my-request_1.2"])
      #expect(kept.header("x-request-id") == "my-request_1.2")
      try kept.expectProblem(401, "unauthorized")
      for bad in ["", "a b", "ä", String(repeating: "x", count: 1000)] {
        let reply = try await parley.client.get("/health/live", headers: ["X-Request-Id": bad])
        #expect(reply.header("x-request-id")?.isEmpty == false)
        #expect(reply.header("x-request-id") != bad)
      }
    }
  }

  @Test("Every answer says that its type is meant")
  func headers() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      let paths = [
        "/", "/docs", "/openapi.json", "/openapi.yaml", "/client.js", "/client.d.ts", "/health/live", "/metrics",
        "/users/me",
        "/nothing",
      ]
      for path in paths {
        let reply = try await parley.client.get(path)
        #expect(reply.header("x-content-type-options") == "nosniff", "\(path)")
        #expect(reply.header("x-request-id")?.isEmpty == false, "\(path)")
      }
    }
  }

  @Test("A body that is no JSON, of another type, or too long is refused", arguments: Engine.allCases)
  func bodies(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      func send(_ text: String, _ type: String?) async throws -> HTTPReply {
        try await ada.client.send("POST", "/chat/send", body: .bytes(Array(text.utf8), type: type))
      }
      for text in ["", "{", "{\"content\": \"x\"", "{\"content\": \"x\"} x", "{'content': 'x'}", "nul", "\u{FEFF}{}"] {
        try await send(text, "application/json").expectProblem(400, "malformed-json")
      }
      let invalid: [UInt8] = Array("{\"content\": \"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
      try await ada.client.send("POST", "/chat/send", body: .bytes(invalid, type: "application/json"))
        .expectProblem(400, "malformed-json")
      for type in ["text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense", nil] {
        try await send("{\"content\": \"x\"}", type).expectProblem(415, "unsupported-media-type")
      }
      try await send("{\"content\": \"x\"}", "application/json; charset=utf-8").require(200)
      try await send("{\"content\": \"x\"}", "Application/JSON").require(200)

      // Declared or not, a body is read up to the limit only.
      let long = "{\"content\": \"" + String(repeating: "x", count: 2 << 20) + "\"}"
      try await send(long, "application/json").expectProblem(413, "content-too-large")
      let chunked = try await HTTPConnection(port: parley.port)
      let head =
        "POST /chat/send HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(ada.client.token ?? "")\r\n"
        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
      try await chunked.write(
        Array((head + String(long.utf8.count, radix: 16) + "\r\n" + long + "\r\n0\r\n\r\n").utf8))
      try await chunked.reply(to: "POST").expectProblem(413, "content-too-large")
      #expect(try await ada.conversations().count == 2)
    }
  }

  @Test("All faults of a sign-up are told at once", arguments: Engine.allCases)
  func allFaults(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      try await parley.client.post(
        "/auth/signup",
        [
          "username": "a!", "password": .string(String(repeating: "é", count: 40)), "email": "nonsense", "admin": true,
        ]
      ).expectFaults([
        "body /username min-length", "body /username pattern", "body /password max-bytes", "body /email format",
        "body /admin unknown-member",
      ])
      let twice = "{\"username\": \"ada\", \"username\": \"grace\", \"password\": \"correct horse\"}"
      try await parley.client.send(
        "POST", "/auth/signup", body: .bytes(Array(twice.utf8), type: "application/json")
      ).expectFaults(["body /username duplicate-member"])
    }
  }

  @Test("A method or a path that is not there is told with what is")
  func methods() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      try await ada.client.get("/nothing").expectProblem(404, "not-found")
      try await ada.client.get("/users/me/").expectProblem(404, "not-found")
      try await ada.client.get("/users//me").expectProblem(404, "not-found")

      let refused = try await ada.client.send("DELETE", "/users/preferences")
      try refused.expectProblem(405, "method-not-allowed")
      #expect(refused.allowed == ["GET", "HEAD", "OPTIONS", "PATCH", "PUT"])
      let options = try await ada.client.send("OPTIONS", "/users/preferences")
      try options.require(204)
      #expect(options.allowed == ["GET", "HEAD", "OPTIONS", "PATCH", "PUT"])

      let get = try await ada.client.get("/users/me")
      let head = try await ada.client.send("HEAD", "/users/me")
      try head.require(200)
      #expect(head.body.isEmpty)
      #expect(head.header("content-length") == get.header("content-length"))
      #expect(head.header("content-type") == get.header("content-type"))
    }
  }

  @Test("What the client does not accept is not sent")
  func accept() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      for accept in ["*/*", "application/*", "application/json", "text/html, application/json;q=0.5"] {
        try await parley.client.get("/health/live", headers: ["Accept": accept]).require(200)
      }
      try await parley.client.get("/health/live", headers: ["Accept": "image/png"])
        .expectProblem(406, "not-acceptable")
    }
  }

  @Test("Pages of the origins in CORS_ORIGINS may call, and no others")
  func crossOrigin() async throws {
    let settings = ["CORS_ORIGINS": "https://app.example.com, http://localhost:5173"]
    try await Stand.serving(.sqlite, settings: settings) { _, parley in
      func preflight(_ origin: String) async throws -> HTTPReply {
        try await parley.client.send(
          "OPTIONS", "/chat/send",
          headers: [
            "Origin": origin, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
          ])
      }
      for origin in ["https://app.example.com", "http://localhost:5173"] {
        let reply = try await preflight(origin)
        try reply.require(204)
        #expect(reply.header("access-control-allow-origin") == origin)
        #expect(reply.list("access-control-allow-methods").isSuperset(of: ["get", "post", "put", "patch", "delete"]))
        #expect(
          reply.list("access-control-allow-headers").isSuperset(of: [
            "authorization", "content-type", "idempotency-key", "x-request-id", "last-event-id",
          ]))
        let actual = try await parley.client.get("/users/me", headers: ["Origin": origin])
        try actual.expectProblem(401, "unauthorized")
        #expect(actual.header("access-control-allow-origin") == origin)
        #expect(actual.list("vary").contains("origin"))
        #expect(actual.list("access-control-expose-headers").contains("x-request-id"))
      }
      for origin in ["https://evil.example.com", "https://app.example.com.evil.com", "null"] {
        let reply = try await preflight(origin)
        #expect(reply.header("access-control-allow-origin") == nil)
        let actual = try await parley.client.get("/users/me", headers: ["Origin": origin])
        #expect(actual.header("access-control-allow-origin") == nil)
      }
    }
  }

  @Test("What is no HTTP is refused, and the server goes on")
  func garbage() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      let garbage = [
        "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n", "\u{16}\u{03}\u{01}\u{02}\u{00}\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        "GET /health/live HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 1 << 18))\r\n\r\n",
      ]
      for text in garbage {
        let connection = try await HTTPConnection(port: parley.port)
        try await connection.write(Array(text.utf8))
        let answer = String(decoding: try await connection.everything(), as: UTF8.self)
        #expect(
          answer.isEmpty || answer.hasPrefix("HTTP/1.1 4") || answer.hasPrefix("HTTP/1.1 505"),
          "\(text.prefix(60)) → \(answer)")
      }
      try await parley.client.get("/health/live").require(200)
    }
  }

  @Test("Too many log-ins from one place are told to wait")
  func rateLimit() async throws {
    try await Stand.serving(.sqlite, settings: ["RATE_LIMITS": "login=3/minute"]) { _, parley in
      func logIn() async throws -> HTTPReply {
        try await parley.client.post("/auth/login", ["username": "nobody", "password": "wrong"])
      }
      for _ in 0..<3 { try await logIn().expectProblem(401, "invalid-credentials") }
      let refused = try await logIn()
      try refused.expectProblem(429, "too-many-requests")
      let wait = try #require(refused.header("retry-after").flatMap { Int($0) })
      #expect(wait > 0 && wait <= 60)
    }
  }

  @Test("No token buys more log-ins from one place")
  func rateLimitWithTokens() async throws {
    try await Stand.serving(.sqlite, settings: ["RATE_LIMITS": "login=2/minute"]) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let grace = try await Account.make("grace", on: parley)
      for client in [parley.client, ada.client, grace.client] {
        try await client.post("/auth/login", ["username": "ada", "password": "wrong"])
          .expectProblem(429, "too-many-requests")
      }
    }
  }

  @Test("A token buys few guesses at the password of its account, and another account's none of them")
  func rateLimitOfPasswords() async throws {
    try await Stand.serving(.sqlite, settings: ["RATE_LIMITS": "password=2/minute"]) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let grace = try await Account.make("grace", on: parley)
      func guess(as account: Account) async throws -> HTTPReply {
        try await account.client.post(
          "/users/me/password", ["current_password": "wrong", "new_password": "another horse"])
      }
      try await guess(as: ada).expectProblem(403, "wrong-password")
      try await ada.client.post("/users/me/delete", ["password": "wrong"]).expectProblem(403, "wrong-password")
      try await guess(as: ada).expectProblem(429, "too-many-requests")
      try await guess(as: grace).expectProblem(403, "wrong-password")
    }
  }
}

extension HTTPReply {
  /// The methods of the Allow header, sorted.
  fileprivate var allowed: [String] {
    (header("allow") ?? "").split(separator: ",").map { $0.filter { $0 != " " } }.sorted()
  }

  /// The items of a header that is a list, in lower case.
  fileprivate func list(_ name: String) -> Set<String> {
    Set((header(name) ?? "").lowercased().split(separator: ",").map { $0.filter { $0 != " " } })
  }
}
