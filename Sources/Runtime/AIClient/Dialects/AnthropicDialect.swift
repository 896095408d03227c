import JSON

/// Anthropic's messages (`POST /v1/messages`), which llama.cpp and gateways speak too.
struct AnthropicDialect: Dialect {
  /// The API wants to be told how long an answer may be.
  private static let defaultMaxTokens = 4096
  private static let version = "2023-06-01"

  func headers(key: String?) -> [(name: String, value: String)] {
    [("anthropic-version", Self.version)] + (key.map { [("x-api-key", $0)] } ?? [])
  }

  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("model", model)
    json.member("max_tokens", prompt.maxTokens ?? Self.defaultMaxTokens)
    let system = prompt.messages.filter { $0.role == .system && !$0.content.isEmpty }.map(\.content)
    json.member("system", ifPresent: system.isEmpty ? nil : system.joined(separator: "\n\n"))
    json.name("messages")
    json.beginArray()
    // A conversation begins with the user's word, and no message is empty: the API refuses anything else.
    let spoken = prompt.messages.filter { $0.role != .system && !$0.content.isEmpty }
    for message in spoken.drop(while: { $0.role == .assistant }) { json.write(message) }
    json.endArray()
    // Its temperatures end at 1, where OpenAI's go on to 2.
    json.member("temperature", ifPresent: prompt.temperature.map { min($0, 1) })
    if prompt.isStreamed { json.member("stream", true) }
    json.endObject()
    return json.bytes
  }

  func reader(for prompt: ChatPrompt) -> AnswerReader {
    AnswerReader(.eventsOrWhole, AnthropicAnswer())
  }
}

/// A message, whole or in events.
struct AnthropicAnswer: Answer {
  private var reason: FinishReason?
  private var model: String?
  /// Counts are cumulative, and an event tells only those that changed.
  private var tokens = AnthropicTokens()
  private var hasCountedAll = false
  private var isFinished = false

  var isAnswered: Bool { reason != nil }

  fileprivate struct Event {
    var type: String?
    var text: String?
    var reason: String?
    var model: String?
    var tokens = AnthropicTokens()
    var error: ReportedError?
  }

  mutating func read(_ document: Framing.Document, into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    var event = Event()
    try JSONReader.read(document) { event.read(&$0) }
    if let error = event.error { throw error.error }
    if let name = event.model, !name.isEmpty { model = name }
    if let text = event.text, !text.isEmpty { events.append(.text(text)) }
    if let word = event.reason { reason = FinishReason(word: word) }
    if document.isWhole, event.type != "message" { throw AIError(.invalidResponse, "no message") }
    take(event.tokens, isLast: reason != nil, into: &events)
    if document.isWhole || event.type == "message_stop" { finish(reason ?? .other, into: &events) }
  }

  mutating func end(into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    guard let reason else { throw AIError(.interrupted, "the stream ended without a stop reason") }
    finish(reason, into: &events)
  }

  private mutating func finish(_ reason: FinishReason, into events: inout [ModelEvent]) {
    isFinished = true
    if !hasCountedAll, let count = ReportedTokens(prompt: tokens.prompt).count { events.append(.usage(count)) }
    events.append(.finished(reason, model: model))
  }

  /// What the beginning tells of the completion is a beginning: only the event with the stop reason counts all.
  private mutating func take(_ new: AnthropicTokens, isLast: Bool, into events: inout [ModelEvent]) {
    guard new != AnthropicTokens() else { return }
    tokens.update(with: new)
    guard var count = ReportedTokens(prompt: tokens.prompt, completion: tokens.output).count else { return }
    if isLast { hasCountedAll = true } else { count.source = .estimated }
    events.append(.usage(count))
  }
}

/// What the API counts; a cached prompt is counted apart.
private struct AnthropicTokens: Equatable {
  var input: Int?
  var cacheCreation: Int?
  var cacheRead: Int?
  var output: Int?

  var prompt: Int? {
    input.map { $0 + (cacheCreation ?? 0) + (cacheRead ?? 0) }
  }

  mutating func update(with new: AnthropicTokens) {
    input = new.input ?? input
    cacheCreation = new.cacheCreation ?? cacheCreation
    cacheRead = new.cacheRead ?? cacheRead
    output = new.output ?? output
  }

  mutating func read(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "input_tokens": input = json.tokens()
      case "cache_creation_input_tokens": cacheCreation = json.tokens()
      case "cache_read_input_tokens": cacheRead = json.tokens()
      case "output_tokens": output = json.tokens()
      default: json.skipValue()
      }
    }
  }
}

extension AnthropicAnswer.Event {
  /// An event, or the whole message: their members do not collide.
  fileprivate mutating func read(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "type": type = json.text()
      case "message": readMessage(&json)
      case "delta", "content_block": readBlock(&json)
      case "content": json.items { readBlock(&$0) }
      case "usage": tokens.read(&json)
      case "stop_reason": reason = json.text()
      case "model": model = json.text()
      case "error": error = ReportedError(&json)
      default: json.skipValue()
      }
    }
  }

  /// The message that a stream begins with.
  private mutating func readMessage(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "model": model = json.text()
      case "usage": tokens.read(&json)
      default: json.skipValue()
      }
    }
  }

  /// A block of the content, a piece of one, or the change of the message: thoughts have no `text`.
  private mutating func readBlock(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "text": text = (text ?? "") + (json.text() ?? "")
      case "stop_reason": reason = json.text()
      default: json.skipValue()
      }
    }
  }
}
