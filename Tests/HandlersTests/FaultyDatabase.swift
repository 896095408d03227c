import Storage
import Synchronization

/// A database that fails as told, one fault at each batch that holds a statement, and then no more.
final class FaultyDatabase: Database {
  enum Fault: Sendable {
    /// Nothing was saved.
    case before(StorageError.Code)
    /// All was saved, but nobody was told so.
    case after(StorageError.Code)
    /// Somebody else did this first.
    case meanwhile(@Sendable (any Database) async throws(StorageError) -> Void)
  }

  private let database: any Database
  private let statement: Statement
  private let left: Mutex<[Fault]>

  init(_ database: any Database, statement: Statement, faults: [Fault]) {
    self.database = database
    self.statement = statement
    left = Mutex(faults)
  }

  /// Those that did not happen yet.
  var faults: [Fault] { left.withLock { $0 } }

  var engine: Engine { database.engine }

  func run<Result>(_ query: Query<Result>) async throws(StorageError) -> Result {
    try await database.run(query)
  }

  func perform(_ queries: [AnyQuery]) async throws(StorageError) {
    let isMeant = queries.contains { $0.statement.name == statement.name }
    let fault = isMeant ? left.withLock { $0.isEmpty ? nil : $0.removeFirst() } : nil
    if case .before(let code) = fault { throw StorageError(code, "told to fail") }
    if case .meanwhile(let action) = fault { try await action(database) }
    try await database.perform(queries)
    if case .after(let code) = fault { throw StorageError(code, "told to fail") }
  }

  func execute(script: String) async throws(StorageError) {
    try await database.execute(script: script)
  }

  func transaction<Result: Sendable>(
    _ body: @Sendable (any Transaction) async throws -> Result
  ) async throws -> Result {
    try await database.transaction(body)
  }

  func notifications(on channel: String) async throws(StorageError) -> AsyncStream<DatabaseNotification>? {
    try await database.notifications(on: channel)
  }

  func close() async {
    await database.close()
  }
}
