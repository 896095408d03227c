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
    /// Reads that travel together.
    var batch = 64
    /// A connection that gave no answer for so long is looked after: reads behind a slow one are sent elsewhere, and what
    /// nobody waits for any more is stopped.
    var stall: Duration = .milliseconds(50)
    /// A server that does not answer at all for so long is given up; above `statement_timeout`.
    var silence: Duration = .seconds(40)
    /// For opening a connection.
    var connect: Duration = .seconds(10)
    var firstBackoff: Duration = .milliseconds(50)
    var longestBackoff: Duration = .seconds(2)

    /// Doubles with each failure; a random half of it, so that many instances do not come back at the same moment.
    func backoff(_ failures: Int) -> Duration {
      let full = min(firstBackoff * (1 << min(failures, 16)), longestBackoff)
      return full * Double.random(in: 0.5...1)
    }
  }

  enum State {
    case open
    /// Running statements may finish.
    case closing
    case closed
  }

  nonisolated let loop = EventLoop(name: "postgres")
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  nonisolated let inbox = Mutex<[Job]>([])

  /// Connections that can be leased.
  nonisolated let writerCount: Int
  nonisolated let url: PostgresURL
  nonisolated let limits: Limits
  /// By slot.
  let connections: [PostgresConnection]
  let readers: [PostgresConnection]
  let writers: [PostgresConnection]
  var state = State.open
  var reads = Queue<Job>()
  var writes = Queue<Job>()
  var leaseNumber = 0
  var effects = Pipeline.Effects()
  private var isTurnScheduled = false
  private var dirty: [PostgresConnection] = []
  var ticker: Timer?
  var closeTimer: Timer?
  /// Slots that connect once the names of the hosts are looked up.
  var resolving: [Int] = []
  /// Why the last attempt to connect failed; nil once one succeeded.
  var lastFailure: StorageError?
  var opening: CheckedContinuation<StorageError?, Never>?
  var closing: [CheckedContinuation<Void, Never>] = []

  init(_ url: PostgresURL, size: Int, limits: Limits) {
    self.url = url
    self.limits = limits
    // Few readers: the more reads travel together, the less each costs.
    let count = size == 1 ? 0 : max(1, min(2, size / 3))
    writerCount = size - count
    connections = (0..<size).map { slot in
      PostgresConnection(slot: slot, role: size == 1 ? .both : slot < count ? .reader : .writer)
    }
    readers = connections.filter { $0.role != .writer }
    writers = connections.filter { $0.role != .reader }
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
    if isFirst { loop.execute { self.assumeIsolated { $0.endTurnLater() } } }
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

  // MARK: Turns of the loop

  /// What is left to do once all events of this turn of the loop were seen: send, flush, answer.
  func endTurnLater() {
    guard !isTurnScheduled else { return }
    isTurnScheduled = true
    loop.afterTurn { self.assumeIsolated { $0.endTurn() } }
  }

  private func endTurn() {
    isTurnScheduled = false
    takeInbox()
    dispatch()
    // Losing a connection may mark another one.
    while let connection = dirty.popLast() {
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

  private func takeInbox() {
    let jobs = inbox.withLock { inbox in
      let jobs = inbox
      inbox = []
      return jobs
    }
    if jobs.isEmpty { return }
    let now = monotonicNanoseconds()
    for job in jobs {
      job.queuedAt = now
      if let lease = job.kind.lease {
        take(job, of: lease)
      } else if state != .open {
        job.finish(.closed)
      } else if reads.count + writes.count >= limits.queue {
        job.finish(.poolExhausted)
      } else if job.kind == .read {
        reads.append(job)
      } else {
        writes.append(job)
      }
    }
  }

  /// A job of an interactive transaction.
  private func take(_ job: Job, of lease: Lease) {
    let connection = connections[lease.slot]
    guard connection.lease == lease else {
      if case .rollback = job.kind { job.finish() } else { job.finish(.transactionLost) }
      return
    }
    connection.steps.append(job)
  }

  func markDirty(_ connection: PostgresConnection) {
    guard !connection.isDirty else { return }
    connection.isDirty = true
    dirty.append(connection)
  }

  /// Answers tasks, and queues again what must be sent again.
  func settle() {
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
      job.finish()
    }
    // Connections are free again.
    dispatch()
    if !dirty.isEmpty || !effects.finished.isEmpty || !effects.again.isEmpty { endTurnLater() }
  }
}

extension StorageError {
  static let poolExhausted = StorageError(
    .poolExhausted, "Every connection to PostgreSQL is busy; try again shortly, or raise DB_POOL_SIZE.")
  static let silent = StorageError(.unavailable, "PostgreSQL does not answer.")
  static let transactionLost = StorageError(
    .unavailable, "The connection to PostgreSQL was lost, and the transaction with it; nothing of it was saved.")

  static func lost(_ reason: StorageError) -> StorageError {
    StorageError(.unavailable, reason.description, detail: reason.detail)
  }
}

extension Duration {
  var nanoseconds: UInt64 {
    UInt64(max(0, components.seconds)) * 1_000_000_000 + UInt64(max(0, components.attoseconds) / 1_000_000_000)
  }
}
