import Synchronization

/// A model behind HTTP.
final class UpstreamModel: ChatModel {
  let models: [String]
  let endpoint: Endpoint
  let client: CurlClient

  private let apiKey: String?
  private let timeout: Duration
  /// The dialects that the server may speak, likeliest first.
  private let dialects: [any Dialect]
  /// The place in `dialects` of the one that the server was found to speak.
  private let settled = Mutex<Int?>(nil)

  /// A model's answer is text; more than this is not one.
  private static let bodyLimit = 16 << 20

  init(endpoint: Endpoint, models: [String], apiKey: String?, timeout: Duration) {
    self.endpoint = endpoint
    self.models = models
    self.apiKey = apiKey
    self.timeout = timeout
    client = CurlClient()
    dialects =
      switch endpoint.provider {
      case .openai, .builtin: [OpenAIDialect()]
      case .tgi: [GenerateDialect.tgi]
      case .vllm: [GenerateDialect.vllm]
      case nil: [GenerateDialect.tgi, GenerateDialect.vllm]
      }
  }

  func events(for prompt: ChatPrompt) -> ModelEvents {
    ModelEvents { UpstreamAnswer(model: self, prompt: prompt) }
  }

  /// Any answer but a refusal of the key or a failure of the server will do: many servers have no such path.
  func probe() async throws(AIError) {
    let limit = min(timeout, .seconds(5))
    let limits = HTTPLimits(connect: limit, firstByte: limit, silence: limit, total: limit, bodyBytes: 4 << 20)
    let call = HTTPCall(method: .get, url: endpoint.probeURL, headers: headers, limits: limits)
    var exchange = client.send(call)
    while let event = try await exchange.next(isolation: nil) {
      guard case .head(let head) = event else { continue }
      let status = head.status
      if [401, 403, 429].contains(status) || status >= 500 { throw AIError(head, []) }
    }
  }

  /// The dialects to try, in order.
  var candidates: [(index: Int, dialect: any Dialect)] {
    let settled = settled.withLock { $0 }
    return dialects.enumerated().filter { settled == nil || $0.offset == settled }.map { ($0.offset, $0.element) }
  }

  /// Remembers that the server understood a dialect.
  func settle(_ index: Int) {
    settled.withLock { $0 = index }
  }

  func send(_ prompt: ChatPrompt, as dialect: any Dialect) -> HTTPExchange {
    let limits = HTTPLimits(
      connect: min(timeout, .seconds(10)), firstByte: timeout, silence: timeout,
      // A stream that goes on is alive; a whole answer has to be there in time.
      total: prompt.isStreamed ? timeout * 10 : timeout, bodyBytes: Self.bodyLimit)
    var headers = headers
    headers.append(("Content-Type", "application/json"))
    let body = dialect.body(for: prompt, model: prompt.model ?? models[0])
    return client.send(HTTPCall(method: .post, url: endpoint.url, headers: headers, body: body, limits: limits))
  }

  /// An error without the key, which some servers repeat in theirs.
  func redacted(_ error: AIError) -> AIError {
    guard let apiKey, !apiKey.isEmpty else { return error }
    return AIError(error.code, error.detail.replacing(apiKey, with: "[key]"), retryAfter: error.retryAfter)
  }

  private var headers: [(name: String, value: String)] {
    apiKey.map { [("Authorization", "Bearer \($0)")] } ?? []
  }
}

extension AIError {
  /// What a response that is no answer means.
  init(_ head: HTTPHead, _ body: [UInt8]) {
    let code: Code =
      switch head.status {
      case 401, 403: .unauthorized
      case 429: .rateLimited
      default: .upstreamStatus(head.status)
      }
    self.init(
      code, "status \(head.status): \(String(decoding: body.prefix(500), as: UTF8.self))",
      retryAfter: head.headers["retry-after"].flatMap(Int.init).map { .seconds($0) })
  }
}
