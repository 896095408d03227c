/// Which model answers, and how it is reached.
public struct AIConfiguration: Sendable, Hashable {
  public enum Provider: String, Sendable, Hashable, CaseIterable {
    case openai, tgi, vllm, builtin
  }

  /// `AI_MODEL_ENDPOINT`; nil or empty for the built-in model.
  public var endpoint: String?
  /// `AI_PROVIDER`; nil where the endpoint's path tells.
  public var provider: Provider?
  /// `AI_MODEL`, the default first; empty for the provider's own default.
  public var models: [String]
  /// `AI_API_KEY`.
  public var apiKey: String?
  /// `AI_TIMEOUT`: how long the server may stay silent, and how long a whole answer may take.
  public var timeout: Duration
  /// `AI_CONTEXT_TOKENS`: how many tokens prompt and answer may have together.
  public var contextTokens: Int
  /// `AI_PRICES`.
  public var prices: PriceTable

  /// What a context has unless it is configured: a window that nearly every model of today has.
  public static let defaultContextTokens = 16_000

  public init(
    endpoint: String? = nil, provider: Provider? = nil, models: [String] = [], apiKey: String? = nil,
    timeout: Duration = .seconds(60), contextTokens: Int = defaultContextTokens, prices: PriceTable = PriceTable()
  ) {
    self.endpoint = endpoint
    self.provider = provider
    self.models = models
    self.apiKey = apiKey
    self.timeout = timeout
    self.contextTokens = contextTokens
    self.prices = prices
  }
}

extension AIConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
  /// Without the key, and without what stands in the address before `@`.
  public var description: String {
    let suffix = provider.map { " (\($0.rawValue))" } ?? ""
    guard let endpoint, !endpoint.isEmpty else { return "built-in model" + suffix }
    return ((try? Endpoint(endpoint, provider: provider).origin) ?? "unusable address") + suffix
  }

  public var debugDescription: String { description }
}

/// The model that a configuration describes. Nothing is connected yet: see `ChatModel.probe()`.
///
/// - Throws: `invalidConfiguration`, whose detail is a sentence that says what to do.
public func makeChatModel(_ configuration: AIConfiguration) throws(AIError) -> any ChatModel {
  let address = configuration.endpoint.flatMap { $0.isEmpty ? nil : $0 }
  guard configuration.timeout > .zero else {
    throw AIError(.invalidConfiguration, "AI_TIMEOUT must be more than 0 seconds.")
  }
  switch (address, configuration.provider) {
  case (nil, nil), (nil, .builtin): return OfflineModel()
  case (nil, let provider?):
    throw AIError(.invalidConfiguration, "AI_PROVIDER is \(provider.rawValue), so AI_MODEL_ENDPOINT must be set.")
  case (.some, .builtin):
    throw AIError(.invalidConfiguration, "AI_PROVIDER is builtin, so AI_MODEL_ENDPOINT must not be set.")
  case (let address?, let provider):
    if let key = configuration.apiKey, key.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      throw AIError(.invalidConfiguration, "AI_API_KEY contains a control character.")
    }
    let endpoint = try Endpoint(address, provider: provider)
    return UpstreamModel(
      endpoint: endpoint, models: configuration.models.isEmpty ? ["default"] : configuration.models,
      apiKey: configuration.apiKey, timeout: configuration.timeout)
  }
}
