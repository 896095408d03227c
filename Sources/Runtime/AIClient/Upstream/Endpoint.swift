import FoundationEssentials

/// Where a model server is, and which dialect it speaks.
struct Endpoint: Sendable, Hashable {
  /// What requests are sent to.
  let url: String
  /// Nil where the path is `/generate`, which two providers share: the server's answer decides.
  let provider: AIConfiguration.Provider?
  /// Scheme, host and port; fit for a log, and the base of other paths.
  let origin: String

  /// - Parameter provider: what `AI_PROVIDER` says; otherwise the path tells.
  /// - Throws: `invalidConfiguration`, with a sentence that says what to do.
  init(_ text: String, provider: AIConfiguration.Provider?) throws(AIError) {
    guard let components = URLComponents(string: text), let host = components.host, !host.isEmpty,
      let scheme = components.scheme?.lowercased(), scheme == "http" || scheme == "https"
    else { throw AIError(.invalidConfiguration, "AI_MODEL_ENDPOINT must be an http:// or https:// address.") }
    origin = "\(scheme)://\(host)\(components.port.map { ":\($0)" } ?? "")"

    let path = components.path.droppingTrailingSlashes
    let (fullPath, found) = try Self.complete(path, provider: provider)
    self.provider = found
    var full = components
    full.path = fullPath
    guard let url = full.string else {
      throw AIError(.invalidConfiguration, "AI_MODEL_ENDPOINT cannot be completed to \(fullPath).")
    }
    self.url = url
  }

  /// The address that answers without generating anything.
  var probeURL: String {
    let completions = "/chat/completions"
    if let range = url.firstRange(of: completions) { return url[..<range.lowerBound] + "/models" }
    return origin + "/health"
  }

  private static func complete(
    _ path: String, provider: AIConfiguration.Provider?
  ) throws(AIError) -> (String, AIConfiguration.Provider?) {
    switch provider {
    case .openai: return (completingChat(path), .openai)
    case .tgi, .vllm: return (path.isEmpty ? "/generate" : path, provider)
    case .builtin, nil: break
    }
    if path.hasSuffix("/generate") { return (path, nil) }
    if path.isEmpty || path.hasSuffix("/chat/completions") || isVersion(path) {
      return (completingChat(path), .openai)
    }
    throw AIError(
      .invalidConfiguration,
      "The path of AI_MODEL_ENDPOINT does not tell the provider. Set AI_PROVIDER to openai, tgi or vllm.")
  }

  /// `/v1` becomes `/v1/chat/completions`.
  private static func completingChat(_ path: String) -> String {
    if path.hasSuffix("/chat/completions") { return path }
    return (path.isEmpty ? "/v1" : path) + "/chat/completions"
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
