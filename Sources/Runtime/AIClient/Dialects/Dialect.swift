/// The way one kind of model server is asked, and answers.
protocol Dialect: Sendable {
  /// The request body: JSON.
  func body(for prompt: ChatPrompt, model: String) -> [UInt8]

  /// Reads one successful response.
  func decoder(for prompt: ChatPrompt, head: HTTPHead) -> any AnswerDecoder
}

/// Reads the body of a response into events, however it is cut into pieces.
protocol AnswerDecoder {
  /// The events that the next bytes complete.
  mutating func read(_ bytes: [UInt8]) throws(AIError) -> [ModelEvent]

  /// The events that the end of the body completes; the last is `finished` unless `read` gave it already.
  mutating func end() throws(AIError) -> [ModelEvent]
}
