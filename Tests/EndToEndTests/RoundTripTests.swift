import JSON
import TestSupport
import Testing

@Suite("Round trips to PostgreSQL")
struct RoundTripTests {
  @Test("Every request takes the round trips that it needs and no more")
  func roundTrips() async throws {
    try await Stand.with(.postgres) { stand in
      let proxy = try FaultProxy(to: PostgresCluster.fromEnvironment().port)
      let parley = try await stand.start(["DATABASE_URL": proxy.url(for: stand.database.url)])
      let ada = try await Account.make("ada", on: parley)
      let conversation: String = try await ada.send("Hello").member("/conversation_id")
      let client = ada.client
      let preferences: JSONValue = ["temperature": 1]
      let requests: [(String, Int, () async throws -> HTTPReply)] = [
        ("GET /users/me", 1, { try await client.get("/users/me") }),
        ("GET /users/preferences", 1, { try await client.get("/users/preferences") }),
        (
          "PATCH /users/preferences", 1,
          { try await client.send("PATCH", "/users/preferences", body: .json(preferences)) }
        ),
        ("GET /chat/history", 1, { try await client.get("/chat/history/\(conversation)") }),
        ("GET /chat/conversations", 1, { try await client.get("/chat/conversations") }),
        ("GET /chat/models", 1, { try await client.get("/chat/models") }),
        ("GET /usage by day", 1, { try await client.get("/usage?group_by=day") }),
        ("POST /chat/conversations", 1, { try await client.post("/chat/conversations", [:]) }),
        ("POST /chat/send, a new conversation", 2, { try await ada.send("Hello") }),
        ("POST /chat/send, the next message", 2, { try await ada.send("Hello", to: conversation) }),
        (
          "POST /auth/signup, a name that is taken", 1,
          {
            try await client.post("/auth/signup", ["username": "ada", "password": "correct horse"])
          }
        ),
      ]
      for (name, needed, request) in requests {
        // The least of some: on a busy machine a read that waits too long is sent a second time.
        var least = Int.max
        for _ in 0..<5 where least > needed {
          let before = proxy.roundTrips
          let reply = try await request()
          #expect(reply.status < 500, "\(name): \(reply.text)")
          least = min(least, proxy.roundTrips - before)
        }
        #expect(least == needed, "\(name)")
      }
      _ = try await parley.stop()
    }
  }
}

extension FaultProxy {
  fileprivate var roundTrips: Int { count(of: .sync) + count(of: .query) }
}
