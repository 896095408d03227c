/// A token that says nothing by itself: 32 random bytes, known to its holder; the server keeps only their digest.
public struct OpaqueToken: Sendable, Hashable {
  /// The 32 bytes in base64url without padding: 43 characters.
  public let text: String

  /// SHA-256 of the 32 bytes: what is stored. Nobody can make the token from it.
  public let digest: [UInt8]

  private static let length = 32

  private init(bytes: [UInt8]) {
    text = String(decoding: Base64URL.encode(bytes), as: UTF8.self)
    digest = Digest.sha256(bytes)
  }

  /// A new token.
  public static func random() -> OpaqueToken {
    OpaqueToken(bytes: Random.bytes(length))
  }

  /// The token that a client sent; nil where no token can read so.
  public init?(text: String) {
    guard text.utf8.count == 43, let bytes = Base64URL.decode(text.utf8) else { return nil }
    self.init(bytes: bytes)
  }
}

extension OpaqueToken: CustomStringConvertible, CustomDebugStringConvertible {
  /// Never the token: descriptions end up in logs.
  public var description: String { "OpaqueToken" }
  public var debugDescription: String { description }
}
