import AIClient

extension AIConfiguration {
  /// What the settings say of models. With several addresses in `AI_MODEL_ENDPOINT` the other settings of a model have a
  /// value for each: see docs/models.md.
  ///
  /// - Throws: `ConfigurationError`.
  init(_ settings: Settings) throws(ConfigurationError) {
    self.init()
    upstreams = try Self.upstreams(settings)
    timeouts.connect = try settings.seconds(.aiConnectTimeout) ?? timeouts.connect
    timeouts.firstByte = try settings.seconds(.aiFirstByteTimeout) ?? timeouts.firstByte
    timeouts.idle = try settings.seconds(.aiIdleTimeout) ?? timeouts.idle
    timeouts.total = try settings.seconds(.aiTimeout) ?? timeouts.total
    retries = try settings.integer(.aiRetries, 0...10, "is not a number of retries (0 to 10)") ?? retries
    let tokens = 512...100_000_000
    contextTokens =
      try settings.integer(.aiContextTokens, tokens, "is not a number of tokens (512 or more)") ?? contextTokens
    do {
      prices = try PriceTable(settings[.aiPrices] ?? "")
    } catch {
      throw ConfigurationError(.aiPrices, error.detail)
    }
  }

  private static func upstreams(_ settings: Settings) throws(ConfigurationError) -> [Upstream] {
    let addresses = settings.list(.aiModelEndpoint)
    if addresses.isEmpty {
      guard let name = settings[.aiProvider], name.lowercased() != builtIn, try provider(name) != nil else { return [] }
      throw ConfigurationError(.aiProvider, name, "needs AI_MODEL_ENDPOINT, the address of the model")
    }
    let count = addresses.count
    let providers = try settings.values(.aiProvider, of: count, sharing: true)
    // A key is for one server: it must not be sent to another because somebody forgot to write that one's.
    let keys = try settings.values(.aiAPIKey, of: count, sharing: false)
    let models = try settings.values(.aiModel, of: count, separator: ";", sharing: true)
    var upstreams: [Upstream] = []
    for (index, address) in addresses.enumerated() {
      let names = models[index].split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
      let key = keys[index].isEmpty ? nil : keys[index]
      upstreams.append(Upstream(address, provider: try provider(providers[index]), models: names, apiKey: key))
    }
    return upstreams
  }

  private static let builtIn = "builtin"

  private static func provider(_ name: String) throws(ConfigurationError) -> Provider? {
    if name.isEmpty { return nil }
    if let provider = Provider(rawValue: name.lowercased()) { return provider }
    let fault =
      name.lowercased() == builtIn ? "needs no AI_MODEL_ENDPOINT" : "is not one of \(Provider.names), \(builtIn)"
    throw ConfigurationError(.aiProvider, name, fault)
  }
}

extension Settings {
  /// A value for each of several addresses. For a single address the whole text is the value.
  ///
  /// - Parameter sharing: Whether one value may stand for all.
  fileprivate func values(
    _ setting: Setting, of count: Int, separator: Character = ",", sharing: Bool
  ) throws(ConfigurationError) -> [String] {
    guard let text = self[setting] else { return Array(repeating: "", count: count) }
    if count == 1 { return [text] }
    let values = text.split(separator: separator, omittingEmptySubsequences: false).map(\.trimmed)
    if values.count == 1, sharing { return Array(repeating: values[0], count: count) }
    guard values.count == count else {
      throw ConfigurationError(
        setting,
        "the number of values is \(values.count), but AI_MODEL_ENDPOINT has \(count) addresses: "
          + "write one for each, separated by \(separator == "," ? "commas" : "semicolons"), empty where there is none")
    }
    return values
  }
}
