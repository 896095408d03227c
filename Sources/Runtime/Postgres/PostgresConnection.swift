import CLibpq
import EventLoop
import Storage

/// One connection of the pool: the thin shell around libpq, driven by the event loop. Confined to the pool's actor.
final class PostgresConnection {
  enum Role {
    /// Shared by the reads of many tasks, and read-only.
    case reader
    /// One transaction at a time.
    case writer
    /// The only connection of its pool.
    case both
  }

  private enum Phase {
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
  private var handle: OpaquePointer?
  private var descriptor: Int32 = -1
  private var phase = Phase.closed
  private var pipeline = Pipeline()
  private var scriptError: StorageError?

  /// The interactive transaction that it belongs to.
  var lease: Lease?
  /// Statements of that transaction that wait for the one before.
  var steps = Queue<Job>()
  private var hasBegun = false

  /// When the server last showed that it is alive, in nanoseconds of the monotonic clock.
  private(set) var lastProgress: UInt64 = 0
  /// Connection attempts that failed since the last success.
  var failures = 0
  /// Already on the pool's list of what to flush after the turn.
  var isDirty = false

  // Reused for each statement.
  private var pointers: [UnsafePointer<CChar>?] = []
  private var formats: [Int32] = []
  private var types: [UInt32] = []

  init(slot: Int, role: Role) {
    self.slot = slot
    self.role = role
  }

  deinit {
    PQfinish(handle)
  }

  var isClosed: Bool { if case .closed = phase { true } else { false } }
  var isReady: Bool { if case .ready = phase { true } else { false } }
  var isIdle: Bool { isReady && pipeline.isIdle && !pipeline.hasOpenSegment }
  var jobCount: Int { pipeline.jobCount }
  /// Whether it runs SQL text of an interactive transaction, such as a migration's, which takes as long as it needs: a
  /// network that is gone is noticed by TCP's keepalives.
  var hasNoTimeLimit: Bool {
    if case .script(let job) = phase { job.kind.lease != nil } else { false }
  }
  var isWaitedFor: Bool {
    switch phase {
    case .closed: false
    case .connecting, .configuring, .script: true
    case .ready: !pipeline.isIdle
    }
  }
  var isConnecting: Bool {
    switch phase {
    case .connecting, .configuring: true
    case .closed, .ready, .script: false
    }
  }

  var isConfiguring: Bool { if case .configuring = phase { true } else { false } }

  // MARK: Opening and closing

  /// Begins to connect. Names of hosts are looked up before this returns, which can take a moment: it is done when the
  /// service starts and after the connection was lost, not per request.
  func connect(
    _ url: PostgresURL, on loop: EventLoop, now: UInt64, handler: @escaping @Sendable (Interest) -> Void
  ) -> StorageError? {
    lastProgress = now
    let keywords = Array(url.parameters.keys)
    let values = keywords.map { url.parameters[$0] ?? "" }
    handle = withCStrings(keywords) { keywords in
      withCStrings(values) { values in PQconnectStartParams(keywords, values, 0) }
    }
    guard let handle else { return StorageError(.unavailable, "There is no memory for a connection to PostgreSQL.") }
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    guard PQstatus(handle) != CONNECTION_BAD else { return connectionError() }
    phase = .connecting
    watch(for: .writable, on: loop, handler)
    return nil
  }

  /// libpq may change its socket between two calls, when it tries another host or goes without TLS.
  private func watch(for interest: Interest, on loop: EventLoop, _ handler: @escaping @Sendable (Interest) -> Void) {
    loop.deregister(descriptor)
    descriptor = PQsocket(handle)
    if descriptor >= 0 { loop.register(descriptor, for: interest, handler) }
  }

