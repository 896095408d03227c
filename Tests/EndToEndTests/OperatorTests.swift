import Foundation
import JSON
import TestSupport
import Testing

@Suite("For operators and frontends")
struct OperatorTests {
  @Test("Readiness tells the truth about the model", arguments: Engine.allCases)
  func upstreamGone(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ready = try await parley.client.get("/health/ready")
      try ready.require(200)
      #expect(try ready.json["status"] == "ready")
      #expect(try ready.json["model"] == "first")
      #expect(try ready.json["stuck_turns"] == 0)

      try await upstream.kill()
      try await parley.client.get("/health/ready").expectProblem(503, "not-ready")
      try await parley.client.get("/health/live").require(200)
      let again = try await UpstreamProcess.start(port: upstream.port)
      try await parley.client.get("/health/ready").require(200)
      try await again.kill()
    }
  }

  @Test("A PostgreSQL that goes is told, and one that comes back is used")
  func postgresGone() async throws {
    try await Stand.serving(.postgres) { stand, parley in
      let ada = try await Account.make("ada", on: parley)
      try await parley.client.get("/health/ready").require(200)

      try await stand.database.setReachable(false)
      try await parley.client.get("/health/ready").expectProblem(503, "not-ready")
      let refused = try await ada.client.get("/users/me")
      try refused.expectProblem(503, "database-unavailable")
      #expect(refused.header("retry-after") != nil)
      try await parley.client.get("/health/live").require(200)

      try await stand.database.setReachable(true)
      try await parley.client.get("/health/ready").require(200)
      try await ada.client.get("/users/me").require(200)
      try await ada.send("Hello").require(200)
    }
  }

  @Test("A SQLite file that somebody else holds is told, and used when it is free")
  func sqliteHeld() async throws {
    try await Stand.serving(.sqlite) { stand, parley in
      try await parley.client.get("/health/ready").require(200)
      let holder = try ChildProcess(
        "python3",
        [
          "-uc",
          """
          import signal, sqlite3, sys
          connection = sqlite3.connect(sys.argv[1], isolation_level=None)
          connection.execute("BEGIN IMMEDIATE")
          print("held")
          signal.pause()
          """, stand.folder.path + "/parley.db",
        ], environment: ProcessInfo.processInfo.environment)
      try await holder.line(containing: "held")
      try await parley.client.get("/health/ready").expectProblem(503, "not-ready")
      holder.send(SIGKILL)
      _ = try await holder.end()
      try await parley.client.get("/health/ready").require(200)
    }
  }

  @Test("Metrics count requests by operation")
  func metrics() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      for _ in 0..<3 { try await ada.client.get("/users/me").require(200) }
      try await parley.client.get("/users/me").expectProblem(401, "unauthorized")
      let metrics = try await parley.client.get("/metrics")
      try metrics.require(200)
      #expect(metrics.header("content-type")?.hasPrefix("text/plain; version=0.0.4") == true)
      let lines = metrics.text.split(separator: "\n")
      #expect(lines.contains { $0.contains("getCurrentUser") && $0.contains("200") && $0.hasSuffix(" 3") })
      #expect(lines.contains { $0.contains("getCurrentUser") && $0.contains("401") && $0.hasSuffix(" 1") })
      #expect(!metrics.text.contains("ada"))
    }
  }

  @Test("Pages and generated files are there, and are not sent twice")
  func files() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      let files = [
        ("/", "text/html", "<script type=\"module\""), ("/docs", "text/html", "/chat/history/{conversation_id}"),
        ("/openapi.json", "application/json", "\"operationId\""),
        ("/openapi.yaml", "application/yaml", "operationId: signUp"),
        ("/client.js", "text/javascript", "sendMessage"), ("/client.d.ts", "text/", "sendMessage"),
      ]
      for (path, type, text) in files {
        let reply = try await parley.client.get(path)
        try reply.require(200)
        #expect(reply.header("content-type")?.hasPrefix(type) == true, "\(path)")
        #expect(reply.text.contains(text), "\(path)")
        let tag = try #require(reply.header("etag"), "\(path)")
        let again = try await parley.client.get(path, headers: ["If-None-Match": tag])
        #expect(again.status == 304, "\(path)")
        #expect(again.body.isEmpty, "\(path)")
        try await parley.client.get(path, headers: ["If-None-Match": "\"other\""]).require(200)
      }
      for path in ["/", "/docs"] {
        let reply = try await parley.client.get(path)
        let policy = try #require(reply.header("content-security-policy"))
        #expect(policy.contains("default-src 'self'") && !policy.contains("unsafe-inline"), "\(path)")
        // Nothing from elsewhere.
        #expect(!reply.text.contains(/(src|href)="(https?:)?\/\//), "\(path)")
      }
      let document = try await parley.client.get("/openapi.json").json
      #expect(document["openapi"] == "3.1.0")
      #expect(document["paths"]?["/chat/send"]?["post"]?["operationId"] == "sendMessage")
    }
  }

  @Test("The log tells each request by its id, and no secrets")
  func log() async throws {
    try await Stand.serving(.sqlite, settings: ["LOG_LEVEL": "trace"]) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      try await ada.client.get("/users/me", headers: ["X-Request-Id": "look-here"]).require(200)
      let line = try await parley.process.line(containing: "look-here")
      #expect(line.contains("getCurrentUser"))
      #expect(line.contains("200"))
      for secret in [Account.password, ada.client.token ?? "-", ada.refreshToken, Stand.secret] {
        #expect(!parley.process.output.contains(secret))
      }
    }
  }
}
