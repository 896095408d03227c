import JSON
import TestSupport
import Testing

@Suite("Turns of chat")
struct TurnTests {
  @Test("A message is answered and both are kept", arguments: Engine.allCases)
  func send(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let content = "What is “a haiku”, 俳句? \u{1F600}\n\tTell me."
      let first = try await ada.client.post(
        "/chat/send", ["content": .string(content), "attachments": ["https://example.com/a.png", "b"]])
      try first.require(200)
      let id = try first.member("/conversation_id")
      let message = try first.value("/user_message")
      let answer = try first.value("/message")
      #expect(message["role"] == "user" && answer["role"] == "assistant")
      #expect(message["content"] == .string(content))
      #expect(message["attachments"] == ["https://example.com/a.png", "b"])
      #expect(message["parent_id"] == .null)
      #expect(answer["parent_id"] == message["id"])
      #expect(answer.text("content").hasPrefix("echo: What is “a haiku”, 俳句? \u{1F600}"))
      #expect(answer["finish_reason"] == "stop")
      #expect(answer["model"] == "first")
      for item in [message, answer] {
        #expect(item["status"] == "complete")
        #expect(item["conversation_id"] == .string(id))
      }
      #expect(try first.value("/usage/source") == "provider")
      #expect(
        try first.number("/usage/total_tokens") == first.number("/usage/prompt_tokens")
          + first.number("/usage/completion_tokens"))

