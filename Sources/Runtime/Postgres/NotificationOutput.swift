import Storage

/// Where notifications wait to be taken: a bounded number of them, in order, without a gap that is not told.
struct NotificationOutput: Sendable {
  let continuation: AsyncStream<DatabaseNotification>.Continuation
  /// Something may have been missed, and the consumer was not told yet.
  var hasGap = false

  static func make(capacity: Int = 4096) -> (AsyncStream<DatabaseNotification>, NotificationOutput) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: DatabaseNotification.self, bufferingPolicy: .bufferingOldest(capacity))
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
