import Foundation
import TestSupport
import Testing

@testable import AIClient

@Suite("A model behind HTTP", .serialized, .timeLimit(.minutes(2)))
struct UpstreamModelTests {
  /// One server for all tests that need no other rules.
  static let upstream = Task { try await ModelServer.start() }

  enum Path: String, CaseIterable {
    case chat = "/v1"
    case messages = "/v1/messages"
    case ollama = "/api/chat"
    case tgi = "/generate?tgi"
    case vllm = "/generate?vllm"
    case unknown = "/generate"

    /// What `AI_PROVIDER` says where the path does not tell.
    var provider: AIConfiguration.Provider? {
      switch self {
      case .chat, .messages, .ollama, .unknown: nil
      case .tgi: .tgi
      case .vllm: .vllm
      }
    }

    /// Whether prompt and answer are counted, if the answer is streamed and if it is not.
    func isCounted(streamed: Bool) -> Bool {
      switch self {
      case .chat, .messages, .ollama: true
      case .tgi, .unknown: streamed
      case .vllm: false
      }
    }
  }

  func model(
    _ path: Path = .chat, at address: String? = nil, key: String? = nil, timeout: Duration = .seconds(600)
  ) async throws -> any ChatModel {
    var server = address
    if server == nil { server = try await Self.upstream.value.address }
    let upstream = AIConfiguration.Upstream(
      try #require(server) + path.rawValue, provider: path.provider, models: ["echo"], apiKey: key)
    let timeouts = Timeouts(firstByte: timeout, idle: timeout, total: timeout)
    return try makeChatModel(AIConfiguration([upstream], timeouts: timeouts, retries: 0))
  }

  func prompt(_ text: String, streamed: Bool = false, maxTokens: Int? = nil) -> ChatPrompt {
    ChatPrompt(
      messages: [
        ChatMessage(role: .system, content: "Be kind."), ChatMessage(role: .user, content: "Hi"),
        ChatMessage(role: .assistant, content: "Hello."), ChatMessage(role: .user, content: text),
      ], maxTokens: maxTokens, isStreamed: streamed)
  }

  /// All events of an answer.
  func events(_ model: any ChatModel, _ prompt: ChatPrompt) async throws -> [ModelEvent] {
    var events: [ModelEvent] = []
    for try await event in model.events(for: prompt) { events.append(event) }
    return events
  }

  /// The pieces of text among events.
  func pieces(_ events: [ModelEvent]) -> [String] {
    events.compactMap { (event: ModelEvent) in if case .text(let piece) = event { piece } else { nil } }
  }

  func failure(_ model: any ChatModel, _ prompt: ChatPrompt) async -> AIError? {
    await #expect(throws: AIError.self) { try await events(model, prompt) }
  }

  static let client = CurlClient()

  /// What the server's own operations answer.
  func control(
    _ path: String, method: HTTPCall.Method = .get, at address: String? = nil
  ) async throws -> String {
    let limit = Duration.seconds(60)
    let limits = HTTPLimits(connect: limit, firstByte: limit, silence: limit, total: limit, bytes: 1 << 20)
    var server = address
    if server == nil { server = try await Self.upstream.value.address }
    let address = try #require(server)
    var exchange = Self.client.send(HTTPCall(method: method, url: address + path, limits: limits))
    var body: [UInt8] = []
    while let event = try await exchange.next(isolation: nil) {
      switch event {
      case .head(let head): try #require(head.status == 200)
      case .body(let bytes): body += bytes
      }
    }
    return String(decoding: body, as: UTF8.self)
  }

  // MARK: Answers

  @Test("Every dialect answers, at once and in a stream", arguments: Path.allCases, [false, true])
  func answer(path: Path, streamed: Bool) async throws {
    let model = try await model(path)
    let text = "Grüße aus dem Süden 👋"
    let events = try await events(model, prompt(text, streamed: streamed))
    let pieces = pieces(events)
    #expect(pieces.joined() == "echo: " + text)
    #expect(pieces.count == (streamed ? 6 : 1))
    guard case .usage(let count) = events.dropLast().last, case .finished(let reason, let name) = events.last else {
      Issue.record("no usage, or no end")
      return
    }
    #expect(reason == .stop && name == "echo")
    #expect(count.completion > 0 && count.prompt > 0)
    #expect(count.source == (path.isCounted(streamed: streamed) ? .provider : .estimated))
  }

  @Test("A provider's counts are taken as they are in every dialect", arguments: Path.allCases, [false, true])
  func counts(path: Path, streamed: Bool) async throws {
    guard path.isCounted(streamed: streamed) else { return }
    let events = try await events(await model(path), prompt("[count:50]", streamed: streamed, maxTokens: 7))
    guard case .usage(let count) = events.dropLast().last else {
      Issue.record("no usage")
      return
    }
    #expect(count.completion == 7 && count.source == .provider)
    #expect(events.last == .finished(.length, model: "echo"))
  }

  @Test(
    "Every fault of a stream is told in every dialect, and no text twice",
    arguments: Path.allCases.filter { $0 != .unknown },
    [
      ("cut", .interrupted), ("cut-inside", .interrupted), ("error-late", .interrupted),
      ("garbage-late", .invalidResponse), ("huge-line", .tooLarge), ("trickle", nil), ("split", nil),
    ] as [(String, AIError.Code?)])
  func streamFault(path: Path, fault: (name: String, code: AIError.Code?)) async throws {
    let words = "eins zwei drei vier fünf 👋"
    let (events, error) = try await model(path).told(prompt("[fault:\(fault.name)] \(words)", streamed: true))
    // Anthropic's error names the status that it stands for.
    #expect(error?.code == (path == .messages && fault.name == "error-late" ? .upstreamStatus(500) : fault.code))
    let (text, whole) = (pieces(events).joined(), "echo: \(words)")
    #expect(fault.code == nil ? text == whole : text.hasPrefix("echo: eins") && whole.hasPrefix(text) && text != whole)
  }

  @Test("A provider's counts are taken as they are, and the limit is passed on")
  func usage() async throws {
    let reply = try await model().reply(to: prompt("[count:50]", maxTokens: 7))
    #expect(reply.usage == TokenCount(prompt: 5, completion: 7, source: .provider))
    #expect(reply.finishReason == .length)
    #expect(reply.model == "echo")
  }

  @Test("A streamed answer comes in pieces and ends with the bill", arguments: [true, false])
  func streaming(counted: Bool) async throws {
    let marker = counted ? "" : "[fault:nousage] "
    let events = try await events(await model(), prompt(marker + "one two", streamed: true))
    #expect(events.prefix(3) == [.text("echo:"), .text(" one"), .text(" two")])
    guard case .usage(let count) = events[3] else {
      Issue.record("no usage")
      return
    }
    #expect(count.source == (counted ? .provider : .estimated))
    #expect(events.dropFirst(4) == [.finished(.stop, model: "echo")])
  }

  @Test("Two hundred answers in a row and a hundred at once")
  func manyAnswers() async throws {
    let model = try await model()
    for number in 0..<200 {
      #expect(try await model.reply(to: prompt("\(number)")).text == "echo: \(number)")
    }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask { try await model.reply(to: prompt("\(number)", streamed: true)).text == "echo: \(number)" }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test("An answer of 5,000 words comes whole, at once and in a stream", arguments: [true, false])
  func longAnswer(streamed: Bool) async throws {
    let answer = pieces(try await events(model(), prompt("[count:5000]", streamed: streamed)))
    #expect(answer.joined().split(separator: " ").count == 5000)
  }

  // MARK: Faults

  @Test(
    "Every fault is told by its code",
    arguments: [
      ("500", .upstreamStatus(500)), ("503", .upstreamStatus(503)), ("404", .upstreamStatus(404)),
      ("401", .unauthorized), ("403", .unauthorized), ("429", .rateLimited),
      ("302", .upstreamStatus(302)), ("cut", .interrupted), ("reset", .interrupted), ("garbage", .invalidResponse),
      ("empty", .interrupted), ("huge", .tooLarge), ("error", .interrupted),
    ] as [(String, AIError.Code)], [Path.chat, .tgi, .vllm])
  func fault(fault: (name: String, code: AIError.Code), path: Path) async throws {
    let error = try await failure(model(path), prompt("[fault:\(fault.name)] x"))
    #expect(error?.code == fault.code)
  }

  @Test(
    "A fault in a stream is told after the text that came",
    arguments: [
      ("cut", .interrupted, "echo: one two"), ("reset", .interrupted, ""), ("500", .upstreamStatus(500), ""),
      ("garbage", .invalidResponse, ""), ("empty", .interrupted, ""),
    ] as [(String, AIError.Code, String)])
  func faultInStream(name: String, code: AIError.Code, told text: String) async throws {
    let (events, error) = try await model().told(prompt("[fault:\(name)] one two three four", streamed: true))
    #expect(pieces(events).joined() == text && error?.code == code)
  }

  /// Time enough for a request to reach the server, whatever else the machine has to do.
  static let short = Duration.seconds(2)

  @Test("A server that says nothing runs into the timeout")
  func slow() async throws {
    let error = try await failure(model(timeout: Self.short), prompt("[hold:timeout] x"))
    #expect(error?.code == .timeout)
    #expect(error?.isTimeout == true)
    _ = try await control("/closed/timeout")
  }

  @Test("A stream that stops in the middle runs into the timeout")
  func stalled() async throws {
    let error = await failure(
      try await model(timeout: Self.short), prompt("[pause:stall] one two three", streamed: true))
    #expect(error?.code == .timeout)
    _ = try await control("/closed/stall")
  }

  @Test("A port where nobody listens refuses; a name that does not exist cannot be reached")
  func refused() async throws {
    // The server took a port and gave it back: nobody listens there now.
    let address = "http://127.0.0.1:\(try Loopback.freePort())"
    #expect(try await failure(model(at: address), prompt("x"))?.code == .refused)
    await #expect(throws: AIError.self) { try await model(at: address).probe() }
    #expect(try await failure(model(at: "http://no-such-host.invalid"), prompt("x"))?.code == .unreachable)
  }

  @Test("The key is sent, and a wrong one is refused and never told")
  func key() async throws {
    let upstream = try await ModelServer.start("--key", "sk-right")
    #expect(try await model(at: upstream.address, key: "sk-right").reply(to: prompt("x")).text == "echo: x")
    try await model(at: upstream.address, key: "sk-right").probe()
    let wrong = try await model(at: upstream.address, key: "sk-wrong")
    let error = await failure(wrong, prompt("x"))
    #expect(error?.code == .unauthorized)
    #expect(String(reflecting: error).contains("sk-wrong") == false)
    let probe = await #expect(throws: AIError.self) { try await wrong.probe() }
    #expect(probe?.code == .unauthorized)
  }

  @Test("A probe asks nothing that is charged")
  func probe() async throws {
    let upstream = try await ModelServer.start()
    for path in Path.allCases { try await model(path, at: upstream.address).probe() }
    #expect(try await control("/ledger", at: upstream.address) == "[]")
  }
}
