import EventLoop
import Storage

/// One connection of the pool: its state and its life. What it sends and receives stands in the file beside. Confined to
/// the pool's actor.
final class PostgresConnection {
  enum Role {
    /// Shared by the reads of many tasks, and read-only.
    case reader
    /// One transaction at a time.
    case writer
    /// The only connection of its pool.
    case both
  }

  enum Phase {
    case closed
    case connecting
    /// Setting the session's options.
    case configuring
    case ready
    /// Running SQL text, outside of pipeline mode.
    case script(Job)
  }

  let slot: Int
  let role: Role
  var phase = Phase.closed
  var handle: PostgresHandle?
  var descriptor: Int32 = -1
  var pipeline = Pipeline()
  var session = PostgresSession()
  var scriptError: StorageError?

  /// The interactive transaction that it belongs to.
  var lease: Lease?
  /// Statements of that transaction that wait for the one before.
  var steps = Queue<Job>()
  /// Whether the current transaction has sent anything.
  var hasBegun = false
  /// The server is being asked to stop what it works on; nothing else may be sent before that is over.
  private(set) var isCancelling = false
  /// Which connection stands in this slot, counted.
  private(set) var generation = 0

  /// When the server last showed that it is alive, in nanoseconds of the monotonic clock.
  var lastProgress: UInt64 = 0
  /// How many addresses the attempt to connect tries in turn.
  private(set) var hostCount = 1
  /// Connection attempts that failed since the last success.
  var failures = 0
  /// Already on the pool's list of what to flush after the turn.
  var isDirty = false

  init(slot: Int, role: Role) {
    self.slot = slot
    self.role = role
  }

  var isClosed: Bool { if case .closed = phase { true } else { false } }
  var isReady: Bool { if case .ready = phase { true } else { false } }
  var isIdle: Bool { isReady && pipeline.isIdle && !pipeline.hasOpenSegment && !isCancelling }
  var jobCount: Int { pipeline.jobCount }
  /// Whether it runs SQL text of an interactive transaction, or a statement of a migration, which take as long as they
  /// need: a network that is gone is noticed by TCP's keepalives.
  var hasNoTimeLimit: Bool {
    switch phase {
    case .script(let job): job.kind.lease != nil
    case .ready: pipeline.worksOnMigration
    case .closed, .connecting, .configuring: false
    }
  }
  var isWaitedFor: Bool {
    switch phase {
    case .closed: false
    case .connecting, .configuring, .script: true
    // The request to stop a statement may get no answer either.
    case .ready: !pipeline.isIdle || isCancelling
    }
  }
  /// Whether something is under way, and the server gave no sign for a time.
  func isStalled(since now: UInt64, _ limit: Duration) -> Bool {
    isWaitedFor && now &- lastProgress > limit.nanoseconds
  }
  var isConnecting: Bool {
    switch phase {
    case .connecting, .configuring: true
    case .closed, .ready, .script: false
    }
  }

  // MARK: Opening and closing

  /// Begins to connect.
  ///
  func connect(
    _ url: PostgresURL, _ hosts: ResolvedHosts, on loop: EventLoop, now: UInt64,
    handler: @escaping @Sendable (Interest) -> Void
  ) -> StorageError? {
    lastProgress = now
    generation += 1
    hostCount = hosts.count
    guard let handle = PostgresHandle(hosts.parameters) else {
      return StorageError(.unavailable, "There is no memory for a connection to PostgreSQL.")
    }
    self.handle = handle
    guard !handle.isLost else { return handle.error }
    phase = .connecting
    session = PostgresSession(url, isReader: role == .reader)
    watch(handle, for: .writable, on: loop, handler)
    return nil
  }

  /// libpq may change its socket between two calls.
  private func watch(
    _ handle: PostgresHandle, for interest: Interest, on loop: EventLoop,
    _ handler: @escaping @Sendable (Interest) -> Void
  ) {
    descriptor = handle.descriptor
    if descriptor >= 0 { loop.register(descriptor, for: interest, handler) }
  }

  func continueConnecting(
    on loop: EventLoop, handler: @escaping @Sendable (Interest) -> Void
  ) -> StorageError? {
    guard let handle else { return .closed }
    loop.deregister(descriptor)
    switch handle.proceed() {
    case .reading: watch(handle, for: .readable, on: loop, handler)
    case .writing: watch(handle, for: .writable, on: loop, handler)
    case .failed(let error): return error
    case .connected:
      watch(handle, for: .readable, on: loop, handler)
      phase = .configuring
      guard handle.sendScript(session.script(serverProcess: handle.serverProcess)) else { return handle.error }
      return flush(on: loop)
    }
    return nil
  }

  /// Closes the connection; what was under way becomes `effects`.
  func close(_ reason: StorageError, on loop: EventLoop, into effects: inout Pipeline.Effects) {
    if case .script(let job) = phase {
      // Of a script outside of a transaction, parts may be saved.
      job.error = job.kind.lease == nil ? .scriptOutcomeUnknown : reason
      effects.finished.append(job)
    }
    pipeline.lose(reason, into: &effects)
    for job in steps.removeAll() {
      job.error = reason
      effects.finished.append(job)
    }
    phase = .closed
    lease = nil
    hasBegun = false
    isCancelling = false
    scriptError = nil
    if descriptor >= 0 { loop.deregister(descriptor) }
    descriptor = -1
    handle = nil
  }

  // MARK: Giving up

  /// Whether something is under way that no task waits for any more.
  var isInVain: Bool {
    switch phase {
    case .closed, .connecting, .configuring: false
    case .ready: !pipeline.isIdle && !pipeline.hasWantedJob
    case .script(let job): !job.isWanted
    }
  }

  /// Takes reads away that a slow one holds up.
  func evacuate(into effects: inout Pipeline.Effects) {
    if isReady { pipeline.evacuate(into: &effects) }
  }

  /// To stop what is under way, when no task waits for it. Nothing is sent until `endCancelling`, so that it does not
  /// hit the next statement. Nil behind a pooler, where the next statement may be somebody else's.
  func beginCancelling() -> PostgresCancellation? {
    guard isInVain, !isCancelling, session.isDirect, let cancellation = handle?.cancellation() else { return nil }
    isCancelling = true
    return cancellation
  }

  func endCancelling() {
    isCancelling = false
  }

  /// Takes the connection back from an interactive transaction.
  ///
  /// - Returns: false when it is not as it was, and must be closed.
  func endLease() -> Bool {
    lease = nil
    hasBegun = false
    return handle?.isInTransaction == false
  }
}

extension StorageError {
  fileprivate static let scriptOutcomeUnknown = StorageError(
    .outcomeUnknown, "The connection to PostgreSQL was lost while a script ran, which may be done in part.")
}
