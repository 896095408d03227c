import JSON

/// OpenAI's chat completions (`POST /v1/chat/completions`), which vLLM, llama.cpp, Ollama and many others speak too.
struct OpenAIDialect: Dialect {
  /// Whether a stream is asked to end with its bill. Mistral, some gateways and older servers refuse to be.
  private var asksForUsage = true
  /// OpenAI's reasoning models refuse `max_tokens`, and older servers do not know the newer name.
  private var limitName: StaticString = "max_tokens"
  private(set) var isLasting = true

  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("model", model)
    json.name("messages")
    json.beginArray()
    for message in prompt.messages { json.write(message) }
    json.endArray()
    json.member("temperature", ifPresent: prompt.temperature)
    json.member(limitName, ifPresent: prompt.maxTokens)
    if prompt.isStreamed {
      json.member("stream", true)
      if asksForUsage {
        json.name("stream_options")
        json.beginObject()
        json.member("include_usage", true)
        json.endObject()
      }
    }
    json.endObject()
    return json.bytes
  }

  func reader(for prompt: ChatPrompt) -> AnswerReader {
    AnswerReader(.eventsOrWhole, OpenAIAnswer())
  }

  func alternative(for prompt: ChatPrompt, status: Int, refusal: String) -> (any Dialect)? {
    guard status == 400 || status == 422 else { return nil }
    var other = self
    if "\(limitName)" == "max_tokens", refusal.contains("max_completion_tokens") {
      other.limitName = "max_completion_tokens"
    } else if prompt.isStreamed, asksForUsage {
      other.asksForUsage = false
      // A refusal for another reason, after which this passes, must not cost the counts of every answer to come.
      other.isLasting = refusal.contains("stream_options") || refusal.contains("include_usage")
    } else {
      return nil
    }
    return other
  }
}

extension JSONWriter {
  /// Writes a message as OpenAI and those after it do.
  mutating func write(_ message: ChatMessage) {
    beginObject()
    member("role", message.role.rawValue)
    member("content", message.content)
    endObject()
  }
}

/// A completion, whole or in chunks.
struct OpenAIAnswer: Answer {
  private var reason: FinishReason?
  private var model: String?
  private var usage: TokenCount?
  private var isFinished = false

  var isAnswered: Bool { reason != nil }

  /// What a completion and a chunk hold of interest.
  fileprivate struct Chunk {
    var text: String?
    var reason: String?
    var hasMessage = false
    var model: String?
    var tokens = ReportedTokens()
    var error: ReportedError?
  }

  mutating func read(_ document: Framing.Document, into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    if document.bytes.elementsEqual("[DONE]".utf8) { return finish(reason ?? .other, into: &events) }
    var chunk = Chunk()
    try JSONReader.read(document) { chunk.read(&$0) }
    if let error = chunk.error { throw error.error }
    if let name = chunk.model, !name.isEmpty { model = name }
    if let text = chunk.text, !text.isEmpty { events.append(.text(text)) }
    // Some servers write an empty one where there is none yet.
    if let word = chunk.reason, !word.isEmpty { reason = FinishReason(word: word) }
    // Where a server counts in every chunk, each count holds all before.
    if let count = chunk.tokens.count, count != usage {
      usage = count
      events.append(.usage(count))
    }
    guard document.isWhole else { return }
    guard chunk.hasMessage else { throw AIError(.invalidResponse, "no choices[0].message") }
    // The body is whole, so the answer is: a server that forgets to say why has stopped.
    finish(reason ?? .stop, into: &events)
  }

  /// A server that closes after the finish reason, without `[DONE]`, has answered; one that does without it has not.
  mutating func end(into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    guard let reason else { throw AIError(.interrupted, "the stream ended without a finish reason") }
    finish(reason, into: &events)
  }

  private mutating func finish(_ reason: FinishReason, into events: inout [ModelEvent]) {
    isFinished = true
    events.append(.finished(reason, model: model))
  }
}

extension OpenAIAnswer.Chunk {
  fileprivate mutating func read(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "choices": json.firstItem { readChoice(&$0) }
      case "model": model = json.text()
      case "usage": readUsage(&json)
      // Some servers answer 200 and then say in the body, or in the stream, that they failed.
      case "error": error = ReportedError(&json)
      default: json.skipValue()
      }
    }
  }

  private mutating func readChoice(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "delta": readMessage(&json)
      case "message":
        hasMessage = json.kind() == .object
        readMessage(&json)
      case "finish_reason": reason = json.text()
      default: json.skipValue()
      }
    }
  }

  private mutating func readMessage(_ json: inout JSONReader) {
    var refusal: String?
    json.members { key, json in
      switch key {
      case "content": text = json.textOrParts()
      case "refusal": refusal = json.text()
      default: json.skipValue()
      }
    }
    if text == nil { text = refusal }
  }

  private mutating func readUsage(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "prompt_tokens": tokens.prompt = json.tokens()
      case "completion_tokens": tokens.completion = json.tokens()
      default: json.skipValue()
      }
    }
  }
}
