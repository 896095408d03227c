/// Reads the body of a response into events, however it is cut into pieces.
struct AnswerReader {
  private var framing: Framing
  private var answer: any Answer

  init(_ framing: Framing.Kind, _ answer: any Answer) {
    self.framing = Framing(framing)
    self.answer = answer
  }

  /// Whether the model said that its text is whole: what may still come is the bill.
  var isAnswered: Bool { answer.isAnswered }

  /// Appends the events that the next bytes complete, also where it throws.
  mutating func read(_ bytes: [UInt8], into events: inout [ModelEvent]) throws(AIError) {
    framing.append(bytes)
    while let document = try framing.next() { try answer.read(document, into: &events) }
  }

  /// Appends the events that the end of the body completes; the last is `finished` unless `read` gave it already.
  ///
  /// - Throws: `interrupted` where the answer is not whole.
  mutating func end(into events: inout [ModelEvent]) throws(AIError) {
    framing.end()
    while let document = try framing.next() { try answer.read(document, into: &events) }
    try answer.end(into: &events)
  }
}

/// The state of an answer whose JSON documents come one by one.
protocol Answer {
  var isAnswered: Bool { get }

  /// - Throws: the failure that the document tells, or `invalidResponse`.
  mutating func read(_ document: Framing.Document, into events: inout [ModelEvent]) throws(AIError)

  /// The body has ended.
  ///
  /// - Throws: `interrupted` where the answer is not whole.
  mutating func end(into events: inout [ModelEvent]) throws(AIError)
}
