/// What somebody who listens on a channel of PostgreSQL is told.
public enum PostgresNotification: Sendable, Hashable {
  /// What `pg_notify(channel, payload)` sent.
  case payload(String)
  /// Some may have been missed: the connection was lost and is back, or they came faster than they were taken.
  case gap
}

/// Where notifications wait to be taken: a bounded number of them, in order, without a gap that is not told.
struct NotificationOutput: Sendable {
  let continuation: AsyncStream<PostgresNotification>.Continuation
  /// Something may have been missed, and the consumer was not told yet.
  var hasGap = false

  static func make(capacity: Int = 4096) -> (AsyncStream<PostgresNotification>, NotificationOutput) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: PostgresNotification.self, bufferingPolicy: .bufferingOldest(capacity))
    return (stream, NotificationOutput(continuation: continuation))
  }

  mutating func tell(_ payload: String) {
    tellGap()
    if hasGap { return }
    if case .dropped = continuation.yield(.payload(payload)) { hasGap = true }
  }

  /// Tells of a gap, if there is one and as soon as there is room.
  mutating func tellGap() {
    if hasGap, case .enqueued = continuation.yield(.gap) { hasGap = false }
  }

  func finish() {
    continuation.finish()
  }
}
