import Security

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Decides which secret signs tokens.
struct SigningSecret {
  /// Whether a weak secret is replaced by a random one that is kept in a file.
  let dev: Bool
  /// Where that file is.
  let path: String

  init(dev: Bool, path: String = ".parley-dev-secret") {
    self.dev = dev
    self.path = path
  }

  /// The secret to use for the one that is configured.
  /// - Throws: `ConfigurationError` when it is weak and not replaced.
  func resolve(_ configured: String?) throws(ConfigurationError) -> String {
    let weakness: String
    switch configured.map(SecretStrength.init(of:)) {
    case .strong: return configured ?? ""
    case .weak(let reason): weakness = reason
    case nil: weakness = "is missing"
    }
    guard dev else {
      throw ConfigurationError(
        .jwtSecret, "the secret \(weakness); make one with: openssl rand -hex 32 (or start with --dev)")
    }
    if let secret = try kept() { return secret }
    return try make()
  }

  private func kept() throws(ConfigurationError) -> String? {
    let text: String?
    do {
      text = try TextFile.read(path)
    } catch {
      throw ConfigurationError("cannot read \(path): \(error)")
    }
    guard let secret = text?.trimmed else { return nil }
    guard case .strong = SecretStrength(of: secret) else {
      throw ConfigurationError("\(path) holds no secret: delete it, and a new one is made")
    }
    return secret
  }

  private func make() throws(ConfigurationError) -> String {
    let secret = SecretStrength.randomSecret()
    do {
      try TextFile.create(path, secret + "\n", mode: S_IRUSR | S_IWUSR)
    } catch {
      throw ConfigurationError("cannot keep a secret in \(path): \(error)")
    }
    return secret
  }
}
