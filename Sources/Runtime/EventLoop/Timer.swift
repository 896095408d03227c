import Synchronization

/// A job that runs once, later, on an event loop. See `EventLoop.schedule(after:_:)`.
public final class Timer: Sendable {
  private enum State {
    static let pending: UInt8 = 0
    static let fired: UInt8 = 1
    static let cancelled: UInt8 = 2
  }

  private let state = Atomic<UInt8>(State.pending)
  let job: @Sendable () -> Void
  private let onCancel: @Sendable () -> Void

  init(job: @escaping @Sendable () -> Void, onCancel: @escaping @Sendable () -> Void) {
    self.job = job
    self.onCancel = onCancel
  }

  /// From any thread. Has no effect once the timer has fired.
  public func cancel() {
    if move(to: State.cancelled) { onCancel() }
  }

  var isCancelled: Bool { state.load(ordering: .relaxed) == State.cancelled }

  /// False when it was cancelled before.
  func fire() -> Bool { move(to: State.fired) }

  private func move(to new: UInt8) -> Bool {
    state.compareExchange(expected: State.pending, desired: new, ordering: .acquiringAndReleasing).exchanged
  }
}
