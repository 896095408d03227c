import JSON
import Testing

@testable import AIClient

@Suite("Dialects")
struct DialectTests {
  let prompt = ChatPrompt(
    messages: [
      ChatMessage(role: .system, content: "Be kind."), ChatMessage(role: .user, content: "Hi \"you\"\n"),
      ChatMessage(role: .assistant, content: "Hello."), ChatMessage(role: .user, content: "How are you?"),
    ], temperature: 0.5, maxTokens: 20, isStreamed: false)

  /// The events of a body, whichever way it is cut into pieces.
  func events(
    of body: String, as dialect: any Dialect, type: String = "application/json", cut: Int = .max
  ) throws -> [ModelEvent] {
    var decoder = dialect.decoder(for: prompt, head: HTTPHead(status: 200, headers: ["content-type": type]))
    var events: [ModelEvent] = []
    var rest = Array(body.utf8)[...]
    while !rest.isEmpty {
      events += try decoder.read(Array(rest.prefix(cut)))
      rest = rest.dropFirst(cut)
    }
    return try events + decoder.end()
  }

  func json(_ bytes: [UInt8]) throws -> JSONValue { try JSONReader.read(JSONValue.self, from: bytes) }

  // MARK: Requests

  @Test("A chat completion is asked for with all that is set and nothing else")
  func openAIRequest() throws {
    let body = try json(OpenAIDialect().body(for: prompt, model: "m"))
    #expect(
      body == [
        "model": "m", "temperature": 0.5, "max_tokens": 20,
        "messages": [
          ["role": "system", "content": "Be kind."], ["role": "user", "content": "Hi \"you\"\n"],
          ["role": "assistant", "content": "Hello."], ["role": "user", "content": "How are you?"],
        ],
      ])
    let streamed = try json(
      OpenAIDialect().body(for: ChatPrompt(messages: [], isStreamed: true), model: "m"))
    #expect(
      streamed == ["model": "m", "messages": [], "stream": true, "stream_options": ["include_usage": true]])
  }

  @Test("/generate is given the conversation as a transcript")
  func generateRequests() throws {
    let transcript: JSONValue =
      "Be kind.\nUser: Hi \"you\"\n\nAssistant: Hello.\nUser: How are you?\nAssistant:"
    #expect(
      try json(GenerateDialect.tgi.body(for: prompt, model: "m")) == [
        "inputs": transcript,
        "parameters": ["max_new_tokens": 20, "temperature": 0.5, "stop": ["\nUser:"], "details": true],
      ])
    #expect(
      try json(GenerateDialect.vllm.body(for: prompt, model: "m")) == [
        "prompt": transcript, "max_tokens": 20, "temperature": 0.5, "stop": ["\nUser:"],
      ])
  }

  @Test("A temperature of 0 is left out for text-generation-inference, which refuses it")
  func greedy() throws {
    var prompt = prompt
    prompt.temperature = 0
    let body = try json(GenerateDialect.tgi.body(for: prompt, model: "m"))
    #expect(body["parameters"]?["temperature"] == nil)
  }

  // MARK: Whole answers

  static let completion = """
    {"id":"chatcmpl-B9","object":"chat.completion","created":1741569952,"model":"gpt-4.1-2025-04-14",
    "choices":[{"index":0,"message":{"role":"assistant","content":"Grüße 👋","refusal":null,"annotations":[]},
    "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,
    "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0}},"service_tier":"default"}
    """

  @Test("A completion of OpenAI is read", arguments: [Int.max, 1, 7])
  func openAIAnswer(cut: Int) throws {
    #expect(
      try events(of: Self.completion, as: OpenAIDialect(), cut: cut) == [
        .text("Grüße 👋"), .usage(TokenCount(prompt: 19, completion: 10, source: .provider)),
        .finished(.stop, model: "gpt-4.1-2025-04-14"),
      ])
  }

  @Test("Completions of servers that are almost OpenAI are read")
  func almostOpenAI() throws {
    #expect(
      try events(of: #"{"choices":[{"message":{"content":"a"}}]}"#, as: OpenAIDialect())
        == [.text("a"), .finished(.stop, model: nil)])
    #expect(
      try events(
        of:
          #"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"length"}],"usage":null}"#,
        as: OpenAIDialect()) == [.text("ab"), .finished(.length, model: nil)])
    #expect(
      try events(
        of: #"{"choices":[{"message":{"content":null},"finish_reason":"content_filter"}]}"#, as: OpenAIDialect())
        == [.finished(.contentFilter, model: nil)])
  }

  @Test("A provider's zero is a zero")
  func zeroUsage() throws {
    let body =
      #"{"choices":[{"message":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":0,"completion_tokens":0}}"#
    #expect(
      try events(of: body, as: OpenAIDialect()).first == .usage(TokenCount(prompt: 0, completion: 0, source: .provider))
    )
  }

  @Test(
    "What is no completion is an invalid response",
    arguments: [
      "", "<html>", "{}", "[]", "null", #"{"choices":[]}"#, #"{"choices":[{}]}"#, #"{"choices":[{"message":{"#,
    ])
  func garbage(body: String) {
    let error = #expect(throws: AIError.self) { try events(of: body, as: OpenAIDialect()) }
    #expect(error?.code == .invalidResponse)
  }

  @Test("An error object in a 200 is an error")
  func errorObject() {
    let first = #expect(throws: AIError.self) {
      try events(of: #"{"error":{"message":"overloaded","type":"server_error"}}"#, as: OpenAIDialect())
    }
    #expect(first?.code == .interrupted)
    let second = #expect(throws: AIError.self) {
      try events(of: #"{"error":{"message":"no such model","code":404}}"#, as: OpenAIDialect())
    }
    #expect(second?.code == .upstreamStatus(404))
  }

  @Test(
    "text-generation-inference is read, alone or in an array",
    arguments: [
      #"{"generated_text":" I am fine.","details":{"finish_reason":"length","generated_tokens":4}}"#,
      #"[{"generated_text":" I am fine.\nUser: And","details":{"finish_reason":"length","generated_tokens":4}}]"#,
    ])
  func tgi(body: String) throws {
    let count = TokenCount(prompt: TokenEstimate.count(of: prompt), completion: 4, source: .estimated)
    #expect(
      try events(of: body, as: GenerateDialect.tgi)
        == [.text("I am fine."), .usage(count), .finished(.length, model: nil)])
  }

  @Test("vLLM's repetition of the prompt is left out")
  func vllm() throws {
    let transcript = GenerateDialect.transcript(prompt.messages)
    let body = JSONWriter.write(["text": [.string(transcript + " I am fine.")]] as JSONValue)
    for text in [String(decoding: body, as: UTF8.self), #"{"text":["I am fine."]}"#, #"{"text":"I am fine."}"#] {
      #expect(try events(of: text, as: GenerateDialect.vllm) == [.text("I am fine."), .finished(.stop, model: nil)])
    }
  }

  @Test("What is no answer of /generate is an invalid response", arguments: ["{}", "[]", "nope", #"{"text":[]}"#])
  func generateGarbage(body: String) {
    for dialect in [GenerateDialect.tgi, .vllm] {
      let error = #expect(throws: AIError.self) { try events(of: body, as: dialect) }
      #expect(error?.code == .invalidResponse)
    }
  }

  // MARK: Streams

  static let stream = """
    data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

    data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{"content":"Grüße"},"finish_reason":null}]}

    data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{"content":" 👋"},"finish_reason":null}]}

    data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

    data: {"model":"gpt-4.1","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}

    data: [DONE]


    """

  static let streamed: [ModelEvent] = [
    .text("Grüße"), .text(" 👋"), .usage(TokenCount(prompt: 19, completion: 10, source: .provider)),
    .finished(.stop, model: "gpt-4.1"),
  ]

  @Test("A stream of OpenAI is read, wherever it is cut", arguments: [Int.max, 1, 2, 3, 61])
  func openAIStream(cut: Int) throws {
    #expect(try events(of: Self.stream, as: OpenAIDialect(), type: "text/event-stream", cut: cut) == Self.streamed)
  }

  /// Ways in which servers write the same stream.
  enum Variant: String, CaseIterable {
    case crlf, cr, noSpace, commentsAndFields, severalDataLines, byteOrderMark, noLastBlankLine, noDone

    var stream: String {
      switch self {
      case .crlf: DialectTests.stream.replacing("\n", with: "\r\n")
      case .cr: DialectTests.stream.replacing("\n", with: "\r")
      case .noSpace: DialectTests.stream.replacing("data: ", with: "data:")
      case .commentsAndFields: DialectTests.stream.replacing("data: ", with: ": ping\nid: 1\nevent: x\ndata: ")
      case .severalDataLines: DialectTests.stream.replacing("{\"model\"", with: "{\ndata: \"model\"")
      case .byteOrderMark: "\u{FEFF}" + DialectTests.stream
      case .noLastBlankLine: String(DialectTests.stream.dropLast(2))
      case .noDone: DialectTests.stream.replacing("data: [DONE]\n", with: "")
      }
    }
  }

  @Test("Other ways to write the same stream are read", arguments: Variant.allCases, [Int.max, 1])
  func streamVariants(variant: Variant, cut: Int) throws {
    #expect(
      try events(of: variant.stream, as: OpenAIDialect(), type: "text/event-stream", cut: cut) == Self.streamed)
  }

  @Test("Counts in every chunk are cumulative: the last one holds")
  func cumulativeUsage() throws {
    let stream = (1...3).map { number in
      """
      data: {"choices":[{"delta":{"content":"x"},"finish_reason":\(number == 3 ? "\"stop\"" : "null")}],\
      "usage":{"prompt_tokens":5,"completion_tokens":\(number)}}


      """
    }.joined()
    let usages = try events(of: stream, as: OpenAIDialect(), type: "text/event-stream").filter {
      if case .usage = $0 { true } else { false }
    }
    #expect(usages == [.usage(TokenCount(prompt: 5, completion: 3, source: .provider))])
  }

  @Test("A stream that ends without a finish reason was interrupted", arguments: [0, 1, 2, 3])
  func cutStream(count: Int) {
    // The first three events are the role and the text; the fourth is the reason.
    let start = Self.stream.split(separator: "\n\n").prefix(count).map { $0 + "\n\n" }.joined()
    let error = #expect(throws: AIError.self) {
      try events(of: start, as: OpenAIDialect(), type: "text/event-stream")
    }
    #expect(error?.code == .interrupted)
  }

  @Test("An error object inside the stream is an error")
  func errorInStream() {
    let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: {\"error\":{\"message\":\"boom\"}}\n\n"
    let error = #expect(throws: AIError.self) {
      try events(of: stream, as: OpenAIDialect(), type: "text/event-stream")
    }
    #expect(error?.code == .interrupted)
    #expect(error?.detail.contains("boom") == true)
  }

  @Test("An event without end is refused before it fills the memory")
  func endlessEvent() {
    let error = #expect(throws: AIError.self) {
      try events(
        of: "data: " + String(repeating: "x", count: 2 << 20), as: OpenAIDialect(), type: "text/event-stream",
        cut: 65536)
    }
    #expect(error?.code == .tooLarge)
  }

  // MARK: Endpoints

  @Test(
    "The endpoint's path tells the provider, and is completed",
    arguments: [
      ("http://h/v1", nil, "http://h/v1/chat/completions", .openai),
      ("http://h:8001/v1/", nil, "http://h:8001/v1/chat/completions", .openai),
      ("https://h", nil, "https://h/v1/chat/completions", .openai),
      ("https://h/v1/chat/completions", nil, "https://h/v1/chat/completions", .openai),
      ("https://h/o/chat/completions?api-version=1", nil, "https://h/o/chat/completions?api-version=1", .openai),
      ("https://h/v1beta/openai", .openai, "https://h/v1beta/openai/chat/completions", .openai),
      ("http://localhost:8001/generate", nil, "http://localhost:8001/generate", nil),
      ("http://h/generate", .vllm, "http://h/generate", .vllm),
      ("http://h", .tgi, "http://h/generate", .tgi),
    ] as [(String, AIConfiguration.Provider?, String, AIConfiguration.Provider?)])
  func endpoint(
    text: String, provider: AIConfiguration.Provider?, url: String, found: AIConfiguration.Provider?
  ) throws {
    let endpoint = try Endpoint(text, provider: provider)
    #expect(endpoint.url == url)
    #expect(endpoint.provider == found)
  }

  @Test(
    "A configuration that cannot work is refused with advice",
    arguments: [
      AIConfiguration(endpoint: "localhost:8001/generate"), AIConfiguration(endpoint: "ftp://h/v1"),
      AIConfiguration(endpoint: "http:///v1"), AIConfiguration(endpoint: "http://h/somewhere"),
      AIConfiguration(provider: .openai), AIConfiguration(endpoint: "http://h/v1", provider: .builtin),
      AIConfiguration(endpoint: "http://h/v1", apiKey: "a\r\nX: y"),
      AIConfiguration(endpoint: "http://h/v1", timeout: .zero),
    ])
  func badConfiguration(configuration: AIConfiguration) {
    let error = #expect(throws: AIError.self) { try makeChatModel(configuration) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.detail.contains("AI_") == true)
  }

  @Test("Without an endpoint the built-in model answers")
  func builtIn() throws {
    #expect(try makeChatModel(AIConfiguration()).models == ["parley-offline"])
    #expect(try makeChatModel(AIConfiguration(endpoint: "", provider: .builtin)).models == ["parley-offline"])
  }

  @Test("A configuration tells neither its key nor its password")
  func secrecy() {
    let configuration = AIConfiguration(endpoint: "https://user:pass@h/v1", apiKey: "sk-secret")
    for text in ["\(configuration)", String(reflecting: configuration)] {
      #expect(text == "https://h")
    }
  }
}
