import JSON
import TestSupport
import Testing

/// A way to talk to llama.cpp's server.
enum LlamaDialect: String, CaseIterable, Sendable {
  case openai = "/v1/chat/completions"
  case anthropic = "/v1/messages"

  func settings(_ llama: LlamaProcess) -> [String: String] {
    ["AI_MODEL_ENDPOINT": "http://127.0.0.1:\(llama.port)\(rawValue)", "AI_MODEL": "random"]
  }
}

@Suite("llama.cpp behind Parley")
struct LlamaTests {
  @Test("The ledger has what the server counted, streamed and not", arguments: LlamaDialect.allCases)
  func usage(in dialect: LlamaDialect) async throws {
    let llama = try await LlamaProcess.start()
    try await Stand.serving(.sqlite, settings: dialect.settings(llama)) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      // The likeliest word always: so it never ends by itself, but at the limit.
      try await ada.client.send(
        "PUT", "/users/preferences", body: .json(["max_tokens": 40, "temperature": 0])
      ).require(200)
      let first = try await ada.send("Tell me of the sea.")
      try first.require(200)
      #expect(try !first.member("/message/content").isEmpty)
      #expect(try first.value("/usage/source") == "provider")
      #expect(try first.value("/message/model") == "random")
      let conversation = try first.member("/conversation_id")

      try await ada.client.send("PATCH", "/users/preferences", body: .json(["max_tokens": 5])).require(200)
      let second = try await ada.stream("And of the sand?", to: conversation)
      #expect(second.text == second.ended?.text("content"))
      #expect(second.ended?["finish_reason"] == "length")
      #expect(second.usage?["completion_tokens"] == 5)

      let totals = try await ada.client.get("/usage").value("/totals")
      #expect(Int(totals["prompt_tokens"]?.integer ?? 0) == (try await llama.count("prompt_tokens_total")))
      #expect(Int(totals["completion_tokens"]?.integer ?? 0) == (try await llama.count("tokens_predicted_total")))
      #expect(totals["turns"] == 2)
    }
  }

  @Test("Stop ends the generation at the server", arguments: LlamaDialect.allCases)
  func stop(in dialect: LlamaDialect) async throws {
    let llama = try await LlamaProcess.start()
    try await Stand.serving(.sqlite, settings: dialect.settings(llama)) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      // The likeliest word always: so it never ends by itself.
      try await ada.client.send(
        "PUT", "/users/preferences", body: .json(["max_tokens": 8000, "temperature": 0])
      ).require(200)
      let stream = try await ada.events("Tell me of the sea.")
      let message = try #require(try await stream.next())
      let answer = try #require(try message.json["message_id"]?.string)
      for _ in 0..<20 { _ = try #require(try await stream.next()) }
      #expect(try await llama.count("requests_processing") == 1)

      let reply = try await ada.client.send("POST", "/chat/messages/\(answer)/stop")
      try reply.require(200)
      #expect(try reply.value("/message/status") == "cancelled")
      #expect(try !reply.member("/message/content").isEmpty)
      var last: ServerEvent?
      while let event = try await stream.next() { last = event }
      #expect(last?.name == "done")
      #expect(try last?.json == reply.value("/message"))
      try await llama.cancelled()
      #expect(try await llama.count("requests_processing") == 0)
      #expect(try await llama.count("tokens_predicted_total") < 8000)
    }
  }
}
