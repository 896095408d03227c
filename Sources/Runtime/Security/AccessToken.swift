public import FoundationEssentials
public import Values

/// What an access token claims: the claims `sub`, `sid`, `iat`, `exp`, and `typ`, which is `access`.
public struct AccessToken: Sendable, Hashable {
  /// The user (`sub`).
  public var subject: UUID
  /// The session (`sid`).
  public var session: UUID
  /// In the token in whole seconds, cut (`iat`).
  public var issuedAt: Timestamp
  /// The first moment at which the token is refused; in the token in whole seconds, cut (`exp`).
  public var expiresAt: Timestamp

  public init(subject: UUID, session: UUID, issuedAt: Timestamp, expiresAt: Timestamp) {
    self.subject = subject
    self.session = session
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }
}
