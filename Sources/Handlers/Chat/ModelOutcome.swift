import AIClient

/// What came of asking a model, besides the text.
struct ModelOutcome: Sendable {
  /// One time that a model was asked.
  struct Attempt: Sendable {
    /// As the provider names it, or else the one that was asked.
    var model: String
    /// What it cost; nil while nobody said so.
    var usage: TokenCount?
  }

  /// Those that came to nothing, in order.
  var failures: [Attempt] = []
  var last: Attempt
  /// nil: it broke off.
  var finishReason: FinishReason?
  var error: AIError?

  init(model: String) {
    last = Attempt(model: model)
  }

  /// Asks a model and listens to the end.
  ///
  /// - Parameter hear: is given the pieces of the text.
  static func listening(
    to model: any ChatModel, _ prompt: ChatPrompt, hear: (String) -> Void
  ) async -> ModelOutcome {
    var outcome = ModelOutcome(model: prompt.model ?? model.models[0])
    do {
      var events = model.events(for: prompt).makeAsyncIterator()
      while let event = try await events.next(isolation: nil) {
        switch event {
        case .retried(let failure):
          outcome.failures.append(Attempt(model: failure.model.storable, usage: failure.usage))
          outcome.last = Attempt(model: failure.next.storable)
        case .text(let piece): hear(piece)
        case .usage(let count): outcome.last.usage = count
        case .finished(let reason, let model):
          outcome.finishReason = reason
          if let model { outcome.last.model = model.storable }
        }
      }
    } catch {
      outcome.error = error
    }
    return outcome
  }
}

extension String {
  /// Without U+0000, which no text in the database can hold.
  var storable: String {
    utf8.contains(0) ? replacing("\0", with: "") : self
  }
}