  func continueConnecting(
    on loop: EventLoop, handler: @escaping @Sendable (Interest) -> Void
  ) -> StorageError? {
    loop.deregister(descriptor)
    switch PQconnectPoll(handle) {
    case PGRES_POLLING_READING: watch(for: .readable, on: loop, handler)
    case PGRES_POLLING_WRITING: watch(for: .writable, on: loop, handler)
    case PGRES_POLLING_OK:
      PQsetnonblocking(handle, 1)
      watch(for: .readable, on: loop, handler)
      return configure(on: loop)
    default: return connectionError()
    }
    return nil
  }

  /// Sets what every session needs. `statement_timeout` bounds what a slow statement can hold up, the other time limit a
  /// transaction whose owner hangs.
  private func configure(on loop: EventLoop) -> StorageError? {
    phase = .configuring
    var script = """
      SET TimeZone = 'UTC'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s';
      """
    // A read that was cut off is sent again, so it must not be a write in disguise.
    if role == .reader { script += " SET default_transaction_read_only = on;" }
    guard PQsendQuery(handle, script) == 1 else { return connectionError() }
    return flush(on: loop)
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
    scriptError = nil
    if descriptor >= 0 { loop.deregister(descriptor) }
    descriptor = -1
    PQfinish(handle)
    handle = nil
  }

  private func connectionError() -> StorageError {
    let message = String(cString: PQerrorMessage(handle))
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    return StorageError(
      .unavailable, "PostgreSQL cannot be reached: \(line.isEmpty ? "the connection was lost" : line)")
  }

  // MARK: Sending

  /// Sends the statements of a job; what belongs to no other transaction ends with a Sync.
  func send(_ job: Job, now: UInt64) -> StorageError? {
    if pipeline.isIdle { lastProgress = now }
    if let script = job.script { return send(script, for: job) }
    let isShared = job.kind == .read && !job.isAlone
    if !isShared, let error = endSegment() { return error }
    if job.kind.lease != nil && !hasBegun {
      hasBegun = true
      guard PQsendQueryParams(handle, "BEGIN", 0, nil, nil, nil, nil, 1) == 1 else { return connectionError() }
      pipeline.sentBegin()
    }
    for (statement, parameters) in zip(job.statements, job.parameters) {
      guard send(statement, parameters) else { return connectionError() }
      pipeline.sentExecute(job)
    }
    pipeline.sent(job)
    return isShared ? nil : endSegment()
  }

  private func send(_ statement: Statement, _ parameters: Parameters) -> Bool {
    let (name, isNew) = pipeline.name(of: statement)
    if isNew {
      types.removeAll(keepingCapacity: true)
      for type in statement.parameters { types.append(PostgresType.of(type)) }
      guard PQsendPrepare(handle, name, statement.postgres, Int32(types.count), types) == 1 else { return false }
      pipeline.sentPrepare(statement)
    }
    return parameters.bytes.withUnsafeBytes { bytes in
      // The address of an empty value must not be nil, which would mean NULL.
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return name.withUnsafeBufferPointer { name in
        pointers.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for start in parameters.starts {
          pointers.append(start.map { (base ?? name.baseAddress)?.advanced(by: $0) } ?? nil)
          formats.append(1)
        }
        return PQsendQueryPrepared(
          handle, name.baseAddress, Int32(pointers.count), pointers, parameters.lengths, formats, 1) == 1
      }
    }
  }

  private func send(_ script: String, for job: Job) -> StorageError? {
    guard PQexitPipelineMode(handle) == 1 else { return connectionError() }
    let isFirstStep = job.kind.lease != nil && !hasBegun
    if isFirstStep { hasBegun = true }
    guard PQsendQuery(handle, isFirstStep ? "BEGIN; \(script)" : script) == 1 else { return connectionError() }
    phase = .script(job)
    return nil
  }

  private func endSegment() -> StorageError? {
    guard pipeline.hasOpenSegment else { return nil }
    guard PQpipelineSync(handle) == 1 else { return connectionError() }
    pipeline.sentSync()
    return nil
  }

