public import FoundationEssentials

/// The built-in model: a small rule-based conversationalist that needs no network, so that everything runs on a fresh
/// machine. It remembers what the conversation says, calculates, tells the time, and says what it cannot do.
///
/// Deterministic: the same conversation at the same time gets the same answer. Its tokens are the pieces of
/// `TokenEstimate`, which it writes one by one, counts, and stops at `maxTokens`.
public struct OfflineModel: ChatModel {
  public static let id = "parley-offline"

  public let models = [id]

  private let now: @Sendable () -> Date

  /// - Parameter now: the clock that it tells the time by.
  public init(now: @escaping @Sendable () -> Date = { Date.now }) {
    self.now = now
  }

  public func events(for prompt: ChatPrompt) -> ModelEvents {
    let now = now
    return ModelEvents { OfflineAnswer(to: prompt, at: now()) }
  }

  /// Always there.
  public func probe() async throws(AIError) {}
}

/// The tokens of one answer, each an event.
private struct OfflineAnswer: ModelEventSource {
  private let tokens: ArraySlice<Substring>
  private var rest: ArraySlice<Substring>
  private var end: ArraySlice<ModelEvent>

  init(to prompt: ChatPrompt, at now: Date) {
    let text = OfflineReply(to: prompt.messages, now: now).text
    let all = TokenEstimate.pieces(of: text)
    tokens = all.prefix(max(1, prompt.maxTokens ?? .max))
    rest = tokens
    let usage = TokenCount(
      prompt: TokenEstimate.count(of: prompt), completion: tokens.count, source: .provider)
    end = [.usage(usage), .finished(tokens.count < all.count ? .length : .stop, model: OfflineModel.id)]
  }

  mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> ModelEvent? {
    if Task.isCancelled { throw AIError(.cancelled) }
    if let token = rest.popFirst() { return .text(String(token)) }
    return end.popFirst()
  }
}
