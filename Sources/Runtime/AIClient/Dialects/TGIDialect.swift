import JSON

/// text-generation-inference: `POST /generate` and `POST /generate_stream`, which know a text to be continued and no
/// conversation.
struct TGIDialect: Dialect {
  /// Whether a stream is asked for where one is wanted; some servers of this kind have none.
  private var streams = true
  /// Whether the server may be vLLM, whose path is the same.
  private let mayBeVLLM: Bool

  init(mayBeVLLM: Bool = false) {
    self.mayBeVLLM = mayBeVLLM
  }

  private func streams(_ prompt: ChatPrompt) -> Bool { streams && prompt.isStreamed }

  func path(for prompt: ChatPrompt, at path: String) -> String {
    streams(prompt) && path.hasSuffix("/generate") ? path + "_stream" : path
  }

  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("inputs", Transcript.text(of: prompt.messages))
    json.name("parameters")
    json.beginObject()
    json.member("max_new_tokens", prompt.maxTokens ?? Transcript.defaultMaxTokens)
    // The server refuses 0; without a temperature it decodes greedily, which is what 0 means.
    json.member("temperature", ifPresent: prompt.temperature == 0 ? nil : prompt.temperature)
    json.member("stop", [Transcript.stop])
    json.member("details", true)
    json.endObject()
    // For the servers that tell by it and not by the path.
    if streams(prompt) { json.member("stream", true) }
    json.endObject()
    return json.bytes
  }

  func reader(for prompt: ChatPrompt) -> AnswerReader {
    AnswerReader(.eventsOrWhole, TGIAnswer())
  }

  func alternative(for prompt: ChatPrompt, status: Int, refusal: String) -> (any Dialect)? {
    if streams(prompt), status == 404 || status == 405 {
      var whole = self
      whole.streams = false
      return whole
    }
    // vLLM does not check the body: a prompt that is not where it looks is a failure of its own (500).
    return mayBeVLLM && [400, 404, 422, 500].contains(status) ? VLLMDialect() : nil
  }
}

/// `{"generated_text", "details"}`, alone or in an array; or events of `{"token"}`, the last of which has both besides.
struct TGIAnswer: Answer {
  private(set) var isAnswered = false
  private var text = TranscriptAnswer()

  fileprivate struct Piece {
    var token: String?
    var isToken = false
    var isSpecial = false
    var generated: String?
    var reason: String?
    var tokens = ReportedTokens()
    var error: ReportedError?
    var errorType: String?
  }

  mutating func read(_ document: Framing.Document, into events: inout [ModelEvent]) throws(AIError) {
    if isAnswered { return }
    var piece = Piece()
    try JSONReader.read(document) { json in
      if json.kind() == .array { json.firstItem { piece.read(&$0) } } else { piece.read(&json) }
    }
    if var error = piece.error {
      error.type = error.type ?? piece.errorType
      throw error.error
    }
    guard piece.isToken || piece.generated != nil else { throw AIError(.invalidResponse, "no generated_text") }
    if let token = piece.token, !piece.isSpecial { append(text.take(token.utf8), to: &events) }
    guard let generated = piece.generated else { return }
    if !piece.isToken { append(text.take(generated.utf8), to: &events) }
    append(text.end(), to: &events)
    isAnswered = true
    if let count = piece.tokens.count { events.append(.usage(count)) }
    events.append(.finished(piece.reason.map(FinishReason.init(word:)) ?? .stop, model: nil))
  }

  mutating func end(into events: inout [ModelEvent]) throws(AIError) {
    if !isAnswered { throw AIError(.interrupted, "the stream ended without generated_text") }
  }

  private func append(_ text: String, to events: inout [ModelEvent]) {
    if !text.isEmpty { events.append(.text(text)) }
  }
}

extension TGIAnswer.Piece {
  fileprivate mutating func read(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "token":
        isToken = json.kind() == .object
        json.members { key, json in
          switch key {
          case "text": token = json.text()
          case "special": isSpecial = json.flag() ?? false
          default: json.skipValue()
          }
        }
      case "generated_text": generated = json.text()
      case "details": readDetails(&json)
      case "error": error = ReportedError(&json)
      case "error_type": errorType = json.text()
      default: json.skipValue()
      }
    }
  }

  private mutating func readDetails(_ json: inout JSONReader) {
    json.members { key, json in
      switch key {
      case "finish_reason": reason = json.text()
      case "generated_tokens": tokens.completion = json.tokens()
      // Told by streams only.
      case "input_length": tokens.prompt = json.tokens()
      default: json.skipValue()
      }
    }
  }
}
