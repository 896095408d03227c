import Generated
public import HTTP
public import Security
public import Storage
import Values

import struct FoundationEssentials.UUID

/// Opens, refreshes and ends sessions, and tells who calls.
public struct Sessions: Authenticator {
  let database: any Database
  let signer: TokenSigner
  let refreshKey: RefreshKey
  let lifetimes: Lifetimes
  let ambient: Ambient

  public struct Lifetimes: Sendable {
    /// Of an access token.
    public var access = Duration.seconds(30 * 60)
    /// Of a session that nobody refreshes.
    public var session = Duration.seconds(30 * 24 * 60 * 60)
    /// How long a refresh token still serves after its successor was given out, for parallel tabs.
    public var grace = Duration.seconds(10)

    public init() {}
  }

  public init(
    database: any Database, signer: TokenSigner, refreshKey: RefreshKey, lifetimes: Lifetimes = Lifetimes(),
    ambient: Ambient = Ambient()
  ) {
    self.database = database
    self.signer = signer
    self.refreshKey = refreshKey
    self.lifetimes = lifetimes
    self.ambient = ambient
  }

  /// Opens a session.
  ///
  /// - Parameters:
  ///   - requirement: what must hold of the user.
  ///   - first: queries that are run before, in the same transaction.
  func open(
    for userID: UUID, requiring requirement: Requirement, after first: [Query<Void>]
  ) async throws -> Tokens {
    let now = ambient.now()
    let token = RefreshToken(subject: userID, session: ambient.newID())
    try await database.run(
      requiring: requirement, after: first,
      SessionsTable.insert(
        SessionsRow(
          userID: userID, id: token.session, refreshDigest: token.digest, refreshedAt: now, createdAt: now,
          expiresAt: now + lifetimes.session)))
    return tokens(with: token, at: now)
  }

  /// New tokens for a refresh token; nil when it serves no more. One that served long ago ends its session, because
  /// somebody else may have it (RFC 9700 §4.14.2).
  func refresh(_ text: String) async throws -> Tokens? {
    guard let token = RefreshToken(text: text, key: refreshKey) else { return nil }
    let now = ambient.now()
    let next = token.successor(key: refreshKey)
    let rotated = try await database.run(
      Queries.rotateSession(
        userID: token.subject, id: token.session, digest: token.digest, nextDigest: next.digest, now: now,
        expiresAt: now + lifetimes.session))
    if rotated > 0 { return tokens(with: next, at: now) }

    guard let session = try await database.run(SessionsTable.find(userID: token.subject, id: token.session)),
      session.isAlive(at: now)
    else { return nil }
    if session.previousDigest == token.digest, session.refreshDigest == next.digest,
      now <= session.refreshedAt + lifetimes.grace
    {
      return tokens(with: next, at: now)
    }
    _ = try await database.run(ending(Principal(userID: token.subject, sessionID: token.session)))
    return nil
  }

  /// Ends a session at once.
  func ending(_ principal: Principal) -> Query<Bool> {
    SessionsTable.update(
      userID: principal.userID, id: principal.sessionID, SessionsChanges(endedAt: .value(ambient.now())))
  }

  /// Checks what the token says by itself. Whether its session still lives is what ``SecuredDatabase`` requires of
  /// everything that is asked with it.
  public func authenticate(bearer token: Substring) async throws -> Principal? {
    guard let claims = try? signer.verify(token, now: ambient.now()) else { return nil }
    return Principal(userID: claims.subject, sessionID: claims.session)
  }

  private func tokens(with refreshToken: RefreshToken, at now: Timestamp) -> Tokens {
    let accessToken = signer.sign(
      AccessToken(
        subject: refreshToken.subject, session: refreshToken.session, issuedAt: now,
        expiresAt: now + lifetimes.access))
    return Tokens(
      accessToken: accessToken, tokenType: "bearer", expiresIn: Int(lifetimes.access.components.seconds),
      refreshToken: refreshToken.text(key: refreshKey))
  }
}

extension SessionsRow {
  fileprivate func isAlive(at now: Timestamp) -> Bool {
    endedAt == nil && now < expiresAt
  }
}