  /// Ends the segment of shared reads and gives libpq's buffer to the socket.
  func flush(on loop: EventLoop) -> StorageError? {
    if let error = endSegment() { return error }
    switch PQflush(handle) {
    case 0: loop.modify(descriptor, for: .readable)
    case 1: loop.modify(descriptor, for: [.readable, .writable])
    default: return connectionError()
    }
    return nil
  }

  // MARK: Receiving

  /// Reads what has arrived.
  ///
  /// - Returns: why the connection is of no use any more, if so.
  func receive(into effects: inout Pipeline.Effects, now: UInt64) -> StorageError? {
    // What arrived before the connection was lost still counts.
    let lost = PQconsumeInput(handle) == 1 ? nil : connectionError()
    lastProgress = now
    let failure: StorageError?
    switch phase {
    case .closed, .connecting: failure = nil
    case .configuring, .script: failure = receiveScript(into: &effects)
    case .ready: failure = receivePipeline(into: &effects)
    }
    if let failure { return failure }
    // Nothing is expected, so this is the server saying good-bye.
    return lost ?? (PQstatus(handle) == CONNECTION_BAD ? connectionError() : nil)
  }

  private func receivePipeline(into effects: inout Pipeline.Effects) -> StorageError? {
    var nils = 0
    while !pipeline.isIdle && PQisBusy(handle) == 0 {
      guard let pointer = PQgetResult(handle) else {
        // One stands behind the results of each statement.
        nils += 1
        if nils > 2 { return connectionError() }
        continue
      }
      nils = 0
      let result = PostgresResult(pointer)
      let outcome: Pipeline.Outcome
      switch result.status {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: outcome = .result(result)
      case PGRES_PIPELINE_SYNC: outcome = .synced
      case PGRES_PIPELINE_ABORTED: outcome = .aborted
      default:
        // Without a SQLSTATE it was libpq that gave up, not the server that refused.
        if result.field("C") == nil { return connectionError() }
        outcome = .failed(StorageError(result))
      }
      guard pipeline.receive(outcome, into: &effects) else {
        return StorageError(.unavailable, "PostgreSQL answered out of order, so the connection was closed.")
      }
    }
    return nil
  }

  private func receiveScript(into effects: inout Pipeline.Effects) -> StorageError? {
    while PQisBusy(handle) == 0 {
      if let pointer = PQgetResult(handle) {
        let result = PostgresResult(pointer)
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: continue
        case PGRES_FATAL_ERROR where result.field("C") != nil:
          scriptError = scriptError ?? StorageError(result)
          continue
        default:
          // A COPY, or the connection is gone: neither can go on.
          return connectionError()
        }
      }
      guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1 else { return connectionError() }
      let error = scriptError
      scriptError = nil
      if case .script(let job) = phase {
        job.error = error
        effects.finished.append(job)
      } else if let error {
        return error
      }
      phase = .ready
      return nil
    }
    return nil
  }

  // MARK: Leases

  /// Whether the current transaction has sent anything.
  var hasTransaction: Bool { hasBegun }

  /// Takes the connection back.
  ///
  /// - Returns: false when it is not as it was, and must be closed.
  func endLease() -> Bool {
    lease = nil
    hasBegun = false
    return PQtransactionStatus(handle) == PQTRANS_IDLE
  }
}

extension StorageError {
  fileprivate static let scriptOutcomeUnknown = StorageError(
    .outcomeUnknown, "The connection to PostgreSQL was lost while a script ran, which may be done in part.")
}

/// Calls `body` with the texts as C strings and a NULL behind them.
private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for text in texts {
    starts.append(bytes.count)
    bytes.append(contentsOf: text.utf8CString)
  }
  return bytes.withUnsafeBufferPointer { buffer in
    var pointers: [UnsafePointer<CChar>?] = starts.map { buffer.baseAddress?.advanced(by: $0) }
    pointers.append(nil)
    return body(pointers)
  }
}
