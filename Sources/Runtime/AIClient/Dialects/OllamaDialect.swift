import JSON

/// Ollama's own chat (`POST /api/chat`): a JSON object a line.
struct OllamaDialect: Dialect {
  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("model", model)
    json.name("messages")
    json.beginArray()
    for message in prompt.messages { json.write(message) }
    json.endArray()
    // Without a word it streams.
    json.member("stream", prompt.isStreamed)
    if prompt.temperature != nil || prompt.maxTokens != nil {
      json.name("options")
      json.beginObject()
      json.member("temperature", ifPresent: prompt.temperature)
      json.member("num_predict", ifPresent: prompt.maxTokens)
      json.endObject()
    }
    json.endObject()
    return json.bytes
  }

  func reader(for prompt: ChatPrompt) -> AnswerReader {
    AnswerReader(prompt.isStreamed ? .lines : .whole, OllamaAnswer())
  }
}

/// A chat, whole or line by line; the last line says so and counts.
struct OllamaAnswer: Answer {
  private(set) var isAnswered = false

  fileprivate struct Line {
    var text: String?
    var isDone = false
    var hasMessage = false
    var reason: String?
    var model: String?
    var tokens = ReportedTokens()
    var error: ReportedError?
  }

  mutating func read(_ document: Framing.Document, into events: inout [ModelEvent]) throws(AIError) {
    if isAnswered { return }
    var line = Line()
    try JSONReader.read(document) { line.read(&$0) }
    if let error = line.error { throw error.error }
    guard line.hasMessage || line.isDone else { throw AIError(.invalidResponse, "no message") }
    if let text = line.text, !text.isEmpty { events.append(.text(text)) }
    guard line.isDone || document.isWhole else { return }
    isAnswered = true
    // A zero is left out of its JSON; and a prompt that was cached is, by some versions, not counted.
    if line.tokens.prompt != nil, line.tokens.completion == nil { line.tokens.completion = 0 }
    if let count = line.tokens.count { events.append(.usage(count)) }
    events.append(.finished(line.reason.map(FinishReason.init(word:)) ?? .stop, model: line.model))
  }

  mutating func end(into events: inout [ModelEvent]) throws(AIError) {
    if !isAnswered { throw AIError(.interrupted, "the stream ended before it was done") }
  }
}

extension OllamaAnswer.Line {
  fileprivate mutating func read(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "message":
        hasMessage = json.kind() == .object
        json.members { key, json in
          switch key {
          case "content": text = json.text()
          default: json.skipValue()
          }
        }
      case "done": isDone = json.flag() ?? false
      case "done_reason": reason = json.text()
      case "model": model = json.text()
      case "prompt_eval_count": tokens.prompt = json.tokens()
      case "eval_count": tokens.completion = json.tokens()
      case "error": error = ReportedError(&json)
      default: json.skipValue()
      }
    }
  }
}
