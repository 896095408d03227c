import Foundation
import TestSupport
import Testing

@testable import AIClient

@Suite("Attempts", .timeLimit(.minutes(2)))
struct AttemptTests {
  func model(
    _ upstreams: AIConfiguration.Upstream..., timeouts: Timeouts = Timeouts(), retries: Int = 2
  ) throws -> any ChatModel {
    try makeChatModel(AIConfiguration(upstreams, timeouts: timeouts, retries: retries))
  }

  func upstream(
    _ server: CannedServer, _ path: String = "/v1", models: [String] = ["m"], key: String? = nil
  ) -> AIConfiguration.Upstream {
    AIConfiguration.Upstream(server.address + path, models: models, apiKey: key)
  }

  func prompt(_ text: String = "Hi", model: String? = nil, streamed: Bool = true) -> ChatPrompt {
    ChatPrompt(model: model, messages: [ChatMessage(role: .user, content: text)], isStreamed: streamed)
  }

  func answer(_ model: any ChatModel, _ prompt: ChatPrompt? = nil) async -> (events: [ModelEvent], error: AIError?) {
    await model.told(prompt ?? self.prompt())
  }

  func failed(_ events: [ModelEvent]) -> [FailedAttempt] {
    events.compactMap { (event: ModelEvent) in if case .retried(let attempt) = event { attempt } else { nil } }
  }

  let whole: [ModelEvent] = [
    .text("Hi."), .usage(TokenCount(prompt: 5, completion: 2, source: .provider)), .finished(.stop, model: "m-1"),
  ]

  // MARK: Again

  @Test("What fails at first is asked again, and the answer tells of it", arguments: [500, 503, 429, 529])
  func retry(status: Int) async throws {
    let server = try CannedServer { request in
      request.number == 0
        ? [.respond(status, ["Retry-After: 0"], "later")] : [.completion("Hi.")]
    }
    defer { server.stop() }
    let (events, error) = await answer(try model(upstream(server)))
    let attempts = failed(events)
    #expect(error == nil && events.dropFirst() == whole[...] && server.requests.count == 2)
    #expect(attempts.count == 1 && attempts[0].model == "m" && attempts[0].next == "m")
    #expect(attempts.first?.usage == .some(nil))
    #expect(attempts.first?.error.detail.contains("later") == true)
  }

  @Test("The time that a server asks for is waited, and what asks for too much is not waited for")
  func retryAfter() async throws {
    let server = try CannedServer { request in
      request.number == 0 ? [.respond(503, ["Retry-After: 1"])] : [.completion("Hi.")]
    }
    let start = ContinuousClock.now
    #expect(await answer(try model(upstream(server))).error == nil)
    #expect(ContinuousClock.now - start >= .seconds(1))
    server.stop()
    // A second more than anybody waits for, and far less than the answer's whole time.
    let strict = try CannedServer { _ in [.respond(429, ["Retry-After: 11"])] }
    let (events, error) = await answer(try model(upstream(strict)))
    #expect(error?.code == .rateLimited && error?.retryAfter == .seconds(11))
    #expect(events.isEmpty && strict.requests.count == 1)
    strict.stop()
  }

  @Test("Tries are bounded, and the last error is the answer's")
  func bounded() async throws {
    let server = try CannedServer { request in [.respond(500, ["Retry-After: 0"], "no \(request.number)")] }
    defer { server.stop() }
    let (events, error) = await answer(try model(upstream(server), retries: 1))
    #expect(server.requests.count == 2 && failed(events).count == 1 && events.count == 1)
    #expect(error?.detail.contains("no 1") == true && error?.mayHaveCost == false)
  }

  @Test("After the first byte of text nothing is asked again")
  func afterText() async throws {
    let server = try CannedServer { _ in [.openEnded, .chunk("Hi"), .close] }
    let other = try CannedServer { _ in [.completion("Hi.")] }
    defer { for server in [server, other] { server.stop() } }
    let (events, error) = await answer(try model(upstream(server), upstream(other)))
    #expect(events == [.text("Hi")] && error?.code == .interrupted)
    #expect(server.requests.count == 1 && other.requests.isEmpty)
  }

