import Values

/// Whether a secret may sign tokens in production.
public enum SecretStrength: Sendable, Hashable {
  case strong
  /// The reason continues the sentence "The secret …", for a person who has to choose another one.
  case weak(reason: String)

  /// The least length of a secret in bytes: as many as SHA-256 gives (RFC 7518 §3.2).
  public static let minimumLength = 32

  public init(of secret: String) {
    let secret = secret.drop { $0.isWhitespace }
    let plain = secret.lowercased().filter { $0.isLetter || $0.isNumber }
    if secret.isEmpty {
      self = .weak(reason: "is empty")
    } else if Self.published.contains(plain) || Self.placeholders.contains(where: plain.contains) {
      self = .weak(reason: "is a placeholder that everyone knows")
    } else if secret.utf8.count < Self.minimumLength {
      self = .weak(reason: "is \(secret.utf8.count) bytes long and needs \(Self.minimumLength)")
    } else if Set(secret.utf8).count < 8 {
      self = .weak(reason: "repeats too few different characters")
    } else {
      self = .strong
    }
  }

  /// A new secret of 48 random bytes in base64url: 64 characters.
  public static func randomSecret() -> String {
    String(decoding: Base64URL.encode(Random.bytes(48)), as: UTF8.self)
  }

  /// What people leave standing, as letters and digits in lower case. Long enough not to turn up in random text.
  private static let placeholders = [
    "yoursecret", "yourjwtsecret", "changeme", "changethis", "changeit", "replaceme", "replacethis", "placeholder",
    "supersecret", "secretkey", "jwtsecret", "mysecret", "topsecret", "password", "your256bitsecret", "stringsecret",
    "insecure",
  ]

  /// Whole secrets that were published: short words, and the key of FastAPI's tutorial.
  private static let published: Set<String> = [
    "secret", "test", "default", "example", "dev", "development",
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
  ]
}
