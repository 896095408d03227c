import Generated
public import Logging
public import Storage
import Values

/// Turns that are still open though nobody works on them any more: their process was killed, or the database was away
/// when they ended.
public struct AbandonedTurns: Sendable {
  let database: any Database
  let turnLimit: Duration
  let ambient: Ambient
  let log: Logger

  /// - Parameter turnLimit: The time after which an open turn cannot be running any more.
  public init(database: any Database, turnLimit: Duration, ambient: Ambient = Ambient(), log: Logger) {
    self.database = database
    self.turnLimit = turnLimit
    self.ambient = ambient
    self.log = log
  }

  /// Marks them as interrupted, now and again, until the task is cancelled. What a failing database keeps it from doing
  /// it does the next time.
  public func settle() async {
    while !Task.isCancelled {
      do {
        let count = try await database.run(Queries.interruptStaleTurns(before: ambient.now() - turnLimit))
        if count > 0 { log.notice("interrupted abandoned turns", metadata: ["count": "\(count)"]) }
      } catch {
        log.warning("abandoned turns were not settled", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: turnLimit)
    }
  }
}
