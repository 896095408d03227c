import CEpoll
import Glibc
import Synchronization

/// The state of an event loop and its thread, which keeps it alive.
///
/// `@unchecked Sendable`: `inbox`, `thread` and `cancelledTimers` are synchronized; every other variable is touched by
/// the loop's thread alone, which the entry points of `EventLoop` check.
final class LoopCore: @unchecked Sendable {
  private struct Registration {
    var generation: UInt32
    var interest: Interest
    var handler: @Sendable (Interest) -> Void
  }

  private struct Inbox {
    var jobs: [@Sendable () -> Void] = []
    var stopped = false
  }

  private let name: String
  private let epoll: Int32
  private let wakeUp: Int32
  private let inbox = Mutex(Inbox())
  private let thread = Atomic<UInt>(0)
  private let cancelledTimers = Atomic<Int>(0)

  private var registrations: [Int32: Registration] = [:]
  private var generation: UInt32 = 0
  private var timers = TimerHeap()
  var turnJobs: [@Sendable () -> Void] = []

  init(name: String) {
    self.name = name
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    // Loops are made when the process starts; without descriptors left there is nothing to serve.
    precondition(epoll >= 0 && wakeUp >= 0, "no file descriptor for an event loop: raise the limit (ulimit -n)")
    control(EPOLL_CTL_ADD, wakeUp, generation: 0, interest: .readable)
  }

  deinit {
    close(epoll)
    close(wakeUp)
  }

  // MARK: From any thread

  func start() {
    var id = pthread_t()
    let argument = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &id, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<LoopCore>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument)
    precondition(result == 0, "no thread for an event loop: \(String(cString: strerror(result)))")
    pthread_detach(id)
  }

  var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  func assertCurrent() {
    precondition(isCurrent, "this belongs on the event loop's thread")
  }

  func execute(_ job: @escaping @Sendable () -> Void) {
    let first = inbox.withLock { inbox in
      if inbox.stopped { return false }
      inbox.jobs.append(job)
      return inbox.jobs.count == 1
    }
    // The loop looks into its inbox before it sleeps, so what it gives itself needs no wake-up.
    if first && !isCurrent { wake() }
  }

  func schedule(after delay: Duration, _ job: @escaping @Sendable () -> Void) -> Timer {
    let deadline = Self.now &+ delay.clampedNanoseconds
    let timer = Timer(job: job) { [weak self] in self?.cancelledTimers.add(1, ordering: .relaxed) }
    if isCurrent {
      timers.insert(timer, at: deadline)
    } else {
      execute { self.timers.insert(timer, at: deadline) }
    }
    return timer
  }

  func stop() {
    inbox.withLock { $0.stopped = true }
    wake()
  }

  private func wake() {
    var one: UInt64 = 1
    _ = write(wakeUp, &one, 8)
  }

  // MARK: On the loop

  func register(_ descriptor: Int32, _ interest: Interest, _ handler: @escaping @Sendable (Interest) -> Void) {
    precondition(registrations[descriptor] == nil, "descriptor \(descriptor) is registered already")
    generation &+= 1
    registrations[descriptor] = Registration(generation: generation, interest: interest, handler: handler)
    control(EPOLL_CTL_ADD, descriptor, generation: generation, interest: interest)
  }

  func modify(_ descriptor: Int32, _ interest: Interest) {
    guard let index = registrations.index(forKey: descriptor) else {
      preconditionFailure("descriptor \(descriptor) is not registered")
    }
    guard registrations.values[index].interest != interest else { return }
    registrations.values[index].interest = interest
    control(
      EPOLL_CTL_MOD, descriptor, generation: registrations.values[index].generation, interest: interest)
  }

  func deregister(_ descriptor: Int32) {
    guard registrations.removeValue(forKey: descriptor) != nil else { return }
    var event = epoll_event()
    epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
  }

  /// The generation travels with the descriptor, so that an event for a closed descriptor whose number was given to a
  /// new one in the same turn is told apart.
  private func control(_ operation: Int32, _ descriptor: Int32, generation: UInt32, interest: Interest) {
    var event = epoll_event()
    event.events = interest.epollEvents
    event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
    epoll_ctl(epoll, operation, descriptor, &event)
  }

  private func run() {
    parley_name_thread(name)
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    while true {
      let ready = epoll_wait(epoll, &events, Int32(events.count), timeout())
      for index in 0..<max(0, Int(ready)) {
        dispatch(events[index])
      }
      fireTimers()
      let stopped = runJobs()
      runTurnJobs()
      if stopped { break }
    }
    for descriptor in registrations.keys {
      var event = epoll_event()
      epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
    }
    // Handlers and jobs may hold the loop's users, who hold the loop.
    registrations = [:]
    timers = TimerHeap()
  }

  private func dispatch(_ event: epoll_event) {
    let data = event.data.u64
    let descriptor = Int32(truncatingIfNeeded: data)
    if descriptor == wakeUp {
      var count: UInt64 = 0
      _ = read(wakeUp, &count, 8)
    } else if let registration = registrations[descriptor], registration.generation == UInt32(data >> 32) {
      registration.handler(Interest(epollEvents: event.events))
    }
  }

  private func fireTimers() {
    let now = Self.now
    while let timer = timers.popDue(at: now) {
      if let job = timer.takeJob() {
        job()
      } else {
        cancelledTimers.subtract(1, ordering: .relaxed)
      }
    }
    let cancelled = cancelledTimers.load(ordering: .relaxed)
    if cancelled > 64 && cancelled > timers.count / 2 {
      let before = timers.count
      timers.removeCancelled()
      cancelledTimers.subtract(before - timers.count, ordering: .relaxed)
    }
  }

  private func runJobs() -> Bool {
    let (jobs, stopped) = inbox.withLock { inbox in
      let jobs = inbox.jobs
      inbox.jobs = []
      return (jobs, inbox.stopped)
    }
    for job in jobs { job() }
    return stopped
  }

  private func runTurnJobs() {
    while !turnJobs.isEmpty {
      let jobs = turnJobs
      turnJobs = []
      for job in jobs { job() }
    }
  }

  /// How long `epoll_wait` may sleep, in milliseconds; rounded up, so that a timer is never found too early.
  private func timeout() -> Int32 {
    if inbox.withLock({ !$0.jobs.isEmpty || $0.stopped }) { return 0 }
    guard let deadline = timers.nextDeadline else { return -1 }
    let now = Self.now
    return deadline <= now ? 0 : Int32(min((deadline - now + 999_999) / 1_000_000, 3_600_000))
  }

  /// Nanoseconds of the monotonic clock.
  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}

extension Duration {
  /// Not negative, and at most a hundred years.
  fileprivate var clampedNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return UInt64(min(seconds, 3_155_760_000)) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
  }
}
