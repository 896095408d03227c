import Synchronization

/// What queries can be given to: a database, or a transaction in it.
public protocol QueryRunner: Sendable {
  var engine: Engine { get }

  func run<Result>(_ query: Query<Result>) async throws(StorageError) -> Result

  /// Runs statements in order, all or nothing; each is given its rows once everything was saved, or on SQLite
  /// as it runs. The forms of `run` for several queries stand on this.
  func perform(_ queries: [AnyQuery]) async throws(StorageError)

  /// Runs SQL text of any number of statements, without results: for DDL and for maintenance.
  func execute(script: String) async throws(StorageError)
}

/// Runs queries, each in a transaction of its own unless told otherwise.
///
/// Every function throws `StorageError`, `unavailable`, `timeout`, `poolExhausted`, `outcomeUnknown` and `cancelled`
/// among the codes.
public protocol Database: QueryRunner {
  /// An interactive transaction: it holds a connection (on SQLite, the only writer) until `body` ends, so nothing slow
  /// belongs in it. Saved when `body` returns, rolled back when it throws or when a statement in it failed.
  func transaction<Result: Sendable>(
    _ body: @Sendable (any Transaction) async throws -> Result
  ) async throws -> Result

  /// How many interactive transactions can be open at once, at least 1.
  var transactionLimit: Int { get }

  /// What other processes send to a channel, from now on and until the database is closed or nobody reads it any more;
  /// nil on SQLite, where a process learns of another's changes by looking for them.
  ///
  /// - Parameter channel: letters, digits and underscores, 1 to 63 of them.
  /// - Throws: `unavailable`; `configuration` for another channel, and where notifications cannot be had.
  func notifications(on channel: String) async throws(StorageError) -> AsyncStream<DatabaseNotification>?

  /// Lets running statements finish, then closes every connection.
  func close() async
}

extension Database {
  public var transactionLimit: Int { 1 }

  public func notifications(on channel: String) async throws(StorageError) -> AsyncStream<DatabaseNotification>? {
    nil
  }
}

/// What somebody who listens on a channel of a database is told.
public enum DatabaseNotification: Sendable, Hashable {
  /// What was sent.
  case payload(String)
  /// Some may have been missed: the connection was lost and is back, or they came faster than they were taken.
  case gap
}

/// An interactive transaction. When a statement fails, the whole transaction has failed.
public protocol Transaction: QueryRunner {}

/// A query whose result type is erased: what a batch is made of.
public struct AnyQuery: Sendable {
  public let statement: Statement
  public let values: [SQLValue]
  public let receive: @Sendable (inout Rows) throws(StorageError) -> Void

  public init(
    statement: Statement, values: [SQLValue],
    receive: @escaping @Sendable (inout Rows) throws(StorageError) -> Void
  ) {
    self.statement = statement
    self.values = values
    self.receive = receive
  }
}

extension QueryRunner {
  /// Runs queries in order, all or nothing: one transaction and, on PostgreSQL, one round trip.
  public func run<each Result>(
    _ queries: repeat Query<each Result>
  ) async throws(StorageError) -> (repeat each Result) {
    try await run(behind: [], repeat each queries)
  }

  /// Runs queries only if something holds, all in one transaction and, on PostgreSQL, one round trip.
  ///
  /// - Parameter first: queries that are run before the others.
  /// - Throws: `requirementFailed` when it does not hold; nothing was changed then.
  public func run<each Result>(
    requiring requirement: Requirement, after first: [Query<Void>] = [], _ queries: repeat Query<each Result>
  ) async throws(StorageError) -> (repeat each Result) {
    var effects = first.map(\.statement.effect)
    repeat effects.append((each queries).statement.effect)
    let condition = effects.contains(.write) ? requirement.quotient : requirement.count
    do {
      return try await run(
        behind: [condition] + first.map { AnyQuery(statement: $0.statement, values: $0.values, receive: $0.decode) },
        repeat each queries)
    } catch {
      throw requirement.isViolated(by: error) ? .requirementFailed(condition.statement) : error
    }
  }

  private func run<each Result>(
    behind first: [AnyQuery], _ queries: repeat Query<each Result>
  ) async throws(StorageError) -> (repeat each Result) {
    let boxes = (repeat Box<each Result>())
    var batch = first
    repeat batch.append((each boxes).erased(each queries))
    try await perform(batch)
    return (repeat try (each boxes).take())
  }

  /// Runs queries of one kind in order, all or nothing: one transaction and, on PostgreSQL, one round trip.
  public func run<Result>(_ queries: [Query<Result>]) async throws(StorageError) -> [Result] {
    let boxes = queries.map { _ in Box<Result>() }
    try await perform(zip(boxes, queries).map { $0.erased($1) })
    var results: [Result] = []
    results.reserveCapacity(boxes.count)
    for box in boxes { results.append(try box.take()) }
    return results
  }
}

/// Where the result of one query of a batch waits for the others.
private final class Box<Result: Sendable>: Sendable {
  private let result = Mutex<Result?>(nil)

  func erased(_ query: Query<Result>) -> AnyQuery {
    AnyQuery(statement: query.statement, values: query.values) { rows throws(StorageError) in
      let value = try query.decode(&rows)
      self.result.withLock { $0 = value }
    }
  }

  func take() throws(StorageError) -> Result {
    guard let value = result.withLock({ $0 }) else {
      throw .decoding("A statement of the batch was not given its rows.")
    }
    return value
  }
}
