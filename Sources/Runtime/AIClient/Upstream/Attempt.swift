/// One attempt to get an answer from one server: a request, or several while the server refuses the way in which it is
/// asked. It charges for at most the last.
struct Attempt {
  let server: UpstreamServer
  /// As the configuration names it.
  let model: String
  private let prompt: ChatPrompt
  private let deadline: ContinuousClock.Instant

  private var dialect: any Dialect
  /// What the server said to the first way, if it did not take it.
  private var firstRefusal: AIError?
  private var exchange: HTTPExchange
  private var head: HTTPHead?
  /// Nil for a response that is no answer.
  private var reader: AnswerReader?
  /// The beginning of a body that is no answer.
  private var refusal: [UInt8] = []

  /// Sends the request.
  init(_ prompt: ChatPrompt, to server: UpstreamServer, model: String, deadline: ContinuousClock.Instant) {
    self.prompt = prompt
    self.server = server
    self.model = model
    self.deadline = deadline
    dialect = server.dialect(for: prompt, model: model)
    exchange = server.send(prompt, model: model, as: dialect, within: deadline - .now)
  }

  /// Appends what comes next; the last event is `finished`. What was appended counts also where it throws.
  mutating func step(
    into events: inout [ModelEvent], isolation actor: isolated (any Actor)?
  ) async throws(AIError) {
    let event: HTTPEvent?
    do throws(AIError) {
      event = try await exchange.next(isolation: actor)
    } catch {
      // The text is whole: what the connection owes is at most the bill.
      guard reader?.isAnswered == true, error.code != .cancelled else { throw error }
      try reader?.end(into: &events)
      return
    }
    switch event {
    case .head(let head):
      self.head = head
      if (200..<300).contains(head.status) {
        server.remember(dialect, for: prompt, model: model)
        reader = dialect.reader(for: prompt)
      }
    case .body(let bytes):
      if reader != nil {
        try reader?.read(bytes, into: &events)
      } else if refusal.count < 4096 {
        refusal += bytes
      }
    case nil:
      guard let head else { throw AIError(.interrupted, "no response") }
      if reader != nil { try reader?.end(into: &events) } else { try takeRefusal(head) }
    }
  }

  /// The answer is finished: what the body may still hold is nothing, and the connection can be used again.
  func letGo() {
    exchange.letGo()
  }

  /// Asks in another way, if there is one; if the server takes none, what it said to the first counts.
  private mutating func takeRefusal(_ head: HTTPHead) throws(AIError) {
    let error = AIError(head, refusal)
    let text = String(decoding: refusal, as: UTF8.self)
    guard let other = dialect.alternative(for: prompt, status: head.status, refusal: text) else {
      throw firstRefusal ?? error
    }
    firstRefusal = firstRefusal ?? error
    dialect = other
    self.head = nil
    refusal = []
    exchange = server.send(prompt, model: model, as: other, within: deadline - .now)
  }
}
