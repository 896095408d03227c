import Glibc
public import Storage
import Synchronization

/// A database in one file, for a laptop and for a small site: one writer with group commit, readers beside it (WAL).
public final class SQLiteDatabase: Database {
  public let engine = Engine.sqlite

  private let writer = Writer()
  /// Nil in memory, where only the connection that writes sees the data.
  private let readers: Readers?
  private let threads: ThreadCount

  /// Opens the file, which is made when it does not exist.
  ///
  /// - Parameter url: `sqlite:///relative.db`, `sqlite:////absolute.db` or `sqlite:///:memory:`; a driver suffix as in
  ///   `sqlite+aiosqlite:` is ignored.
  /// - Throws: `configuration`, `unavailable`.
  public static func open(url: String) async throws(StorageError) -> SQLiteDatabase {
    let location = try SQLiteLocation(url: url)
    // Opening may wait for the disk or for another process's lock.
    let result: Result<SQLiteDatabase, StorageError> = await withCheckedContinuation { continuation in
      do throws(StorageError) {
        try startThread {
          continuation.resume(returning: Result { () throws(StorageError) in try SQLiteDatabase(location) })
        }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    return try result.get()
  }

  private init(_ location: SQLiteLocation) throws(StorageError) {
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let connection = try SQLiteConnection(location, role: .writer)
    var threadReaders: [SQLiteConnection] = []
    if location == .memory {
      readers = nil
    } else {
      readers = try Readers(location, count: cores)
      for _ in 0..<min(cores, 4) { threadReaders.append(try SQLiteConnection(location, role: .reader)) }
    }
    let threads = ThreadCount(1 + threadReaders.count)
    self.threads = threads
    try readers?.start(with: threadReaders) { threads.threadEnded() }
    try writer.start(with: connection) { threads.threadEnded() }
  }

  deinit {
    writer.close()
    readers?.close()
  }

  public func run<Result>(_ query: Query<Result>) async throws(StorageError) -> Result {
    if query.statement.effect == .read, let readers {
      let result = try readers.performInPlace { connection throws(StorageError) in
        try connection.run(query.statement, query.values, query.decode)
      }
      if let result { return result }
    }
    return try await result(of: query) { body throws(StorageError) in
      if query.statement.effect == .read, let readers = self.readers {
        try await readers.perform(body)
      } else {
        try await self.writer.perform(isBatch: false, body)
      }
    }
  }

  public func perform(_ queries: [AnyQuery]) async throws(StorageError) {
    let body: @Sendable (SQLiteConnection) throws(StorageError) -> Void = { connection throws(StorageError) in
      for query in queries { try connection.run(query.statement, query.values, query.receive) }
    }
    guard let readers, queries.allSatisfy({ $0.statement.effect == .read }) else {
      return try await writer.perform(isBatch: queries.count > 1, body)
    }
    // One snapshot for all of them.
    let read: @Sendable (SQLiteConnection) throws(StorageError) -> Void = { connection throws(StorageError) in
      try connection.execute("BEGIN")
      defer { try? connection.execute("ROLLBACK") }
      try body(connection)
    }
    if try readers.performInPlace(read) == nil { try await readers.perform(read) }
  }

  public func execute(script: String) async throws(StorageError) {
    try await writer.script(script)
  }

  public func transaction<Result: Sendable>(
    _ body: @Sendable (any Transaction) async throws -> Result
  ) async throws -> Result {
    let lease = try await writer.lease()
    let result: Result
    do {
      result = try await body(SQLiteTransaction(lease: lease))
    } catch {
      // Rolled back in any case; why `body` failed is what the caller must know.
      try? await lease.end(commit: false)
      throw error
    }
    try await lease.end(commit: true)
    return result
  }

  public func close() async {
    writer.close()
    readers?.close()
    await threads.waitForAll()
  }
}

struct SQLiteTransaction: Transaction {
  let engine = Engine.sqlite
  let lease: Lease

  func run<Result>(_ query: Query<Result>) async throws(StorageError) -> Result {
    try await result(of: query) { body throws(StorageError) in try await lease.perform(body) }
  }

  func perform(_ queries: [AnyQuery]) async throws(StorageError) {
    try await lease.perform { connection throws(StorageError) in
      for query in queries { try connection.run(query.statement, query.values, query.receive) }
    }
  }

  func execute(script: String) async throws(StorageError) {
    try await lease.perform { connection throws(StorageError) in try connection.execute(script) }
  }
}

/// Runs a query by way of a thread and hands its result back.
private func result<Result>(
  of query: Query<Result>,
  _ perform: (@escaping @Sendable (SQLiteConnection) throws(StorageError) -> Void) async throws(StorageError) -> Void
) async throws(StorageError) -> Result {
  let cell = ResultCell<Result>()
  try await perform { connection throws(StorageError) in
    let value = try connection.run(query.statement, query.values, query.decode)
    cell.value.withLock { $0 = value }
  }
  guard let value = cell.value.withLock({ $0 }) else { throw .closed }
  return value
}

private final class ResultCell<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
}
