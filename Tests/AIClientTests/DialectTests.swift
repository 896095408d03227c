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

  /// The events of a body.
  func events(of body: String, as dialect: any Dialect, cut: Int = .max) throws -> [ModelEvent] {
    try Self.events(of: Array(body.utf8), as: dialect, for: prompt, cut: cut)
  }

  static func events(
    of body: [UInt8], as dialect: any Dialect, for prompt: ChatPrompt, cut: Int
  ) throws -> [ModelEvent] {
    var reader = dialect.reader(for: prompt)
    var events: [ModelEvent] = []
    var rest = body[...]
    while !rest.isEmpty {
      try reader.read(Array(rest.prefix(cut)), into: &events)
      rest = rest.dropFirst(cut)
    }
    try reader.end(into: &events)
    return events
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
      try json(TGIDialect().body(for: prompt, model: "m")) == [
        "inputs": transcript,
        "parameters": ["max_new_tokens": 20, "temperature": 0.5, "stop": ["\nUser:"], "details": true],
      ])
    #expect(
      try json(VLLMDialect().body(for: prompt, model: "m")) == [
        "prompt": transcript, "max_tokens": 20, "temperature": 0.5, "stop": ["\nUser:"],
      ])
  }

  @Test("A temperature of 0 is left out for text-generation-inference, which refuses it")
  func greedy() throws {
    var prompt = prompt
    prompt.temperature = 0
    let body = try json(TGIDialect().body(for: prompt, model: "m"))
    #expect(body["parameters"]?["temperature"] == nil)
  }

  @Test("A message is asked for with the system prompt apart, a limit, and the user's word first")
  func anthropicRequest() throws {
    var prompt = prompt
    prompt.messages.insert(ChatMessage(role: .assistant, content: "Cut off."), at: 1)
    prompt.messages.insert(ChatMessage(role: .user, content: ""), at: 3)
    prompt.messages.append(ChatMessage(role: .system, content: "Be brief."))
    prompt.temperature = 1.5
    let messages: JSONValue = [
      ["role": "user", "content": "Hi \"you\"\n"], ["role": "assistant", "content": "Hello."],
      ["role": "user", "content": "How are you?"],
    ]
    #expect(
      try json(AnthropicDialect().body(for: prompt, model: "m")) == [
        "model": "m", "max_tokens": 20, "system": "Be kind.\n\nBe brief.", "messages": messages, "temperature": 1,
      ])
    let short = ChatPrompt(messages: [ChatMessage(role: .user, content: "Hi")])
    #expect(
      try json(AnthropicDialect().body(for: short, model: "m")) == [
        "model": "m", "max_tokens": 4096, "messages": [["role": "user", "content": "Hi"]], "stream": true,
      ])
    let headers = AnthropicDialect().headers(key: "sk").map { (header: (name: String, value: String)) in
      "\(header.name): \(header.value)"
    }
    #expect(headers == ["anthropic-version: 2023-06-01", "x-api-key: sk"])
  }

  @Test("Ollama is told whether to stream, and its options")
  func ollamaRequest() throws {
    let body = try json(OllamaDialect().body(for: prompt, model: "m"))
    #expect(body["stream"] == false && body["options"] == ["temperature": 0.5, "num_predict": 20])
    #expect(body["messages"]?.array?.count == 4 && body["messages"]?[0] == ["role": "system", "content": "Be kind."])
    let short = ChatPrompt(messages: [ChatMessage(role: .user, content: "Hi")])
    #expect(
      try json(OllamaDialect().body(for: short, model: "m")) == [
        "model": "m", "messages": [["role": "user", "content": "Hi"]], "stream": true,
      ])
  }

  @Test("A stream of text-generation-inference has a path of its own, one of vLLM a member")
  func generateStreams() throws {
    let prompt = ChatPrompt(messages: [ChatMessage(role: .user, content: "Hi")])
    #expect(TGIDialect().path(for: prompt, at: "/x/generate") == "/x/generate_stream")
    #expect(TGIDialect().path(for: prompt, at: "/") == "/")
    #expect(TGIDialect().path(for: self.prompt, at: "/x/generate") == "/x/generate")
    #expect(VLLMDialect().path(for: prompt, at: "/generate") == "/generate")
    #expect(try json(VLLMDialect().body(for: prompt, model: "m"))["stream"] == true)
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
      "<html>", "{}", "[]", "null", #"{"choices":[]}"#, #"{"choices":[{}]}"#, #"{"choices":[{"message":{"#,
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
    // What it read it does not count.
    let count = TokenCount(prompt: 0, completion: 4, source: .estimated)
    #expect(
      try events(of: body, as: TGIDialect())
        == [.text("I am fine."), .usage(count), .finished(.length, model: nil)])
  }

  @Test("vLLM's repetition of the prompt is left out")
  func vllm() throws {
    let transcript = Transcript.text(of: prompt.messages)
    let body = JSONWriter.write(["text": [.string(transcript + " I am fine.")]] as JSONValue)
    for text in [String(decoding: body, as: UTF8.self), #"{"text":["I am fine."]}"#, #"{"text":"I am fine."}"#] {
      #expect(try events(of: text, as: VLLMDialect()) == [.text("I am fine."), .finished(.stop, model: nil)])
    }
  }

  @Test("A message of Anthropic is read: text of every block but thoughts, and all of the prompt's tokens")
  func anthropicAnswer() throws {
    let body = """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-20250514","content":[
      {"type":"thinking","thinking":"Hm.","signature":"x"},{"type":"text","text":"Grüße"},{"type":"text","text":" 👋"}],
      "stop_reason":"max_tokens","stop_sequence":null,
      "usage":{"input_tokens":10,"cache_creation_input_tokens":3,"cache_read_input_tokens":7,"output_tokens":9}}
      """
    #expect(
      try events(of: body, as: AnthropicDialect()) == [
        .text("Grüße 👋"), .usage(TokenCount(prompt: 20, completion: 9, source: .provider)),
        .finished(.length, model: "claude-sonnet-4-20250514"),
      ])
  }

  @Test("A chat of Ollama is read")
  func ollamaAnswer() throws {
    let body = """
      {"model":"llama3.2","created_at":"2023-12-12T14:13:43.4Z","message":{"role":"assistant","content":"Hi."},
      "done":true,"done_reason":"length","total_duration":1,"prompt_eval_count":26,"eval_count":3}
      """
    #expect(
      try events(of: body, as: OllamaDialect()) == [
        .text("Hi."), .usage(TokenCount(prompt: 26, completion: 3, source: .provider)),
        .finished(.length, model: "llama3.2"),
      ])
  }

  @Test(
    "Every word for the end is understood",
    arguments: [
      ("stop", .stop), ("eos_token", .stop), ("stop_sequence", .stop), ("end_turn", .stop), ("length", .length),
      ("max_tokens", .length), ("model_context_window_exceeded", .length), ("content_filter", .contentFilter),
      ("refusal", .contentFilter), ("tool_calls", .other), ("pause_turn", .other),
    ] as [(String, FinishReason)])
  func reasons(word: String, reason: FinishReason) {
    #expect(FinishReason(word: word) == reason)
  }

  @Test(
    "An error object is read in each dialect's shape",
    arguments: [
      (#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, .upstreamStatus(529)),
      (#"{"type":"error","error":{"type":"rate_limit_error","message":"Slow"}}"#, .rateLimited),
      (#"{"type":"error","error":{"type":"authentication_error","message":"Key"}}"#, .unauthorized),
      (#"{"type":"error","error":{"type":"new_error","message":"?"}}"#, .interrupted),
    ] as [(String, AIError.Code)])
  func anthropicErrors(body: String, code: AIError.Code) {
    let error = #expect(throws: AIError.self) { try events(of: body, as: AnthropicDialect()) }
    #expect(error?.code == code)
  }

  @Test("A failure of text-generation-inference and of Ollama is a text")
  func textErrors() {
    let tgi = #expect(throws: AIError.self) {
      try events(of: #"{"error":"Model is overloaded","error_type":"overloaded"}"#, as: TGIDialect())
    }
    #expect(tgi?.code == .rateLimited && tgi?.detail.contains("Model is overloaded") == true)
    let ollama = #expect(throws: AIError.self) {
      try events(of: #"{"error":"model 'x' not found"}"#, as: OllamaDialect())
    }
    #expect(ollama?.code == .interrupted && ollama?.detail.contains("not found") == true)
  }

  @Test("What is no answer of /generate is an invalid response", arguments: ["{}", "[]", "nope", #"{"text":[]}"#])
  func generateGarbage(body: String) {
    for dialect in [TGIDialect(), VLLMDialect()] as [any Dialect] {
      let error = #expect(throws: AIError.self) { try events(of: body, as: dialect) }
      #expect(error?.code == .invalidResponse)
    }
  }
}
