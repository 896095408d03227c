public import Storage
import Synchronization

/// A database on a PostgreSQL server, through libpq without blocking.
public final class PostgresDatabase: Database {
  public let engine = Engine.postgres
  private let pool: PostgresPool
  private let listeners = Mutex<[PostgresListener]>([])

  /// Connects.
  ///
  /// - Parameters:
  ///   - url: as libpq takes it, or as SQLAlchemy does (`postgresql+asyncpg://`).
  ///   - poolSize: connections, at least 1; a third of them, at most 2, for reads.
  /// - Throws: `configuration`, `unavailable`.
  public static func open(url: String, poolSize: Int = 16) async throws(StorageError) -> PostgresDatabase {
    try await open(url: url, poolSize: poolSize, limits: PostgresPool.Limits())
  }

  static func open(
    url: String, poolSize: Int, limits: PostgresPool.Limits
  ) async throws(StorageError) -> PostgresDatabase {
    let pool = PostgresPool(try PostgresURL(url), size: max(1, poolSize), limits: limits)
    try await pool.open()
    return PostgresDatabase(pool)
  }

  private init(_ pool: PostgresPool) {
    self.pool = pool
  }

  deinit {
    pool.abandon()
    stopListeners()
  }

  public func run<Result>(_ query: Query<Result>) async throws(StorageError) -> Result {
    try await pool.run(query, as: query.statement.effect == .read ? .read : .write)
  }

  public func perform(_ queries: [AnyQuery]) async throws(StorageError) {
    let isRead = queries.allSatisfy { $0.statement.effect == .read }
    try await pool.perform(queries, as: isRead ? .read : .write)
  }

  public func execute(script: String) async throws(StorageError) {
    try await pool.execute(script, as: .write)
  }

  public func transaction<Result: Sendable>(
    _ body: @Sendable (any Transaction) async throws -> Result
  ) async throws -> Result {
    let job = Job(.lease)
    try await job.wait { pool.submit(job) }
    guard let lease = job.leased else { throw StorageError.closed }
    let result: Result
    do {
      result = try await body(PostgresTransaction(pool: pool, lease: lease))
    } catch {
      // Rolled back in any case, if need be by the server; why `body` failed is what the caller must know.
      _ = try? await pool.end(.rollback(lease))
      throw error
    }
    try await pool.end(.commit(lease))
    return result
  }

  public var transactionLimit: Int { pool.writerCount }

  /// What is sent to a channel by `SELECT pg_notify(channel, payload)`, from now on and until the database is closed or
  /// nobody reads it any more. It has a connection of its own beside the pool's, which comes back by itself; a gap is told
  /// then.
  ///
  /// - Parameter channel: letters, digits and underscores, 1 to 63 of them.
  /// - Throws: `unavailable`; `configuration` for another channel, and behind a pooler, which does not pass them on.
  public func notifications(on channel: String) async throws(StorageError) -> AsyncStream<DatabaseNotification>? {
    guard (1...63).contains(channel.utf8.count),
      channel.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { throw StorageError(.configuration, "A channel's name is made of 1 to 63 letters, digits and underscores.") }
    let (stream, output) = NotificationOutput.make()
    let listener = PostgresListener(
      pool.url, limits: pool.limits, loop: pool.loop, channel: channel, output: output)
    output.continuation.onTermination = { [weak self, weak listener] _ in
      listener?.stop()
      self?.listeners.withLock { $0.removeAll { $0 === listener } }
    }
    try await listener.start()
    listeners.withLock { $0.append(listener) }
    return stream
  }

  private func stopListeners() {
    for listener in listeners.withLock({ $0 }) { listener.stop() }
  }

  public func close() async {
    stopListeners()
    await pool.close()
  }
}

struct PostgresTransaction: Transaction {
  let engine = Engine.postgres
  let pool: PostgresPool
  let lease: Lease

  func run<Result>(_ query: Query<Result>) async throws(StorageError) -> Result {
    try await pool.run(query, as: .step(lease))
  }

  func perform(_ queries: [AnyQuery]) async throws(StorageError) {
    try await pool.perform(queries, as: .step(lease))
  }

  func execute(script: String) async throws(StorageError) {
    try await pool.execute(script, as: .step(lease))
  }
}

// Values are encoded and rows decoded here, in the task; the loop only moves bytes.
extension PostgresPool {
  nonisolated func run<Result>(_ query: Query<Result>, as kind: Job.Kind) async throws(StorageError) -> Result {
    let job = Job(kind, .statement(query.statement, try Parameters(query.values, for: query.statement)))
    try await job.wait { submit(job) }
    guard let result = job.result else { throw .closed }
    var rows = Rows(PostgresRows(result, of: query.statement))
    return try query.decode(&rows)
  }

  nonisolated func perform(_ queries: [AnyQuery], as kind: Job.Kind) async throws(StorageError) {
    if queries.isEmpty { return }
    var batch: [(Statement, Parameters)] = []
    for query in queries { batch.append((query.statement, try Parameters(query.values, for: query.statement))) }
    let job = Job(kind, .batch(batch))
    try await job.wait { submit(job) }
    for (query, result) in zip(queries, job.results) {
      var rows = Rows(PostgresRows(result, of: query.statement))
      try query.receive(&rows)
    }
  }

  nonisolated func execute(_ script: String, as kind: Job.Kind) async throws(StorageError) {
    let job = Job(kind, .script(script))
    try await job.wait { submit(job) }
  }

  /// Ends an interactive transaction; not to be cancelled.
  nonisolated func end(_ kind: Job.Kind) async throws(StorageError) {
    let statement = if case .commit = kind { Self.commit } else { Self.rollback }
    let job = Job(kind, .statement(statement, try Parameters([], for: statement)))
    try await job.wait(cancellable: false) { submit(job) }
    // COMMIT of a transaction in which a statement failed rolls back, and is not an error for PostgreSQL.
    if case .commit = kind, let tag = job.result?.commandTag, tag != "COMMIT" { throw .aborted }
  }

  private static let commit = Statement(
    number: -11, name: "commit", postgres: "COMMIT", sqlite: "COMMIT", parameters: [], effect: .write)
  private static let rollback = Statement(
    number: -12, name: "rollback", postgres: "ROLLBACK", sqlite: "ROLLBACK", parameters: [], effect: .write)
}
