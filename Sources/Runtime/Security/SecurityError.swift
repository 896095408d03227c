/// What can go wrong with passwords, tokens and secrets.
///
/// Neither text ever holds a password, a hash, a token or a secret.
public struct SecurityError: Error, Sendable, Hashable {
  public enum Code: String, Sendable, Hashable {
    /// More passwords wait to be hashed than the queue may hold. Try again later.
    case overloaded
    /// The task that asked was cancelled while its password waited.
    case cancelled
    /// The hasher was shut down.
    case shutDown = "shut-down"
    /// bcrypt reads 72 bytes; a longer password is refused rather than cut.
    case passwordTooLong = "password-too-long"
    /// bcrypt stops at a NUL character; such a password is refused rather than cut.
    case passwordContainsNUL = "password-contains-nul"
    /// The stored text is not a bcrypt hash (`$2a$`, `$2b$` or `$2y$`).
    case invalidHash = "invalid-hash"
    /// The work factor is outside `PasswordHasher.costs`.
    case invalidCost = "invalid-cost"
    /// A secret that signs nothing: it is empty.
    case emptySecret = "empty-secret"
    /// Not a token of ours: malformed, of another algorithm, with a wrong signature or wrong claims.
    case invalidToken = "invalid-token"
    /// A token of ours whose time is over.
    case expiredToken = "expired-token"
    /// libcrypto or libcrypt failed; only a lack of memory or a broken installation does that.
    case libraryFailure = "library-failure"
  }

  public let code: Code

  /// What precisely was found, for a log.
  public let reason: String

  public init(_ code: Code, _ reason: String = "") {
    self.code = code
    self.reason = reason
  }

  public static let overloaded = SecurityError(.overloaded)
  public static let cancelled = SecurityError(.cancelled)
  public static let shutDown = SecurityError(.shutDown)
}

extension SecurityError: CustomStringConvertible, CustomDebugStringConvertible {
  /// Fit to be shown to a user.
  public var description: String {
    switch code {
    case .overloaded: "Too many passwords are being checked. Try again in a moment."
    case .cancelled: "The request was cancelled."
    case .shutDown: "The server is shutting down."
    case .passwordTooLong: "The password is longer than 72 bytes."
    case .passwordContainsNUL: "The password contains a NUL character."
    case .invalidHash: "The stored password hash cannot be read."
    case .invalidCost: "The bcrypt cost must be between 4 and 31."
    case .emptySecret: "The secret that signs tokens is empty."
    case .invalidToken: "The token is not valid."
    case .expiredToken: "The token has expired."
    case .libraryFailure: "The cryptographic library failed."
    }
  }

  public var debugDescription: String {
    reason.isEmpty ? "SecurityError(\(code.rawValue))" : "SecurityError(\(code.rawValue): \(reason))"
  }
}
