/// One step of an answer.
///
/// A whole answer is any number of `retried`, then any number of `text`, then `usage`, then `finished`. `retried` never
/// comes after text. `usage` may come earlier as well, and more than once.
public enum ModelEvent: Sendable, Hashable {
  /// An attempt came to nothing before its first byte of text; another one follows. Whatever the attempt told before,
  /// usage included, is void: what it cost is in here.
  case retried(FailedAttempt)
  /// The next piece of the text, never empty.
  case text(String)
  /// What this attempt has cost so far: each replaces the one before, none is added to it. See `TokenCount.Source`.
  case usage(TokenCount)
  /// The end. An answer that ends without it was broken off.
  case finished(FinishReason, model: String?)
}

/// An attempt that came to nothing before its first byte of text.
public struct FailedAttempt: Sendable, Hashable {
  /// The model that was asked, as the configuration names it.
  public var model: String
  public var error: AIError
  /// What the provider charged; an estimate where it may have charged and did not say; nil where it did not, because
  /// it was not reached or refused.
  public var usage: TokenCount?
  /// The model that is asked next, as the configuration names it.
  public var next: String

  /// - Parameter next: nil for the same model again.
  public init(model: String, error: AIError, usage: TokenCount?, next: String? = nil) {
    self.model = model
    self.error = error
    self.usage = usage
    self.next = next ?? model
  }
}

/// What an answer costs, in tokens of the model.
public struct TokenCount: Sendable, Hashable {
  public enum Source: String, Sendable, Hashable {
    /// The provider counted. A zero of its is a zero.
    case provider
    /// Estimated at least in part: see `TokenEstimate.bill`.
    case estimated
  }

  public var prompt: Int
  public var completion: Int
  public var source: Source

  public init(prompt: Int, completion: Int, source: Source) {
    self.prompt = prompt
    self.completion = completion
    self.source = source
  }
}

public enum FinishReason: String, Sendable, Hashable {
  case stop
  /// The limit of tokens cut the text.
  case length
  case contentFilter = "content_filter"
  case other
}
