public import FoundationEssentials
import Values

/// A refresh token: whose session it belongs to, and a secret that serves once. The server keeps only its digest.
///
/// The ids let a token that served long ago be told from one that never existed, so that its session can be ended. The
/// secret that serves next is derived from the one before, so that parallel tabs that send the same token get the same
/// answer.
public struct RefreshToken: Sendable, Hashable {
  public let subject: UUID
  public let session: UUID
  private let secret: [UInt8]

  /// The first token of a session.
  public init(subject: UUID, session: UUID) {
    self.init(subject: subject, session: session, secret: Random.bytes(RefreshToken.secretLength))
  }

  /// The token that a client sent; nil where it was not made with this key. Its seal keeps one who only knows the ids,
  /// which stand in every access token, from ending the session with a token of his own making.
  public init?(text: String, key: RefreshKey) {
    guard let bytes = Base64URL.decode(text.utf8), bytes.count == RefreshToken.length + 32,
      equalInConstantTime(bytes[RefreshToken.length...], key.seal(bytes[..<RefreshToken.length]))
    else { return nil }
    self.init(
      subject: UUID(bytes: bytes[0..<16]), session: UUID(bytes: bytes[16..<32]),
      secret: Array(bytes[32..<RefreshToken.length]))
  }

  private init(subject: UUID, session: UUID, secret: [UInt8]) {
    self.subject = subject
    self.session = session
    self.secret = secret
  }

  /// The token that serves after this one.
  public func successor(key: RefreshKey) -> RefreshToken {
    RefreshToken(subject: subject, session: session, secret: key.derive(secret))
  }

  /// The token as its holder sends it, sealed, in base64url without padding: 128 characters.
  public func text(key: RefreshKey) -> String {
    let bytes = subject.octets + session.octets + secret
    return String(decoding: Base64URL.encode(bytes + key.seal(bytes)), as: UTF8.self)
  }

  /// SHA-256 of the secret, in base64url: what is stored. Nobody can make the token from it.
  public var digest: String {
    String(decoding: Base64URL.encode(Digest.sha256(secret)), as: UTF8.self)
  }

  private static let secretLength = 32
  /// Of the ids and the secret.
  private static let length = 32 + secretLength
}

/// The key from which the secrets of refresh tokens follow one another, and which seals the tokens.
public struct RefreshKey: Sendable {
  private let hmac: KeyedHMAC

  public init(secret: String) throws(SecurityError) {
    hmac = try KeyedHMAC(digest: "SHA256", key: Array(secret.utf8))
  }

  // The words keep these codes apart from each other, and from whatever else is signed with the same secret.

  func derive(_ secret: [UInt8]) -> [UInt8] {
    hmac.code(of: Array("refresh-token ".utf8) + secret)
  }

  func seal(_ token: some Collection<UInt8>) -> [UInt8] {
    hmac.code(of: Array("refresh-seal ".utf8) + token)
  }
}

extension RefreshToken: CustomStringConvertible, CustomDebugStringConvertible {
  /// Never the token: descriptions end up in logs.
  public var description: String { "RefreshToken" }
  public var debugDescription: String { description }
}

extension UUID {
  fileprivate var octets: [UInt8] {
    let (high, low) = words
    return (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> UInt64(56 - $0 % 8 * 8)) }
  }

  fileprivate init(bytes: ArraySlice<UInt8>) {
    let words = [bytes.prefix(8), bytes.dropFirst(8)].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
    self.init(high: words[0], low: words[1])
  }
}