  @Test("What a failed attempt may have cost is told, and not counted for the one that follows")
  func charges() async throws {
    let server = try CannedServer { request in
      switch request.number {
      case 0: [.openEnded, .close]
      case 1:
        [
          .openEnded, .send(#"data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":0}}"# + "\n\n"),
          .close,
        ]
      default:
        [
          .openEnded, .chunk("Hi."),
          .send(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"), .close,
        ]
      }
    }
    defer { server.stop() }
    let (events, error) = await answer(try model(upstream(server)))
    let attempts = failed(events)
    let estimate = TokenEstimate.count(of: prompt())
    #expect(error == nil && attempts.count == 2)
    #expect(attempts.first?.usage == TokenCount(prompt: estimate, completion: 0, source: .estimated))
    #expect(attempts.last?.usage == TokenCount(prompt: 5, completion: 0, source: .provider))
    #expect(
      events.suffix(3) == [
        .text("Hi."), .usage(TokenEstimate.count(of: prompt(), answer: "Hi.")), .finished(.stop, model: "m"),
      ])
  }

  // MARK: Elsewhere

  @Test(
    "What will not pass goes to the next server, with its own key, path and model", arguments: [400, 401, 404, 302])
  func standIn(status: Int) async throws {
    let first = try CannedServer { _ in [.respond(status, ["Location: /followed"], "no")] }
    let second = try CannedServer { _ in
      [
        .respond(
          200, [],
          #"{"type":"message","content":[{"type":"text","text":"Hi."}],"stop_reason":"end_turn","model":"m-1","#
            + #""usage":{"input_tokens":5,"output_tokens":2}}"#)
      ]
    }
    defer { for server in [first, second] { server.stop() } }
    let model = try model(
      upstream(first, models: ["big", "small"], key: "first-key"),
      upstream(second, "/v1/messages", models: ["claude-big", "claude-small"], key: "second-key"))
    let (events, error) = await answer(model, prompt(model: "small"))
    #expect(error == nil && events.dropFirst() == whole[...])
    #expect(failed(events).map(\.model) == ["small"] && failed(events).map(\.next) == ["claude-small"])
    // A stream that is refused is asked for once more without its bill.
    #expect(first.requests.count == (status == 400 ? 2 : 1))
    #expect(first.requests.allSatisfy { $0.path == "/v1/chat/completions" })
    #expect(first.requests[0].headers["authorization"] == "Bearer first-key")
    let request = try #require(second.requests.first)
    #expect(request.path == "/v1/messages" && request.headers["x-api-key"] == "second-key")
    #expect(request.headers["authorization"] == nil && request.body.contains("claude-small"))
  }

  @Test("Nobody at one address is no failure where another one answers")
  func refused() async throws {
    let server = try CannedServer { _ in [.completion("Hi.")] }
    defer { server.stop() }
    let nobody = AIConfiguration.Upstream("http://127.0.0.1:\(try Loopback.freePort())/v1", models: ["m"])
    let model = try model(nobody, upstream(server), retries: 0)
    let (events, error) = await answer(model)
    #expect(error == nil && failed(events).map(\.error.code) == [.refused])
    try await model.probe()
  }

  @Test("A probe asks all servers at once, and is over with the first that can be asked")
  func probe() async throws {
    let isAsked = DispatchSemaphore(value: 0)
    let first = try CannedServer { _ in [.await(isAsked), .respond(500, [], "")] }
    let second = try CannedServer { _ in
      isAsked.signal()
      return [.respond(503, [], "")]
    }
    let silent = try CannedServer { _ in [.awaitClose] }
    let third = try CannedServer { _ in [.respond(404, [], "")] }
    defer { for server in [first, second, silent, third] { server.stop() } }
    let failing = try model(upstream(first), upstream(second))
    let error = await #expect(throws: AIError.self) { try await failing.probe() }
    #expect(error?.code == .upstreamStatus(500))
    try await model(upstream(silent), upstream(third)).probe()
    #expect(await silent.events.first { $0 == .closedByClient } != nil)
  }

  // MARK: Ways to ask

  @Test("A server that refuses stream_options is asked without, and that is remembered")
  func streamOptions() async throws {
    let server = try CannedServer { request in
      request.body.contains("stream_options")
        ? [.respond(422, [], #"{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"]}]}"#)]
        : [.completion("Hi.")]
    }
    defer { server.stop() }
    let model = try model(upstream(server))
    #expect(await answer(model).events == whole)
    #expect(await answer(model).events == whole)
    #expect(server.requests.count == 3)
  }

  @Test(
    "A server that refuses for a reason that it does not tell is asked without its bill, that one time",
    arguments: [400, 422])
  func vagueRefusal(status: Int) async throws {
    let server = try CannedServer { $0.number == 0 ? [.respond(status, [], "Not now.")] : [.completion("Hi.")] }
    defer { server.stop() }
    let model = try model(upstream(server))
    #expect(await answer(model).events == whole)
    #expect(await answer(model).events == whole)
    #expect(server.requests.map { $0.body.contains("stream_options") } == [true, false, true])
  }

  @Test("A model that knows no max_tokens is told max_completion_tokens, and still asked for its bill")
  func maxTokens() async throws {
    let server = try CannedServer { request in
      request.body.contains("\"max_tokens\"")
        ? [.respond(400, [], "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")]
        : [.completion("Hi.")]
    }
    defer { server.stop() }
    var prompt = prompt()
    prompt.maxTokens = 9
    #expect(await answer(try model(upstream(server)), prompt).events == whole)
    #expect(server.requests.last?.body.contains("\"max_completion_tokens\":9") == true)
    #expect(server.requests.last?.body.contains("stream_options") == true)
  }

  @Test("A server of text-generation-inference's kind without streams is asked for the whole")
  func noStream() async throws {
    let server = try CannedServer { request in
      request.path == "/generate"
        ? [.respond(200, [], #"{"generated_text":" Hi.","details":{"finish_reason":"length","generated_tokens":3}}"#)]
        : [.respond(404, [], "no such path")]
    }
    defer { server.stop() }
    let (events, error) = await answer(try model(upstream(server, "/generate")))
    #expect(error == nil && server.requests.map(\.path) == ["/generate_stream", "/generate"])
    let count = TokenCount(prompt: TokenEstimate.count(of: prompt()), completion: 3, source: .estimated)
    #expect(events.first == .text("Hi.") && events.suffix(2) == [.usage(count), .finished(.length, model: "m")])
  }
}
