import JSON

/// Reads an answer that is one JSON document.
struct WholeBodyDecoder: AnswerDecoder {
  /// The events of the document.
  let events: @Sendable (JSONValue) throws(AIError) -> [ModelEvent]
  private var body: [UInt8] = []

  init(events: @escaping @Sendable (JSONValue) throws(AIError) -> [ModelEvent]) {
    self.events = events
  }

  mutating func read(_ bytes: [UInt8]) -> [ModelEvent] {
    body += bytes
    return []
  }

  mutating func end() throws(AIError) -> [ModelEvent] {
    try events(JSONValue(answer: body))
  }
}

extension JSONValue {
  /// What a model server says is JSON.
  init(answer bytes: [UInt8]) throws(AIError) {
    do {
      self = try JSONReader.read(JSONValue.self, from: bytes)
    } catch {
      throw AIError(.invalidResponse, "not JSON: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
    }
  }
}
