/// One step of an answer. A whole answer is any number of `text`, then one `usage`, then `finished`.
public enum ModelEvent: Sendable, Hashable {
  /// The next piece of the text.
  case text(String)
  case usage(TokenCount)
  /// The end. An answer that ends without it was broken off.
  case finished(FinishReason, model: String?)
}

/// What an answer costs, in tokens of the model.
public struct TokenCount: Sendable, Hashable {
  public enum Source: String, Sendable, Hashable {
    /// The provider counted.
    case provider
    /// The provider said nothing, so that `TokenEstimate` counted.
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

  public var total: Int { prompt + completion }
}

public enum FinishReason: String, Sendable, Hashable {
  case stop
  /// The limit of tokens cut the text.
  case length
  case contentFilter = "content_filter"
  case other
}
