/// Which models answer, and how they are reached.
public struct AIConfiguration: Sendable, Hashable {
  public enum Provider: String, Sendable, Hashable, CaseIterable {
    case openai, anthropic, ollama, tgi, vllm

    /// As messages list them.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
  }

  /// A model server. Its fields are those of `AI_MODEL_ENDPOINT`, `AI_PROVIDER`, `AI_MODEL` and `AI_API_KEY`.
  public struct Upstream: Sendable, Hashable {
    public var address: String
    /// Nil where the address's path tells.
    public var provider: Provider?
    /// The default first; empty for the server's own default.
    public var models: [String]
    public var apiKey: String?

    public init(_ address: String, provider: Provider? = nil, models: [String] = [], apiKey: String? = nil) {
      self.address = address
      self.provider = provider
      self.models = models
      self.apiKey = apiKey
    }
  }

  /// In the order in which they are asked: the first, and what stands in for it while it fails. Empty for the built-in
  /// model.
  public var upstreams: [Upstream]
  public var timeouts: Timeouts
  /// `AI_RETRIES`: how often a server is asked again before the next one is.
  public var retries: Int
  /// `AI_CONTEXT_TOKENS`: how many tokens prompt and answer may have together.
  public var contextTokens: Int
  /// `AI_PRICES`.
  public var prices: PriceTable

  /// What a context has unless it is configured: a window that nearly every model of today has.
  public static let defaultContextTokens = 16_384

  /// What a server is asked again unless it is configured.
  public static let defaultRetries = 2

  public init(
    _ upstreams: [Upstream] = [], timeouts: Timeouts = Timeouts(), retries: Int = defaultRetries,
    contextTokens: Int = defaultContextTokens, prices: PriceTable = PriceTable()
  ) {
    self.upstreams = upstreams
    self.timeouts = timeouts
    self.retries = retries
    self.contextTokens = contextTokens
    self.prices = prices
  }
}

/// How long a model may take. Each is more than zero.
public struct Timeouts: Sendable, Hashable {
  /// `AI_CONNECT_TIMEOUT`: until the connection stands, TLS included.
  public var connect: Duration
  /// `AI_FIRST_BYTE_TIMEOUT`: until the first byte of a streamed answer.
  public var firstByte: Duration
  /// `AI_IDLE_TIMEOUT`: between two pieces of an answer.
  public var idle: Duration
  /// `AI_TIMEOUT`: the whole answer, with all that is asked again and the waits between.
  public var total: Duration

  public init(
    connect: Duration = .seconds(10), firstByte: Duration = .seconds(60), idle: Duration = .seconds(30),
    total: Duration = .seconds(300)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}

extension AIConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
  /// Without keys, and without what stands in an address before `@`.
  public var description: String {
    upstreams.isEmpty ? "built-in model" : upstreams.map(\.description).joined(separator: ", then ")
  }

  public var debugDescription: String { description }
}

extension AIConfiguration.Upstream: CustomStringConvertible, CustomDebugStringConvertible {
  /// Without the key, and without what stands in the address before `@`.
  public var description: String {
    let origin = (try? Endpoint(address, provider: provider).origin) ?? "unusable address"
    return provider.map { "\(origin) (\($0.rawValue))" } ?? origin
  }

  public var debugDescription: String { description }
}

/// The model that a configuration describes. Nothing is connected yet: see `ChatModel.probe()`.
///
/// - Throws: `invalidConfiguration`, whose detail is a sentence that names the setting and says what to do.
public func makeChatModel(_ configuration: AIConfiguration) throws(AIError) -> any ChatModel {
  if configuration.upstreams.isEmpty { return OfflineModel() }
  let client = CurlClient()
  var servers: [UpstreamServer] = []
  for upstream in configuration.upstreams {
    servers.append(try UpstreamServer(upstream, timeouts: configuration.timeouts, client: client))
  }
  let policy = RetryPolicy(retries: configuration.retries)
  return UpstreamModel(servers: servers, timeouts: configuration.timeouts, policy: policy)
}
