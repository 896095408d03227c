import EventLoop
import Glibc
import Storage
import Synchronization

/// Connections to one server, and who gets which.
///
/// Reads share a few connections, on which they travel together; each write has a connection for as long as it takes,
/// because commits that wait for the disk on several connections are written by the server at once; a transaction
/// leases one. What finds no connection waits in a queue, for a bounded time.
///
/// An actor on the event loop's thread: jobs come in through `inbox`, handlers through `assumeIsolated`.
actor PostgresPool {
  struct Limits: Sendable {
    /// How long a job may wait for a connection.
    var wait: Duration = .seconds(5)
    /// How many jobs may wait for a connection.
    var queue = 4096
    /// Reads under way on one connection.
    var readsPerConnection = 64
    /// A reader without an answer for so long gets no more reads while others have room: a slow one must not hold up
    /// those behind it.
    var stall: Duration = .milliseconds(50)
    /// A server that does not answer at all for so long is given up; above `statement_timeout`.
    var silence: Duration = .seconds(40)
    /// For opening a connection.
    var connect: Duration = .seconds(10)
    var firstBackoff: Duration = .milliseconds(50)
    var longestBackoff: Duration = .seconds(2)
  }

  private enum State {
    case open
    /// Running statements may finish.
    case closing
    case closed
  }

  nonisolated let loop = EventLoop(name: "postgres")
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  private nonisolated let inbox = Mutex<[Job]>([])

  /// Connections that can be leased.
  nonisolated let writerCount: Int
  private let url: PostgresURL
  private let limits: Limits
  private let connections: [PostgresConnection]
  private var state = State.open
  private var reads = Queue<Job>()
  private var writes = Queue<Job>()
  private var leaseNumber = 0
  private var isTurnScheduled = false
  private var ticker: Timer?
  private var closeTimer: Timer?
  private var dirty: [Int] = []
  private var effects = Pipeline.Effects()
  /// Why the last attempt to connect failed; nil once one succeeded.
  private var lastFailure: StorageError?
  private var opening: CheckedContinuation<StorageError?, Never>?
  private var closing: [CheckedContinuation<Void, Never>] = []

  init(_ url: PostgresURL, size: Int, limits: Limits) {
    self.url = url
    self.limits = limits
    let readers = size == 1 ? 0 : max(1, min(4, size / 3))
    writerCount = size - readers
    connections = (0..<size).map { slot in
      PostgresConnection(slot: slot, role: size == 1 ? .both : slot < readers ? .reader : .writer)
    }
  }

  // MARK: From any task

  /// Connects once, to find out whether the server can be reached; the other connections follow by themselves.
  func open() async throws(StorageError) {
    let error = await withCheckedContinuation { continuation in
      opening = continuation
      connect(connections.count - 1)
      endTurnLater()
    }
    if let error {
      closeConnections()
      throw error
    }
    for slot in connections.indices.dropLast() { connect(slot) }
    endTurnLater()
  }

  nonisolated func submit(_ job: Job) {
    let isFirst = inbox.withLock { inbox in
      inbox.append(job)
      return inbox.count == 1
    }
    if isFirst { loop.execute { self.assumeIsolated { $0.takeInbox() } } }
  }

  /// Lets running statements and transactions finish, for a bounded time. The loop ends with the pool.
  func close() async {
    guard state != .closed else { return }
    state = .closing
    await withCheckedContinuation { continuation in
      closing.append(continuation)
      closeTimer = loop.schedule(after: limits.connect) { self.assumeIsolated { $0.closeConnections() } }
      endTurnLater()
    }
  }

  /// For when nobody holds the database any more.
  nonisolated func abandon() {
    loop.execute { self.assumeIsolated { $0.closeConnections() } }
  }

  // MARK: Jobs

  private func takeInbox() {
    let jobs = inbox.withLock { inbox in
      let jobs = inbox
      inbox = []
      return jobs
    }
    let now = monotonicNanoseconds()
    for job in jobs {
      job.queuedAt = now
      if let lease = job.kind.lease {
        take(job, of: lease)
      } else if state != .open {
        job.finish(.failure(.closed))
      } else if reads.count + writes.count >= limits.queue {
        job.finish(.failure(.poolExhausted))
      } else if job.kind == .read {
        reads.append(job)
      } else {
        writes.append(job)
      }
    }
    endTurnLater()
  }

  /// A job of an interactive transaction.
  private func take(_ job: Job, of lease: Lease) {
    let connection = connections[lease.slot]
    guard connection.lease == lease else {
      if case .rollback = job.kind {
        job.finish(.success([]))
      } else {
        job.finish(.failure(.transactionLost))
      }
      return
    }
    connection.steps.append(job)
  }

  private func dispatch() {
    let now = monotonicNanoseconds()
    for connection in connections where connection.lease != nil { dispatchSteps(of: connection, now: now) }
    while let job = writes.first {
      guard job.isWanted else {
        writes.popFirst()
        continue
      }
      guard let connection = idleWriter() else { break }
      writes.popFirst()
      if job.kind == .lease {
        lend(connection, to: job)
      } else {
        send(job, on: connection, now: now)
      }
    }
    while let job = reads.first {
      guard job.isWanted else {
        reads.popFirst()
        continue
      }
      guard let connection = reader(now: now) else { break }
      reads.popFirst()
      send(job, on: connection, now: now)
    }
  }

  private func dispatchSteps(of connection: PostgresConnection, now: UInt64) {
    while connection.isIdle, let job = connection.steps.popFirst() {
      if case .step = job.kind {
        send(job, on: connection, now: now)
      } else if connection.hasTransaction {
        send(job, on: connection, now: now)
      } else {
        // Nothing was asked in this transaction, so the server knows nothing of it.
        job.finish(.success([]))
        endLease(of: connection)
        return
      }
    }
  }

  private func idleWriter() -> PostgresConnection? {
    connections.last { $0.role != .reader && $0.lease == nil && $0.isIdle }
  }

  /// The reader with the fewest reads under way; one that is stalled only when there is no other.
  private func reader(now: UInt64) -> PostgresConnection? {
    // Reads without end must not keep writes from the only connection.
    if connections.count == 1 && !writes.isEmpty { return nil }
    var best: PostgresConnection?
    let stall = limits.stall.nanoseconds
    for connection in connections where connection.role != .writer && connection.lease == nil && connection.isReady {
      let isStalled = !connection.isIdle && now &- connection.lastProgress > stall
      guard !isStalled, connection.jobCount < limits.readsPerConnection else { continue }
      if best.map({ connection.jobCount < $0.jobCount }) ?? true { best = connection }
    }
    return best ?? idleWriter()
  }

  private func lend(_ connection: PostgresConnection, to job: Job) {
    leaseNumber += 1
    let lease = Lease(slot: connection.slot, number: leaseNumber)
    connection.lease = lease
    job.leased = lease
    if !job.finish(.success([])) { endLease(of: connection) }
  }

  private func endLease(of connection: PostgresConnection) {
    for job in connection.steps.removeAll() { job.finish(.failure(.transactionLost)) }
    if !connection.endLease() { lose(connection, .transactionLost) }
  }

  private func send(_ job: Job, on connection: PostgresConnection, now: UInt64) {
    guard job.markSent() else {
      // The end of a transaction is always wanted; anything else can be left out.
      return
    }
    guard let error = connection.send(job, now: now) else { return markDirty(connection) }
    lose(connection, error)
    guard !job.isOver else { return }
    // No Sync went out behind it, so the server cannot have saved it.
    job.isOver = true
    if job.kind.lease == nil && job.attempts == 0 {
      effects.again.append(job)
    } else {
      job.error = .lost(error)
      effects.finished.append(job)
    }
  }

  // MARK: Turns of the loop

  /// What is left to do once all events of this turn of the loop were seen: send, flush, answer.
  private func endTurnLater() {
    guard !isTurnScheduled else { return }
    isTurnScheduled = true
    loop.afterTurn { self.assumeIsolated { $0.endTurn() } }
  }

  private func endTurn() {
    isTurnScheduled = false
    dispatch()
    // Losing a connection may mark another one.
    while let slot = dirty.popLast() {
      let connection = connections[slot]
      connection.isDirty = false
      if !connection.isClosed, let error = connection.flush(on: loop) { lose(connection, error) }
    }
    settle()
    if state == .closing && connections.allSatisfy({ $0.lease == nil && !$0.isWaitedFor }) && writes.isEmpty
      && reads.isEmpty
    {
      closeConnections()
    }
    keepTicking()
  }

  private func markDirty(_ connection: PostgresConnection) {
    guard !connection.isDirty else { return }
    connection.isDirty = true
    dirty.append(connection.slot)
  }

  /// Answers tasks, and queues again what must be sent again.
  private func settle() {
    guard !effects.finished.isEmpty || !effects.again.isEmpty else { return }
    let finished = effects.finished
    let again = effects.again
    effects = Pipeline.Effects()
    for job in again.reversed() {
      job.reset()
      if job.kind == .read { reads.prepend(job) } else { writes.prepend(job) }
    }
    for job in finished {
      switch job.kind {
      case .commit(let lease), .rollback(let lease):
        if connections[lease.slot].lease == lease { endLease(of: connections[lease.slot]) }
      case .read, .write, .lease, .step: break
      }
      if let error = job.error {
        job.finish(.failure(error))
      } else {
        job.finish(.success(job.results))
      }
    }
    // Connections are free again.
    dispatch()
    if !dirty.isEmpty || !effects.finished.isEmpty || !effects.again.isEmpty { endTurnLater() }
  }

  // MARK: Connections

  private func connect(_ slot: Int) {
    let connection = connections[slot]
    guard state == .open, connection.isClosed else { return }
    if let error = connection.connect(url, on: loop, now: monotonicNanoseconds(), handler: handler(of: slot)) {
      lose(connection, error)
    }
    keepTicking()
  }

  private nonisolated func handler(of slot: Int) -> @Sendable (Interest) -> Void {
    { [self] interest in assumeIsolated { $0.handle(interest, on: slot) } }
  }

  private func handle(_ interest: Interest, on slot: Int) {
    let connection = connections[slot]
    let wasConnecting = connection.isConnecting
    var error: StorageError?
    if connection.isConnecting && !connection.isConfiguring {
      error = connection.continueConnecting(on: loop, handler: handler(of: slot))
    } else {
      if interest.contains(.readable) {
        error = connection.receive(into: &effects, now: monotonicNanoseconds())
      }
      if error == nil && interest.contains(.writable) { markDirty(connection) }
    }
    if let error {
      lose(connection, error)
    } else if wasConnecting && connection.isReady {
      connection.failures = 0
      lastFailure = nil
      answerOpening(nil)
    }
    endTurnLater()
  }

  /// Closes a connection that is of no use, and opens it again after a while.
  private func lose(_ connection: PostgresConnection, _ reason: StorageError) {
    let wasConnecting = connection.isConnecting || connection.isClosed
    connection.close(.lost(reason), on: loop, into: &effects)
    if wasConnecting {
      lastFailure = reason
      answerOpening(reason)
    }
    if state == .open {
      let slot = connection.slot
      loop.schedule(after: backoff(connection.failures)) { self.assumeIsolated { $0.connect(slot) } }
      connection.failures += 1
    }
    endTurnLater()
  }

  /// Doubles with each failure; a random half of it, so that many instances do not come back at the same moment.
  private func backoff(_ failures: Int) -> Duration {
    let full = min(limits.firstBackoff * (1 << min(failures, 16)), limits.longestBackoff)
    return full * Double.random(in: 0.5...1)
  }

  private func answerOpening(_ error: StorageError?) {
    opening?.resume(returning: error)
    opening = nil
  }

  private func closeConnections() {
    guard state != .closed else { return }
    state = .closed
    for connection in connections where !connection.isClosed {
      connection.close(.closed, on: loop, into: &effects)
    }
    for job in reads.removeAll() + writes.removeAll() + effects.again { job.finish(.failure(.closed)) }
    effects.again = []
    settle()
    ticker?.cancel()
    ticker = nil
    closeTimer?.cancel()
    closeTimer = nil
    answerOpening(.closed)
    for continuation in closing { continuation.resume() }
    closing = []
  }

  // MARK: Time

  /// Looks at the clock for as long as anything waits.
  private func keepTicking() {
    guard ticker == nil, state != .closed else { return }
    guard !reads.isEmpty || !writes.isEmpty || connections.contains(where: \.isWaitedFor) else { return }
    ticker = loop.schedule(after: .milliseconds(100)) { self.assumeIsolated { $0.tick() } }
  }

  private func tick() {
    ticker = nil
    let now = monotonicNanoseconds()
    for connection in connections where connection.isWaitedFor && !connection.hasNoTimeLimit {
      let limit = connection.isConnecting ? limits.connect * url.hostCount : limits.silence
      if now &- connection.lastProgress > limit.nanoseconds { lose(connection, .silent) }
    }
    expire(&reads, now)
    expire(&writes, now)
    endTurnLater()
  }

  private func expire(_ queue: inout Queue<Job>, _ now: UInt64) {
    while let job = queue.first, now &- job.queuedAt > limits.wait.nanoseconds {
      queue.popFirst()
      let isUp = connections.contains { $0.isReady || $0.lease != nil }
      job.finish(.failure(isUp ? .poolExhausted : lastFailure ?? .silent))
    }
  }
}

extension StorageError {
  fileprivate static let poolExhausted = StorageError(
    .poolExhausted, "Every connection to PostgreSQL is busy; try again shortly, or raise DB_POOL_SIZE.")
  fileprivate static let silent = StorageError(.unavailable, "PostgreSQL does not answer.")
  fileprivate static let transactionLost = StorageError(
    .unavailable, "The connection to PostgreSQL was lost, and the transaction with it; nothing of it was saved.")

  fileprivate static func lost(_ reason: StorageError) -> StorageError {
    StorageError(.unavailable, reason.description, detail: reason.detail)
  }
}

extension Duration {
  fileprivate var nanoseconds: UInt64 {
    UInt64(max(0, components.seconds)) * 1_000_000_000 + UInt64(max(0, components.attoseconds) / 1_000_000_000)
  }
}

private func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
