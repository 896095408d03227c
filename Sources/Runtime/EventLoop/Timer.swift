import Synchronization

/// A job that runs once, later, on an event loop. See `EventLoop.schedule(after:_:)`.
public final class Timer: Sendable {
  /// Nil once it was taken to be run, or cancelled.
  private let job: Mutex<(@Sendable () -> Void)?>
  private let onCancel: @Sendable () -> Void

  init(job: @escaping @Sendable () -> Void, onCancel: @escaping @Sendable () -> Void) {
    self.job = Mutex(job)
    self.onCancel = onCancel
  }

  /// From any thread. The job, and what it holds, is let go; has no effect once the timer has fired.
  public func cancel() {
    if takeJob() != nil { onCancel() }
  }

  /// Of a timer that waits.
  var isCancelled: Bool { job.withLock { $0 == nil } }

  /// The job to run; nil when it was cancelled before.
  func takeJob() -> (@Sendable () -> Void)? {
    job.withLock { job in
      defer { job = nil }
      return job
    }
  }
}
