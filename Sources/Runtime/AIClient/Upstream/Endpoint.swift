import FoundationEssentials

/// Where a model server is, and what kind of server it is.
struct Endpoint: Sendable, Hashable {
  /// Nil where the path is `/generate`, which two providers share.
  let provider: AIConfiguration.Provider?
  /// What prompts are sent to, unless the dialect knows a better one.
  let path: String
  /// Scheme, host and port; fit for a log.
  let origin: String
  private let components: URLComponents

  /// - Parameter provider: what `AI_PROVIDER` says; otherwise the path tells.
  /// - Throws: `invalidConfiguration`, with a sentence that says what to do.
  init(_ text: String, provider: AIConfiguration.Provider?) throws(AIError) {
    guard let components = URLComponents(string: text), let host = components.host, !host.isEmpty,
      let scheme = components.scheme?.lowercased(), scheme == "http" || scheme == "https"
    else { throw AIError(.invalidConfiguration, "AI_MODEL_ENDPOINT must be an http:// or https:// address.") }
    self.components = components
    origin = "\(scheme)://\(host)\(components.port.map { ":\($0)" } ?? "")"
    let path = components.path.droppingTrailingSlashes
    guard let provider = provider ?? Self.provider(of: path) else {
      guard path.hasSuffix("/generate") else {
        throw AIError(
          .invalidConfiguration,
          "The path of AI_MODEL_ENDPOINT does not tell the provider. Set AI_PROVIDER to one of \(AIConfiguration.Provider.names)."
        )
      }
      self.provider = nil
      self.path = path
      return
    }
    self.provider = provider
    self.path = Self.complete(path, of: provider)
  }

  /// The address of a path of this server.
  func url(_ path: String) -> String {
    var full = components
    full.path = path
    // Components that were read can be written.
    return full.string ?? origin + path
  }

  /// The address that answers without generating anything.
  var probeURL: String {
    switch provider {
    case .openai: url(path.replacing("/chat/completions", with: "/models"))
    case .anthropic: url(path.replacing("/messages", with: "/models"))
    case .ollama: url(path.replacing("/api/chat", with: "/api/version"))
    case .tgi, .vllm, nil: origin + "/health"
    }
  }

  private static func provider(of path: String) -> AIConfiguration.Provider? {
    if path.hasSuffix("/generate_stream") { return .tgi }
    if path.hasSuffix("/api/chat") { return .ollama }
    if path.hasSuffix("/messages") { return .anthropic }
    return path.isEmpty || path.hasSuffix("/chat/completions") || isVersion(path) ? .openai : nil
  }

  /// `/v1` becomes `/v1/chat/completions`.
  private static func complete(_ path: String, of provider: AIConfiguration.Provider) -> String {
    switch provider {
    case .openai:
      if path.hasSuffix("/chat/completions") { return path }
      return (path.isEmpty ? "/v1" : path) + "/chat/completions"
    case .anthropic:
      if path.hasSuffix("/messages") { return path }
      return isVersion(path) ? path + "/messages" : path + "/v1/messages"
    case .ollama:
      if path.hasSuffix("/api/chat") { return path }
      return path.hasSuffix("/api") ? path + "/chat" : path + "/api/chat"
    case .tgi:
      if path.hasSuffix("/generate_stream") { return String(path.dropLast("_stream".count)) }
      return path.isEmpty ? "/generate" : path
    case .vllm: return path.isEmpty ? "/generate" : path
    }
  }

  /// Whether the last part is a version: `/v1`, `/api/v3`.
  private static func isVersion(_ path: String) -> Bool {
    guard let last = path.split(separator: "/").last, last.first == "v" else { return false }
    return last.count > 1 && last.dropFirst().allSatisfy(\.isNumber)
  }
}

extension String {
  fileprivate var droppingTrailingSlashes: String {
    var text = self[...]
    while text.last == "/" { text = text.dropLast() }
    return String(text)
  }
}
