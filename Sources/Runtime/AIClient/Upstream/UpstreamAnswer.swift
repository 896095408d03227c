/// One answer of an upstream model while it comes in.
struct UpstreamAnswer: ModelEventSource {
  private let model: UpstreamModel
  private let prompt: ChatPrompt

  /// Dialects not tried yet.
  private var candidates: ArraySlice<(index: Int, dialect: any Dialect)>
  /// What the server said to the first dialect, if it did not understand it.
  private var misunderstanding: AIError?
  private var response: Response?
  private var pending: ArraySlice<ModelEvent> = []
  private var text = ""
  private var hasUsage = false
  private var isFinished = false

  private struct Response {
    var exchange: HTTPExchange
    let candidate: (index: Int, dialect: any Dialect)
    var head: HTTPHead?
    /// Nil for a response that is no answer.
    var decoder: (any AnswerDecoder)?
    /// The beginning of a body that is no answer.
    var refusal: [UInt8] = []
  }

  init(model: UpstreamModel, prompt: ChatPrompt) {
    self.model = model
    self.prompt = prompt
    candidates = model.candidates[...]
  }

  mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> ModelEvent? {
    while true {
      if let event = pending.popFirst() { return event }
      if isFinished { return nil }
      do throws(AIError) {
        try await step(isolation: actor)
      } catch {
        isFinished = true
        response = nil
        throw model.redacted(error)
      }
    }
  }

  /// Takes the next event of the response; sends a request before the first.
  ///
  /// The response is changed in place: a copy would copy the body that its decoder has collected, at every piece.
  private mutating func step(isolation actor: isolated (any Actor)?) async throws(AIError) {
    if response == nil, let candidate = candidates.popFirst() {
      response = Response(exchange: model.send(prompt, as: candidate.dialect), candidate: candidate)
    }
    if response == nil { throw misunderstanding ?? AIError(.invalidConfiguration, "no dialect") }
    let event = try await response?.exchange.next(isolation: actor)
    switch event {
    case .head(let head):
      response?.head = head
      if let candidate = response?.candidate, (200..<300).contains(head.status) {
        model.settle(candidate.index)
        let decoder = candidate.dialect.decoder(for: prompt, head: head)
        response?.decoder = decoder
      }
    case .body(let bytes):
      if let events = try response?.decoder?.read(bytes) {
        take(events)
      } else if let length = response?.refusal.count, length < 2048 {
        response?.refusal += bytes
      }
    case nil:
      try endResponse()
    }
  }

  private mutating func endResponse() throws(AIError) {
    guard var response, let head = response.head else { throw AIError(.interrupted, "no response") }
    self.response = nil
    if let events = try response.decoder?.end() {
      take(events)
      if !isFinished { throw AIError(.interrupted, "the answer ended without a finish reason") }
      return
    }
    let error = AIError(head, response.refusal)
    // vLLM does not check the body: a prompt that is not where it looks is a failure of its own (500).
    guard [400, 422, 500].contains(head.status), !candidates.isEmpty || misunderstanding != nil else { throw error }
    // The server does not know this body: the next dialect's turn, and if none is understood the first one's error.
    misunderstanding = misunderstanding ?? error
  }

  /// Queues events; a bill that the provider does not write is estimated before the end.
  private mutating func take(_ events: [ModelEvent]) {
    for event in events where !isFinished {
      switch event {
      case .text(let piece): text += piece
      case .usage: hasUsage = true
      case .retried: break
      case .finished:
        isFinished = true
        if !hasUsage { pending.append(.usage(TokenEstimate.count(of: prompt, answer: text))) }
      }
      pending.append(event)
    }
  }
}
