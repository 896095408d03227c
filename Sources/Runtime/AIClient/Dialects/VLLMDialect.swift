import JSON

/// vLLM's plain `POST /generate`, which knows a text to be continued and no conversation.
struct VLLMDialect: Dialect {
  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("prompt", Transcript.text(of: prompt.messages))
    json.member("max_tokens", prompt.maxTokens ?? Transcript.defaultMaxTokens)
    json.member("temperature", ifPresent: prompt.temperature)
    json.member("stop", [Transcript.stop])
    if prompt.isStreamed { json.member("stream", true) }
    json.endObject()
    return json.bytes
  }

  func reader(for prompt: ChatPrompt) -> AnswerReader {
    let transcript = Transcript.text(of: prompt.messages)
    return AnswerReader(prompt.isStreamed ? .lines : .whole, VLLMAnswer(transcript: transcript))
  }

  /// Each line repeats the prompt and all of the answer so far.
  func bodyLimit(for prompt: ChatPrompt) -> Int { prompt.isStreamed ? 1 << 30 : 16 << 20 }
}

/// `{"text": [...]}`, once or line by line: the prompt, and behind it the whole text so far. The server neither counts
/// nor says why it stopped.
struct VLLMAnswer: Answer {
  let isAnswered = false
  private var text = TranscriptAnswer()
  /// What the lines so far said, prompt included.
  private var known: [UInt8]
  private var hasText = false
  private var isFinished = false

  init(transcript: String) {
    known = Array(transcript.utf8)
  }

  mutating func read(_ document: Framing.Document, into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    var text: String?
    var error: ReportedError?
    try JSONReader.read(document) { json in
      json.members { key, json in
        switch key {
        case "text": if json.kind() == .array { json.firstItem { text = $0.text() } } else { text = json.text() }
        case "error": error = ReportedError(&json)
        default: json.skipValue()
        }
      }
    }
    if let error { throw error.error }
    guard let text else { throw AIError(.invalidResponse, "no text[0]") }
    hasText = true
    append(self.text.take(news(in: Array(text.utf8))), to: &events)
    if document.isWhole { finish(into: &events) }
  }

  /// Only the end of the body, if it is the end that HTTP says, tells that the text is whole.
  mutating func end(into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    guard hasText else { throw AIError(.interrupted, "the stream ended without a text") }
    finish(into: &events)
  }

  private mutating func finish(into events: inout [ModelEvent]) {
    isFinished = true
    append(text.end(), to: &events)
    events.append(.finished(.stop, model: nil))
  }

  /// What a text says that was not known; of a server that tells only news, or does not repeat the prompt, all.
  private mutating func news(in text: [UInt8]) -> ArraySlice<UInt8> {
    let repeats = text.starts(with: known)
    defer { known = text }
    return repeats ? text[known.count...] : text[...]
  }

  private func append(_ text: String, to events: inout [ModelEvent]) {
    if !text.isEmpty { events.append(.text(text)) }
  }
}