      let second = try await ada.send("And a limerick?", to: id)
      try second.require(200)
      #expect(try second.value("/user_message/parent_id") == answer["id"])
      // The context went along.
      #expect(try second.number("/usage/prompt_tokens") > first.number("/usage/prompt_tokens"))
      #expect(
        try await ada.history(id) == [message, answer, second.value("/user_message"), second.value("/message")])
    }
  }

  @Test("The history of a long conversation is read page by page, without gap or double", arguments: Engine.allCases)
  func paging(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let id = try await ada.send("Message 0").member("/conversation_id")
      for number in 1..<30 { try await ada.send("Message \(number)", to: id).require(200) }
      let all = try await ada.history(id)
      #expect(all.count == 60)
      #expect(all.filter { $0["role"] == "user" }.map { $0.text("content") } == (0..<30).map { "Message \($0)" })

      for limit in [1, 7, 50, 59, 60] {
        var pages: [JSONValue] = []
        var cursor = ""
        while true {
          let page = try await ada.client.get("/chat/history/\(id)?limit=\(limit)\(cursor)")
          try page.require(200)
          let items = try page.json["items"]?.array ?? []
          #expect(!items.isEmpty && items.count <= limit)
          pages = items + pages
          guard let next = try page.json["next_cursor"]?.string else { break }
          cursor = "&cursor=\(next)"
        }
        #expect(pages == all, "limit \(limit)")
      }
      #expect(try await ada.client.get("/chat/history/\(id)").json["items"]?.array == Array(all.suffix(50)))
    }
  }

  @Test("A cursor that was never given out is refused", arguments: Engine.allCases)
  func badCursor(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let id = try await ada.send("Hello").member("/conversation_id")
      for path in ["/chat/history/\(id)", "/chat/conversations"] {
        try await ada.client.get("\(path)?cursor=nonsense").expectFaults(["query /cursor cursor"])
        try await ada.client.get("\(path)?limit=0&cursor=%20").expectFaults([
          "query /limit minimum", "query /cursor pattern",
        ])
        try await ada.client.get("\(path)?limit=201").expectFaults(["query /limit maximum"])
        try await ada.client.get("\(path)?limit=ten").expectFaults(["query /limit type"])
      }
      try await ada.client.get("/chat/history/nonsense").expectFaults(["path /conversation_id format"])
    }
  }

  @Test("A retry with the same Idempotency-Key sends nothing twice", arguments: Engine.allCases)
  func idempotency(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let first = try await ada.send("Hello", key: "one")
      try first.require(200)
      let again = try await ada.send("Hello", key: "one")
      try again.require(200)
      #expect(try again.json == first.json)
      #expect(try await upstream.ledger().count == 1)
      #expect(try await ada.conversations().count == 1)
      #expect(try await ada.client.get("/usage").value("/totals/turns") == 1)

      try await ada.send("Something else", key: "one").expectProblem(409, "idempotency-key-reused")
      let id = try first.member("/conversation_id")
      let follower = try await ada.send("More", to: id, key: "two")
      #expect(try await ada.send("More", to: id, key: "two").json == follower.json)
      // A key is its user's own.
      let grace = try await Account.make("grace", on: parley)
      let other = try await grace.send("Hello", key: "one")
      try other.require(200)
      #expect(try other.member("/conversation_id") != id)
      try await ada.client.post("/chat/send", ["content": "x"], headers: ["Idempotency-Key": "a b"])
        .expectFaults(["header /Idempotency-Key pattern"])
    }
  }

  @Test("While a turn runs, its message is saved, a retry joins it, and its answer is open", arguments: Engine.allCases)
  func running(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      async let turn = ada.send("Hello [hold:gate]", key: "one")
      try await upstream.waiting("gate")

      // The model holds the request; the message is there, and whoever says something else is told to wait.
      let id = try #require(try await ada.conversations().first?["id"]?.string)
      let meanwhile = try await ada.history(id)
      #expect(meanwhile.map { $0.text("status") } == ["complete", "streaming"])
      #expect(meanwhile.first?["content"] == "Hello [hold:gate]")
      try await ada.send("And more", to: id).expectProblem(409, "turn-in-progress")
      async let retry = ada.send("Hello [hold:gate]", key: "one")

      try await upstream.release("gate")
      let reply = try await turn
      try reply.require(200)
      #expect(try await retry.json == reply.json)
      #expect(try await ada.history(id) == [reply.value("/user_message"), reply.value("/message")])
      #expect(try await upstream.ledger().count == 1)
    }
  }

  @Test("A turn goes on when its client leaves", arguments: Engine.allCases)
  func clientLeaves(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.with(engine, settings: upstream.settings) { stand in
      let first = try await stand.start()
      let ada = try await Account.make("ada", on: first)
      let request = try await ada.client.begin(
        "POST", "/chat/send", headers: ["Idempotency-Key": "one"], body: .json(["content": "Hello [hold:gate]"]))
      try await upstream.waiting("gate")
      request.close()
      try await upstream.release("gate")
      // The end waits for what runs.
      #expect(try await first.stop() == .exit(0))

      let second = try await stand.start()
      let reply = try await ada.moved(to: second).send("Hello [hold:gate]", key: "one")
      try reply.require(200)
      #expect(try reply.value("/message/status") == "complete")
      #expect(try await upstream.ledger().map { $0.text("outcome") } == ["complete"])
      try await second.stop()
    }
  }

  @Test("Preferences shape the next turn", arguments: Engine.allCases)
  func preferences(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let models = try await ada.client.get("/chat/models")
      #expect(
        try models.json == ["items": [["id": "first", "default": true], ["id": "second", "default": false]]])
      let plain = try await ada.send("one two three")
      #expect(try plain.value("/message/model") == "first")

      try await ada.client.send(
        "PUT", "/users/preferences",
        body: .json([
          "model": "second", "max_tokens": 2, "system_prompt": "These are five words more", "temperature": 0,
        ])
      )
      .require(200)
      let shaped = try await ada.send("one two three")
      try shaped.require(200)
      #expect(try shaped.value("/message/model") == "second")
      #expect(try shaped.value("/message/content") == "echo: one")
      #expect(try shaped.value("/message/finish_reason") == "length")
      #expect(try shaped.number("/usage/prompt_tokens") == plain.number("/usage/prompt_tokens") + 5)
    }
  }

  @Test("Whatever breaks the contract of a message is told at once", arguments: Engine.allCases)
  func faults(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      try await ada.client.post(
        "/chat/send", ["content": "", "conversation_id": "x", "attachments": [1, ""], "id": "y"]
      ).expectFaults([
        "body /content min-length", "body /conversation_id format", "body /attachments/0 type",
        "body /attachments/1 min-length", "body /id unknown-member",
      ])
      try await ada.client.post("/chat/send", [:]).expectFaults(["body /content required"])
      try await ada.client.post("/chat/send", "hello").expectFaults(["body  type"])
      try await ada.send("No text of PostgreSQL holds \u{0}").expectFaults(["body /content pattern"])
      // Characters are counted, not bytes.
      try await ada.send(String(repeating: "é", count: 32768)).require(200)
      try await ada.send(String(repeating: "x", count: 32769)).expectFaults(["body /content max-length"])
      #expect(try await ada.conversations().count == 1)
    }
  }

  @Test("An answer is saved without the U+0000 in it, which no text of PostgreSQL holds", arguments: Engine.allCases)
  func nul(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let reply = try await ada.send("Hello [fault:nul]")
      try reply.require(200)
      #expect(try reply.member("/message/content") == "echo: Hello")
      #expect(try await ada.history(reply.member("/conversation_id")).last == reply.value("/message"))
    }
  }
}
