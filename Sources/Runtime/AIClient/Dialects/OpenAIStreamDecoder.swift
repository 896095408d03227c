import JSON

/// Reads a streamed completion: server-sent events, each a chunk with a delta, at last `[DONE]`.
struct OpenAIStreamDecoder: AnswerDecoder {
  private var parser = ServerSentEvents()
  private var usage: TokenCount?
  private var reason: FinishReason?
  private var model: String?
  private var isFinished = false

  mutating func read(_ bytes: [UInt8]) throws(AIError) -> [ModelEvent] {
    var events: [ModelEvent] = []
    for data in try parser.read(bytes) { try read(data: data, into: &events) }
    return events
  }

  /// A server that closes after the finish reason, without `[DONE]`, has answered; one that does without it has not.
  mutating func end() throws(AIError) -> [ModelEvent] {
    var events: [ModelEvent] = []
    if let data = parser.end() { try read(data: data, into: &events) }
    if isFinished { return events }
    guard let reason else { throw AIError(.interrupted, "the stream ended without a finish reason") }
    return events + finish(reason)
  }

  private mutating func read(data: [UInt8], into events: inout [ModelEvent]) throws(AIError) {
    if isFinished { return }
    if data.elementsEqual("[DONE]".utf8) {
      events += finish(reason ?? .other)
      return
    }
    let chunk = try JSONValue(answer: data)
    if let error = OpenAIAnswer.error(chunk) { throw error }
    if let name = chunk["model"]?.string { model = name }
    // Where a server counts in every chunk, its counts are cumulative: the last one holds.
    if let count = OpenAIAnswer.usage(chunk["usage"]) { usage = count }
    guard let choice = chunk["choices"]?[0] else { return }
    if let text = OpenAIAnswer.text(choice["delta"]?["content"]), !text.isEmpty { events.append(.text(text)) }
    if let text = choice["finish_reason"]?.string { reason = FinishReason(openAI: text) }
  }

  private mutating func finish(_ reason: FinishReason) -> [ModelEvent] {
    isFinished = true
    let end = ModelEvent.finished(reason, model: model)
    return usage.map { [.usage($0), end] } ?? [end]
  }
}
