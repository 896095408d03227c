/// One answer of an upstream model while it comes in: attempts at its servers, one after the other, until one has given
/// its first byte of text.
struct UpstreamAnswer: ModelEventSource {
  private let model: UpstreamModel
  private let prompt: ChatPrompt
  private var deadline: ContinuousClock.Instant?

  /// The place of the server that is asked, and how often it was.
  private var place = 0
  private var attempts = 0
  /// Nil between attempts.
  private var attempt: Attempt?

  private var pending: [ModelEvent] = []
  private var position = 0
  /// Why the attempt ended, once what it gave before is read.
  private var failure: AIError?
  private var text = ""
  private var usage: TokenCount?
  private var isOver = false

  init(model: UpstreamModel, prompt: ChatPrompt) {
    self.model = model
    self.prompt = prompt
  }

  mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> ModelEvent? {
    while true {
      if position < pending.count {
        position += 1
        if let event = pass(pending[position - 1]) { return event }
        continue
      }
      if isOver { return nil }
      if let failure { return try await takeUp(failure, isolation: actor) }
      pending.removeAll(keepingCapacity: true)
      position = 0
      do throws(AIError) {
        try await step(isolation: actor)
      } catch {
        failure = attempt?.server.told(error) ?? error
      }
    }
  }

  private mutating func step(isolation actor: isolated (any Actor)?) async throws(AIError) {
    if attempt == nil {
      let deadline = deadline ?? ContinuousClock.now + model.timeouts.total
      self.deadline = deadline
      attempts += 1
      let server = model.servers[place]
      attempt = Attempt(prompt, to: server, model: model.name(of: prompt.model, at: place), deadline: deadline)
    }
    // In place: a copy of the attempt would copy what its reader has collected, at every piece.
    try await attempt?.step(into: &pending, isolation: actor)
  }

  /// Notes what an event says, and completes it; nil for what need not be said.
  private mutating func pass(_ event: ModelEvent) -> ModelEvent? {
    if isOver { return nil }
    switch event {
    case .retried: break
    case .text(let piece): text += piece
    case .usage(let count): usage = count
    case .finished(let reason, let name):
      let bill = TokenEstimate.complete(usage, of: prompt, answer: text)
      if bill != usage {
        usage = bill
        position -= 1
        return .usage(bill)
      }
      isOver = true
      let model = name ?? attempt?.model
      attempt?.letGo()
      return .finished(reason, model: model)
    }
    return event
  }

  /// Decides what follows an attempt that failed, and waits until it is time for that.
  private mutating func takeUp(
    _ error: AIError, isolation actor: isolated (any Actor)?
  ) async throws(AIError) -> ModelEvent {
    let model = attempt?.model ?? ""
    // Closes the connection.
    attempt = nil
    let left = deadline.map { $0 - .now } ?? .zero
    let step =
      text.isEmpty
      ? self.model.policy.step(after: error, attempt: attempts, left: left, random: .random(in: 0...1)) : .fail
    switch step {
    case .again(let wait):
      // Who leaves meanwhile has to pay for no other attempt.
      guard (try? await Task.sleep(for: wait)) != nil else {
        isOver = true
        throw error
      }
    case .next where place + 1 < self.model.servers.count:
      place += 1
      attempts = 0
    case .next, .fail:
      isOver = true
      throw error
    }
    let charged = usage != nil || error.mayHaveCost
    let bill = charged ? TokenEstimate.bill(of: prompt, answer: "", counted: usage) : nil
    failure = nil
    usage = nil
    let next = self.model.name(of: prompt.model, at: place)
    return .retried(FailedAttempt(model: model, error: error, usage: bill, next: next))
  }
}
