import Dispatch
import EventLoop
import FoundationEssentials
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// What is seen from between the engine and the server.
@Suite(.timeLimit(.minutes(2))) struct ProxyTests {
  static let one = Query<Int?>.first(
    Statement(number: 1, name: "one", postgres: "SELECT 1::bigint", sqlite: "", parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.int(0) }

  static let insert = Query<Void>(
    Statement(
      number: 2, name: "insert", postgres: "INSERT INTO rows DEFAULT VALUES", sqlite: "", parameters: [],
      effect: .write))

  static let rows = Query<Int?>.first(
    Statement(
      number: 3, name: "rows", postgres: "SELECT count(*) FROM rows", sqlite: "", parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.int(0) }

  /// Runs a test with a table `rows`, a database of one connection through a proxy, and the proxy.
  static func with(_ body: (PostgresDatabase, FaultProxy, TestDatabase) async throws -> Void) async throws {
    let test = try await TestDatabase(.postgres, in: TemporaryFolder())
    let proxy = try FaultProxy(to: PostgresCluster.fromEnvironment().port)
    let database = try await PostgresDatabase.open(url: proxy.url(for: test.url), poolSize: 1)
    try await database.execute(script: "CREATE TABLE rows (id bigint GENERATED ALWAYS AS IDENTITY)")
    try await body(database, proxy, test)
    await database.close()
    try await test.drop()
  }

  @Test func `A read, a write and a batch are one Sync each`() async throws {
    try await Self.with { database, proxy, _ in
      #expect(proxy.count(of: .sync) == 0)
      let one = try await database.run(Self.one)
      #expect(one == 1)
      #expect(proxy.count(of: .sync) == 1)
      try await database.run(Self.insert)
      #expect(proxy.count(of: .sync) == 2)
      _ = try await database.run([Self.insert, Self.insert, Self.insert])
      #expect(proxy.count(of: .sync) == 3)
      #expect(proxy.count(of: .execute) == 5)
    }
  }

  @Test(arguments: [true, false])
  func `A read whose answer was lost is sent again, once`(butEnd: Bool) async throws {
    try await Self.with { database, proxy, _ in
      proxy.arm(.loseAnswer(to: .read, butEnd: butEnd))
      let one = try await database.run(Self.one)
      #expect(one == 1)
      try await eventually("the connection goes") { !proxy.isArmed }
      // What it saw does not depend on the end of the answer.
      #expect(proxy.count(of: .execute) == (butEnd ? 1 : 2))
    }
  }

  @Test(arguments: [true, false])
  func `A write whose answer was lost is of unknown outcome, and not sent again`(butEnd: Bool) async throws {
    try await Self.with { database, proxy, _ in
      proxy.arm(.loseAnswer(to: .write, butEnd: butEnd))
      let error = await #expect(throws: StorageError.self) { try await database.run(Self.insert) }
      #expect(error?.code == .outcomeUnknown)
      #expect(proxy.count(of: .execute) == 1)
      let rows = try await database.run(Self.rows)
      #expect(rows == 1)
    }
  }

  @Test func `A transaction whose last answer was lost is of unknown outcome, and not tried again`() async throws {
    try await Self.with { database, proxy, _ in
      let error = await #expect(throws: StorageError.self) {
        try await database.transaction { transaction in
          try await transaction.run(Self.insert)
          proxy.arm(.loseAnswer(to: .write, butEnd: false))
        }
      }
      #expect(error?.code == .outcomeUnknown)
      let rows = try await database.run(Self.rows)
      #expect(rows == 1)
    }
  }

  @Test func `A write that did not arrive whole is of unknown outcome, and absent`() async throws {
    try await Self.with { database, proxy, _ in
      proxy.arm(.cut(from: .client, after: 20, abruptly: true))
      let error = await #expect(throws: StorageError.self) { try await database.run(Self.insert) }
      #expect(error?.code == .outcomeUnknown)
      let rows = try await database.run(Self.rows)
      #expect(rows == 0)
    }
  }

  /// libpq notices a reset while it still reads, and then takes what it has read for what it is not.
  @Test func `No read is given what is left of the answers when a connection is reset`() async throws {
    try await Self.with { _, proxy, test in
      let pool = PostgresPool(try PostgresURL(proxy.url(for: test.url)), size: 1, limits: PostgresPool.Limits())
      try await pool.open()
      // The statement is prepared, and libpq has room for more than it is going to get.
      let first = try await pool.run(Self.length(200_000), as: .read)
      #expect(first == [200_000])

      let (sending, receiving) = (Hold(), Hold())
      pool.loop.execute { sending.wait() }
      try await eventually("the loop stands still") { sending.isHeld }
      let reads = ([60_000] + [Int](repeating: 10, count: 20)).map { length in
        Task { try await pool.run(Self.length(length), as: .read) == [length] }
      }
      try await eventually("every task has asked") { pool.inbox.withLock { $0.count } == reads.count }
      pool.loop.execute { pool.loop.afterTurn { receiving.wait() } }
      proxy.arm(.cut(from: .server, after: 61_000, abruptly: true))
      sending.release()
      try await eventually("the connection is reset") { !proxy.isArmed }
      receiving.release()
      for read in reads {
        let isRight = try await read.value
        #expect(isRight)
      }
      await pool.close()
    }
  }

  @Test func `When the request to stop a statement is lost, the task that left is answered all the same`() async throws
  {
    try await Self.with { _, proxy, test in
      var limits = PostgresPool.Limits()
      limits.silence = .milliseconds(800)
      let database = try await PostgresDatabase.open(url: proxy.url(for: test.url), poolSize: 1, limits: limits)
      let sent = proxy.count(of: .sync)
      let task = Task { try await database.transaction { try await $0.run(Self.sleep) } }
      try await eventually("the statement is sent") { proxy.count(of: .sync) > sent }
      // The next that the engine sends is the request, on a connection of its own.
      proxy.arm(.silence(from: .client, after: 0))
      task.cancel()
      let start = ContinuousClock.now
      let error = await #expect(throws: StorageError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      #expect(ContinuousClock.now - start < .seconds(40), "the server ends idle transactions after a minute")
      #expect(!proxy.isArmed)
      let one = try await database.run(Self.one)
      #expect(one == 1)
      await database.close()
    }
  }

  private static let sleep = Query<Void>(
    Statement(
      number: 5, name: "sleep", postgres: "SELECT pg_sleep(0.4)", sqlite: "", parameters: [], effect: .write))

  /// Texts of a length, measured where they arrive.
  private static func length(_ length: Int) -> Query<[Int]> {
    .all(
      Statement(
        number: 4, name: "text", postgres: "SELECT repeat('x', $1::bigint::int)", sqlite: "", parameters: [.int],
        effect: .read), [.int(Int64(length))]
    ) { row throws(StorageError) in try row.text(0).utf8.count }
  }
}

/// Holds a thread up.
private final class Hold: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let flag = Flag()

  var isHeld: Bool { flag.isSet }

  func wait() {
    flag.set()
    semaphore.wait()
  }

  func release() { semaphore.signal() }
}
