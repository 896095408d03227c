import NIOCore

/// A deadline that moves often and passes seldom: moving it to a later time costs no timer.
struct Watch {
  private let eventLoop: any EventLoop
  private let onTime: @Sendable () -> Void
  private var deadline: NIODeadline?
  private var timer: Scheduled<Void>?
  private var timerDeadline = NIODeadline.distantFuture

  /// A watch that calls `onTime` when time may be up; it then asks ``isOver()``.
  init(on eventLoop: any EventLoop, onTime: @escaping @Sendable () -> Void) {
    self.eventLoop = eventLoop
    self.onTime = onTime
  }

  /// Moves the deadline.
  mutating func expect(within time: Duration) {
    let deadline = NIODeadline.now() + TimeAmount(time)
    self.deadline = deadline
    if timer == nil || deadline < timerDeadline { schedule(deadline) }
  }

  /// Takes the deadline away.
  mutating func expectNothing() {
    deadline = nil
  }

  /// Whether the deadline has passed; when it was moved meanwhile, waits on.
  mutating func isOver() -> Bool {
    timer = nil
    guard let deadline else { return false }
    guard deadline <= .now() else {
      schedule(deadline)
      return false
    }
    self.deadline = nil
    return true
  }

  mutating func cancel() {
    timer?.cancel()
    timer = nil
    deadline = nil
  }

  private mutating func schedule(_ deadline: NIODeadline) {
    timer?.cancel()
    timerDeadline = deadline
    timer = eventLoop.scheduleTask(deadline: deadline, onTime)
  }
}
