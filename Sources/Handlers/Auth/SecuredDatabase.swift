import Generated
import HTTP
public import Storage
import Values

/// The database for operations that have a caller. Nothing is read or changed for one whose session has ended; that is
/// checked in the same transaction, so it costs no round trip.
public struct SecuredDatabase: Sendable {
  private let database: any Database
  private let ambient: Ambient

  public init(_ database: any Database, ambient: Ambient = Ambient()) {
    self.database = database
    self.ambient = ambient
  }

  /// Runs queries in order, all or nothing.
  ///
  /// - Parameter first: queries that are run before the others.
  /// - Throws: `Problem.unauthorized` when the caller's session has ended; `StorageError`.
  func run<each Result>(
    for principal: Principal, after first: [Query<Void>] = [], _ queries: repeat Query<each Result>
  ) async throws -> (repeat each Result) {
    let session = Queries.liveSession(userID: principal.userID, id: principal.sessionID, now: ambient.now())
    do {
      return try await database.run(requiring: session, after: first, repeat each queries)
    } catch let error where error.violates(session) {
      throw Problem.unauthorized
    }
  }
}
