public import FoundationEssentials

/// Who calls, as the access token says.
public struct Principal: Sendable, Hashable {
  public var userID: UUID
  public var sessionID: UUID

  public init(userID: UUID, sessionID: UUID) {
    self.userID = userID
    self.sessionID = sessionID
  }
}

/// Turns credentials into a principal.
public protocol Authenticator: Sendable {
  /// Checks a bearer token (RFC 6750 §2.1).
  ///
  /// - Returns: nil when the token is bad, expired or revoked; the answer is 401.
  /// - Throws: when it cannot be checked now, such as a database that does not answer.
  func authenticate(bearer token: Substring) async throws -> Principal?
}
