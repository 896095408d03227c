import Synchronization

/// One model server: how it is reached, and in which way it was found to want to be asked.
final class UpstreamServer: Sendable {
  let endpoint: Endpoint
  /// At least one, the default first.
  let models: [String]

  private let client: CurlClient
  private let apiKey: String?
  private let timeouts: Timeouts
  /// The ways that the server took, which differ by model and by whether a stream was asked for.
  private let taken = Mutex<[Asked: any Dialect]>([:])

  private struct Asked: Hashable {
    let model: String
    let isStreamed: Bool
  }

  /// - Throws: `invalidConfiguration`, with a sentence that names the setting and says what to do.
  init(_ upstream: AIConfiguration.Upstream, timeouts: Timeouts, client: CurlClient) throws(AIError) {
    if let key = upstream.apiKey, key.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      throw AIError(.invalidConfiguration, "AI_API_KEY contains a control character.")
    }
    endpoint = try Endpoint(upstream.address, provider: upstream.provider)
    if upstream.models.isEmpty, endpoint.provider == .anthropic || endpoint.provider == .ollama {
      throw AIError(.invalidConfiguration, "AI_MODEL must name the model that \(endpoint.origin) is to be asked for.")
    }
    models = upstream.models.isEmpty ? ["default"] : upstream.models
    apiKey = upstream.apiKey
    self.timeouts = timeouts
    self.client = client
  }

  /// The way to ask, as far as it is known.
  func dialect(for prompt: ChatPrompt, model: String) -> any Dialect {
    taken.withLock { $0[Asked(model: model, isStreamed: prompt.isStreamed)] }
      ?? AIConfiguration.Provider.dialect(of: endpoint.provider)
  }

  /// Remembers that the server took a way, if it is to last.
  func remember(_ dialect: any Dialect, for prompt: ChatPrompt, model: String) {
    guard dialect.isLasting else { return }
    taken.withLock { $0[Asked(model: model, isStreamed: prompt.isStreamed)] = dialect }
  }

  /// - Parameter limit: how long all of it may take.
  func send(_ prompt: ChatPrompt, model: String, as dialect: any Dialect, within limit: Duration) -> HTTPExchange {
    let limits = HTTPLimits(
      connect: min(timeouts.connect, limit),
      // What is not streamed begins when it is whole.
      firstByte: prompt.isStreamed ? min(timeouts.firstByte, limit) : limit,
      silence: min(timeouts.idle, limit), total: limit, bytes: dialect.bodyLimit(for: prompt))
    let headers = dialect.headers(key: apiKey) + [("Content-Type", "application/json")]
    return client.send(
      HTTPCall(
        method: .post, url: endpoint.url(dialect.path(for: prompt, at: endpoint.path)), headers: headers,
        body: dialect.body(for: prompt, model: model), limits: limits))
  }

  /// Why the server cannot be asked; nil where it can. Any answer but a refusal of the key or a failure of the server
  /// will do: many servers have no such path.
  func failureOfProbe() async -> AIError? {
    let limit = min(timeouts.total, .seconds(5))
    let limits = HTTPLimits(connect: limit, firstByte: limit, silence: limit, total: limit, bytes: 4 << 20)
    let headers = AIConfiguration.Provider.dialect(of: endpoint.provider).headers(key: apiKey)
    do throws(AIError) {
      var exchange = client.send(HTTPCall(method: .get, url: endpoint.probeURL, headers: headers, limits: limits))
      while let event = try await exchange.next(isolation: nil) {
        guard case .head(let head) = event else { continue }
        if [401, 403, 429].contains(head.status) || head.status >= 500 { throw AIError(head, []) }
      }
      return nil
    } catch {
      return told(error)
    }
  }

  /// An error as the log may have it: with the server's address, and without its key, which some servers repeat.
  func told(_ error: AIError) -> AIError {
    var detail = "\(endpoint.origin): \(error.detail)"
    if let apiKey, !apiKey.isEmpty { detail = detail.replacing(apiKey, with: "[key]") }
    return AIError(error.code, detail, retryAfter: error.retryAfter)
  }
}

extension AIError {
  /// What a response that is no answer means.
  init(_ head: HTTPHead, _ body: [UInt8]) {
    let text = "status \(head.status): \(String(decoding: body.prefix(500), as: UTF8.self))"
    let retryAfter = RetryAfter.duration(of: head.headers["retry-after"], sent: head.headers["date"])
    self.init(status: head.status, text, retryAfter: retryAfter)
  }

  /// What a status means, whether of the response or told within it.
  init(status: Int, _ detail: String, retryAfter: Duration? = nil) {
    let code: Code =
      switch status {
      case 401, 403: .unauthorized
      case 429: .rateLimited
      default: .upstreamStatus(status)
      }
    self.init(code, detail, retryAfter: retryAfter)
  }
}
