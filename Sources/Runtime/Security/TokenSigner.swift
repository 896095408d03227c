public import Values

/// Signs access tokens, and verifies them: JSON Web Tokens (RFC 7519) with HMAC (RFC 7518 §3.2).
///
/// Tokens interoperate with PyJWT both ways. The algorithm is the one configured: what a token says of itself is
/// compared with it and never believed.
public struct TokenSigner: Sendable {
  public enum Algorithm: String, Sendable, Hashable, CaseIterable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"

    /// The hash function, as libcrypto names it.
    var digest: String {
      switch self {
      case .hs256: "SHA256"
      case .hs384: "SHA384"
      case .hs512: "SHA512"
      }
    }
  }

  public let algorithm: Algorithm

  /// How far ahead the clock that issued a token may be, in milliseconds.
  private static let leeway: Int64 = 60_000

  private let mac: KeyedHMAC
  /// The header in base64url: the same for every token that PyJWT and we make.
  private let header: [UInt8]

  /// - Parameter secret: its UTF-8 bytes are the key. `SecretStrength` says whether it should be.
  /// - Throws: `emptySecret`, `libraryFailure`.
  public init(secret: String, algorithm: Algorithm) throws(SecurityError) {
    if secret.isEmpty { throw SecurityError(.emptySecret) }
    self.algorithm = algorithm
    self.mac = try KeyedHMAC(digest: algorithm.digest, key: Array(secret.utf8))
    self.header = Base64URL.encode(#"{"alg":"\#(algorithm.rawValue)","typ":"JWT"}"#.utf8)
  }

  /// The token in compact serialization (RFC 7515 §7.1).
  public func sign(_ token: AccessToken) -> String {
    var text = header
    text.append(UInt8(ascii: "."))
    text += Base64URL.encode(AccessClaims.encode(token))
    let code = mac.code(of: text)
    text.append(UInt8(ascii: "."))
    text += Base64URL.encode(code)
    return String(decoding: text, as: UTF8.self)
  }

  /// What a token claims, when its signature, its algorithm, its kind and its times are right.
  ///
  /// - Throws: `expiredToken`, and `invalidToken` for all else; the reason is for the log.
  public func verify(_ text: Substring, now: Timestamp) throws(SecurityError) -> AccessToken {
    let bytes = Array(text.utf8)
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw Self.invalid("not three parts") }
    try checkHeader(parts[0])
    guard let signature = Base64URL.decode(parts[2]) else { throw Self.invalid("signature is not base64url") }
    guard equalInConstantTime(signature, mac.code(of: bytes[..<parts[1].endIndex])) else {
      throw Self.invalid("signature does not match")
    }
    guard let payload = Base64URL.decode(parts[1]) else { throw Self.invalid("claims are not base64url") }
    let (token, notBefore) = try AccessClaims.decode(payload)
    guard now < token.expiresAt else { throw SecurityError(.expiredToken) }
    guard token.issuedAt.milliseconds <= now.milliseconds + Self.leeway else {
      throw Self.invalid("iat is in the future")
    }
    if let notBefore, now < notBefore { throw Self.invalid("nbf is in the future") }
    return token
  }

  static func invalid(_ reason: String) -> SecurityError {
    SecurityError(.invalidToken, reason)
  }

  private func checkHeader(_ part: ArraySlice<UInt8>) throws(SecurityError) {
    if part.elementsEqual(header) { return }
    guard let bytes = Base64URL.decode(part) else { throw Self.invalid("header is not base64url") }
    try AccessClaims.checkHeader(bytes, algorithm: algorithm)
  }
}
