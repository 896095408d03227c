import JSON
import TestSupport
import Testing

/// One way in which a model fails.
struct UpstreamFault: Sendable, CustomStringConvertible {
  let description: String
  /// What the message holds to make it happen.
  var marker = ""
  var isRefused = false
  var status = 502

  var mayCost: Bool { !isRefused && !["[fault:500]", "[fault:429]", "[fault:401]", "[fault:302]"].contains(marker) }

  static let all = [
    UpstreamFault(description: "refused", isRefused: true),
    UpstreamFault(description: "slow", marker: "[fault:slow]", status: 504),
    UpstreamFault(description: "cut off", marker: "[fault:cut]"),
    UpstreamFault(description: "reset", marker: "[fault:reset]"),
    UpstreamFault(description: "garbage", marker: "[fault:garbage]"),
    UpstreamFault(description: "empty", marker: "[fault:empty]"),
    UpstreamFault(description: "huge", marker: "[fault:huge]"),
    UpstreamFault(description: "an error object", marker: "[fault:error]"),
    UpstreamFault(description: "500", marker: "[fault:500]"),
    UpstreamFault(description: "429", marker: "[fault:429]"),
    UpstreamFault(description: "401", marker: "[fault:401]"),
    UpstreamFault(description: "302", marker: "[fault:302]"),
  ]
}

@Suite("A model that fails")
struct UpstreamFaultTests {
  @Test(
    "The message stays, the answer is saved as failed, and the problem names both",
    arguments: Engine.allCases, UpstreamProcess.Dialect.allCases)
  func fault(on engine: Engine, in dialect: UpstreamProcess.Dialect) async throws {
    let upstream = try await UpstreamProcess.start(dialect)
    var settings = upstream.settings
    // Long enough for everything that is not meant to be slow: pauses between attempts alone take up to 1.5 s.
    settings["AI_TIMEOUT"] = "10"
    try await Stand.serving(engine, settings: settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      for fault in UpstreamFault.all where !fault.isRefused {
        // Of a stream that is cut something came: see below.
        if fault.description == "cut off" { continue }
        try await expectFailure(fault, for: ada)
      }
      // It was the fault of nobody but the model: the next message is answered.
      try await ada.send("Hello").require(200)

      try await upstream.kill()
      try await expectFailure(UpstreamFault.all[0], for: ada)
    }
  }

  private func expectFailure(_ fault: UpstreamFault, for ada: Account) async throws {
    let content = "Hello \(fault.marker)"
    let turns = try await ada.client.get("/usage").number("/totals/turns")
    let reply = try await ada.send(content, key: fault.description.replacing(" ", with: "-"))
    try reply.expectProblem(fault.status, fault.status == 504 ? "upstream-timeout" : "upstream-failed")
    let history = try await ada.history(reply.member("/conversation_id"))
    #expect(history.map { $0.text("role") } == ["user", "assistant"], "\(fault)")
    #expect(history.map { $0.text("status") } == ["complete", "failed"], "\(fault)")
    #expect(history.first?["content"] == .string(content), "\(fault)")
    #expect(try history.last?["id"] == reply.value("/message_id"), "\(fault)")
    // Of what had the request and did not refuse it nobody knows that it cost nothing.
    let counted = try await ada.client.get("/usage").number("/totals/turns") - turns
    #expect(counted == 0 || counted == 1 && fault.mayCost, "\(fault)")
  }

  @Test("What came of a stream that breaks off is kept, as interrupted, and counted", arguments: Engine.allCases)
  func cutOff(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let reply = try await ada.send("one two three four five [fault:cut]", key: "one")
      try reply.require(200)
      #expect(try reply.value("/message/status") == "interrupted")
      #expect(try reply.member("/message/content").hasPrefix("echo:"))
      #expect(try reply.value("/message/finish_reason") == .null)
      #expect(try reply.value("/usage/source") == "estimated")
      #expect(try await ada.history(reply.member("/conversation_id")).last == reply.value("/message"))
      #expect(try await ada.send("one two three four five [fault:cut]", key: "one").json == reply.json)
      #expect(
        try await ada.client.get("/usage").value("/totals/total_tokens") == reply.value("/usage/total_tokens"))
    }
  }

  @Test("A dialect is answered in", arguments: UpstreamProcess.Dialect.allCases)
  func works(in dialect: UpstreamProcess.Dialect) async throws {
    let upstream = try await UpstreamProcess.start(dialect)
    try await Stand.serving(.sqlite, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let reply = try await ada.send("one two three")
      try reply.require(200)
      #expect(try reply.member("/message/content") == "echo: one two three")
      #expect(try reply.number("/usage/completion_tokens") > 0)
      #expect(try await upstream.ledger().map { $0.text("dialect") } == [dialect.rawValue])
    }
  }

  @Test("A message that failed can be sent again in its conversation", arguments: Engine.allCases)
  func again(on engine: Engine) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.serving(engine, settings: upstream.settings) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let failed = try await ada.send("Hello [fault:500]")
      let id = try failed.member("/conversation_id")
      let reply = try await ada.send("Hello", to: id)
      try reply.require(200)
      #expect(try await ada.history(id).map { $0.text("status") } == ["complete", "failed", "complete", "complete"])
    }
  }
}
