/// Something that answers conversations: a provider behind HTTP, or the built-in offline model.
public protocol ChatModel: Sendable {
  /// The models that a prompt may name, at least one; the first is the default.
  var models: [String] { get }

  /// Answers. See `ModelEvents` for when it starts and how it is stopped.
  func events(for prompt: ChatPrompt) -> ModelEvents

  /// Whether the model can be asked, without asking it anything that costs.
  func probe() async throws(AIError)
}

/// A whole answer.
public struct ChatReply: Sendable, Hashable {
  public var text: String
  public var finishReason: FinishReason
  public var usage: TokenCount
  /// The model that answered, as the provider names it.
  public var model: String?

  public init(text: String, finishReason: FinishReason, usage: TokenCount, model: String?) {
    self.text = text
    self.finishReason = finishReason
    self.usage = usage
    self.model = model
  }
}

extension ChatModel {
  /// The whole answer at once.
  public func reply(to prompt: ChatPrompt) async throws(AIError) -> ChatReply {
    var prompt = prompt
    prompt.isStreamed = false
    var text = ""
    var usage: TokenCount?
    var events = events(for: prompt).makeAsyncIterator()
    while let event = try await events.next(isolation: nil) {
      switch event {
      case .retried: usage = nil
      case .text(let piece): text += piece
      case .usage(let count): usage = count
      case .finished(let reason, let model):
        let usage = TokenEstimate.bill(of: prompt, answer: text, counted: usage)
        return ChatReply(text: text, finishReason: reason, usage: usage, model: model)
      }
    }
    throw AIError(.interrupted, "the answer ended without a finish reason")
  }
}
