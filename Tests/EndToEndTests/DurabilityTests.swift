import Glibc
import JSON
import TestSupport
import Testing

@Suite("What was acknowledged is never lost")
struct DurabilityTests {
  @Test("A restart keeps everything, sessions included", arguments: Engine.allCases)
  func restart(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      let first = try await stand.start()
      let ada = try await Account.make("ada", on: first)
      let id = try await ada.send("Hello").member("/conversation_id")
      try await ada.client.send("PUT", "/users/preferences", body: .json(["max_tokens": 99])).require(200)
      let paths = [
        "/users/me", "/users/preferences", "/chat/history/\(id)", "/chat/conversations", "/usage?group_by=model",
      ]
      var before: [JSONValue] = []
      for path in paths { before.append(try await ada.client.get(path).json) }
      #expect(try await first.stop() == .exit(0))

      let second = try await stand.start()
      let moved = ada.moved(to: second)
      for (path, expected) in zip(paths, before) {
        let reply = try await moved.client.get(path)
        try reply.require(200)
        #expect(try reply.json == expected)
      }
      let refreshed = try await second.client.post("/auth/refresh", ["refresh_token": .string(ada.refreshToken)])
      try refreshed.require(200)
      #expect(try await second.stop() == .exit(0))
    }
  }

  @Test("kill -9 after an acknowledgement loses nothing", arguments: Engine.allCases)
  func kill(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      var acknowledged: [String: [JSONValue]] = [:]
      var ada: Account?
      for round in 0..<3 {
        let parley = try await stand.start()
        let account =
          if let ada { ada.moved(to: parley) } else { try await Account.make("ada", on: parley) }
        ada = account
        for (id, messages) in acknowledged { #expect(try await account.history(id) == messages) }

        let replies = try await withThrowingTaskGroup(of: HTTPReply.self) { group in
          for number in 0..<8 { group.addTask { try await account.send("Round \(round), message \(number)") } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        try await parley.kill()
        for reply in replies {
          try reply.require(200)
          acknowledged[try reply.member("/conversation_id")] = [
            try reply.value("/user_message"), try reply.value("/message"),
          ]
        }
      }
      let parley = try await stand.start()
      let account = try #require(ada).moved(to: parley)
      for (id, messages) in acknowledged { #expect(try await account.history(id) == messages) }
      #expect(try await account.conversations().count == 24)
      #expect(try await account.client.get("/usage").value("/totals/turns") == 24)
      try await parley.stop()
    }
  }

  @Test("kill -9 while the model thinks leaves the message", arguments: Engine.allCases)
  func killWhileRunning(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.with(engine, settings: upstream.settings) { stand in
      let first = try await stand.start()
      let ada = try await Account.make("ada", on: first)
      let request = try await ada.client.begin("POST", "/chat/send", body: .json(["content": "Hello [hold:gate]"]))
      try await upstream.waiting("gate")
      try await first.kill()
      request.close()

      let second = try await stand.start()
      let moved = ada.moved(to: second)
      let id = try #require(try await moved.conversations().first?["id"]?.string)
      let history = try await moved.history(id)
      #expect(history.first?["content"] == "Hello [hold:gate]")
      #expect(history.first?["status"] == "complete")
      // The turn ends as soon as it is sure that nobody works on it.
      let answer = try #require(history.last?["id"]?.string)
      let stopped = try await moved.client.send("POST", "/chat/messages/\(answer)/stop")
      try stopped.require(200)
      #expect(try stopped.value("/message/status") == "interrupted")
      try await moved.send("Are you there?", to: id).require(200)
      try await second.stop()
    }
  }

  @Test("SIGTERM lets a running turn finish, refuses new connections, and exits 0", arguments: Engine.allCases)
  func terminate(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.with(engine, settings: upstream.settings) { stand in
      let parley = try await stand.start()
      let ada = try await Account.make("ada", on: parley)
      async let turn = ada.send("Hello [hold:gate]")
      try await upstream.waiting("gate")
      // An idle connection is closed when the end begins.
      let idle = try await HTTPConnection(port: parley.port)
      parley.process.send(SIGTERM)
      #expect(try await idle.everything().isEmpty)
      await #expect(throws: Trouble.self) { try await HTTPConnection(port: parley.port) }
      try await upstream.release("gate")
      let reply = try await turn
      try reply.require(200)
      #expect(try await parley.process.end() == .exit(0))

      let next = try await stand.start()
      let history = try await ada.moved(to: next).history(reply.member("/conversation_id"))
      #expect(try history == [reply.value("/user_message"), reply.value("/message")])
      try await next.stop()
    }
  }

  @Test("An answer that comes while the database is away is saved, once, when it is back")
  func databaseAway() async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(.postgres, settings: upstream.settings) { stand, parley in
      let ada = try await Account.make("ada", on: parley)
      async let turn = ada.send("Hello [hold:gate]", key: "one")
      try await upstream.waiting("gate")
      try await stand.database.setReachable(false)
      try await upstream.release("gate")
      try await parley.process.line(containing: "The answer could not be saved yet.")
      try await stand.database.setReachable(true)

      let reply = try await turn
      try reply.require(200)
      let id = try reply.member("/conversation_id")
      #expect(try await ada.history(id) == [reply.value("/user_message"), reply.value("/message")])
      let usage = try await ada.client.get("/usage?group_by=conversation")
      #expect(try usage.number("/totals/turns") == 1)
      #expect(try usage.value("/totals/total_tokens") == reply.value("/usage/total_tokens"))
      #expect(try await ada.send("Hello [hold:gate]", key: "one").json == reply.json)
      #expect(try await upstream.ledger().count == 1)
    }
  }
}
