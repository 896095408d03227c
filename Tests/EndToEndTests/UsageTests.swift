import JSON
import TestSupport
import Testing

@Suite("Usage")
struct UsageTests {
  @Test("Totals and buckets add up to what the turns said", arguments: Engine.allCases)
  func sums(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let nothing: JSONValue = [
        "prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0, "turns": 0, "cost": 0,
      ]
      #expect(
        try await ada.client.get("/usage").json
          == ["from": nil, "to": nil, "totals": nothing, "buckets": [], "limit": nil, "remaining": nil])

      let first = try await ada.send("one two three")
      let id = try first.member("/conversation_id")
      let second = try await ada.send("four", to: id)
      try await ada.client.send("PUT", "/users/preferences", body: .json(["model": "second"])).require(200)
      let third = try await ada.send("five six")
      let otherID = try third.member("/conversation_id")

      func sum(_ replies: [HTTPReply], key: String? = nil) throws -> JSONValue {
        var pairs = key.map { [("key", JSONValue.string($0))] } ?? []
        for member in ["prompt_tokens", "completion_tokens", "total_tokens"] {
          pairs.append((member, .integer(Int64(try replies.reduce(0) { $0 + (try $1.number("/usage/\(member)")) }))))
        }
        return .object(JSONObject(pairs + [("turns", .integer(Int64(replies.count))), ("cost", 0)]))
      }
      let day = String(try first.member("/message/created_at").prefix(10))
      let expected: [(String, [JSONValue])] = [
        ("/usage", []),
        ("/usage?group_by=day", [try sum([first, second, third], key: day)]),
        ("/usage?group_by=model", [try sum([first, second], key: "first"), try sum([third], key: "second")]),
        ("/usage?group_by=conversation", [try sum([third], key: otherID), try sum([first, second], key: id)]),
      ]
      for (path, buckets) in expected {
        let report = try await ada.client.get(path)
        #expect(try report.value("/totals") == sum([first, second, third]), "\(path)")
        #expect(try report.value("/buckets").array == buckets, "\(path)")
      }

      // Days are inclusive; others hold nothing.
      let today = try await ada.client.get("/usage?from=\(day)&to=\(day)&group_by=day")
      #expect(try today.value("/totals/turns") == 3)
      #expect(try today.value("/from") == .string(day))
      #expect(try today.value("/to") == .string(day))
      for range in ["to=2001-01-01", "from=2999-01-01", "from=0001-01-01&to=0001-12-31"] {
        let report = try await ada.client.get("/usage?\(range)&group_by=day")
        try report.require(200)
        #expect(try report.value("/totals") == nothing, "\(range)")
        #expect(try report.value("/buckets").array == [], "\(range)")
      }
    }
  }

  @Test("The limit of a month and what is left of it are told", arguments: Engine.allCases)
  func limit(on engine: Engine) async throws {
    try await Stand.serving(engine, settings: ["MONTHLY_TOKEN_LIMIT": "100000"]) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let reply = try await ada.send("Hello")
      let usage = try await ada.client.get("/usage")
      #expect(try usage.number("/limit") == 100000)
      #expect(try usage.number("/remaining") == 100000 - reply.number("/usage/total_tokens"))
    }
  }

  @Test("A range that is none is refused", arguments: Engine.allCases)
  func badRange(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      try await ada.client.get("/usage?from=2026-02-02&to=2026-02-01").expectFaults(["query /to range"])
      try await ada.client.get("/usage?from=yesterday&to=2026-02-30&group_by=week")
        .expectFaults(["query /from format", "query /to format", "query /group_by enum"])
    }
  }

  @Test(
    "Who spent the month's tokens is told to wait, but a turn that was paid for is told again",
    arguments: Engine.allCases)
  func limitReached(on engine: Engine) async throws {
    try await Stand.serving(engine, settings: ["MONTHLY_TOKEN_LIMIT": "7"]) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let first = try await ada.send("Hello", key: "one")
      try first.require(200)
      let id = try first.member("/conversation_id")
      for refused in [try await ada.send("More", to: id), try await ada.send("More", key: "two")] {
        try refused.expectProblem(429, "monthly-limit-reached")
        let wait = try #require(refused.header("retry-after").flatMap { Int($0) })
        #expect((1...31 * 24 * 60 * 60 + 1).contains(wait))
      }
      let again = try await ada.send("Hello", key: "one")
      try again.require(200)
      #expect(try again.json == first.json)
      #expect(try await ada.history(id).count == 2)
      #expect(try await ada.conversations().count == 1)
      #expect(try await ada.client.get("/usage").number("/remaining") < 6)
      // It is everybody's own.
      try await Account.make("grace", on: parley).send("Hello").require(200)
    }
  }

  @Test("A range may end with the last day that there is", arguments: Engine.allCases)
  func lastDay(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      try await ada.send("Hello").require(200)
      let report = try await ada.client.get("/usage?to=9999-12-31&group_by=day")
      try report.require(200)
      #expect(try report.number("/totals/turns") == 1)
    }
  }
}
