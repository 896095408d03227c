import FoundationEssentials
import Postgres
import Storage
import TestSupport
import Testing

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
  static func with(_ body: (PostgresDatabase, FaultProxy) async throws -> Void) async throws {
    let test = try await TestDatabase(.postgres, in: TemporaryFolder())
    let proxy = try FaultProxy(to: PostgresCluster.fromEnvironment().port)
    let database = try await PostgresDatabase.open(url: proxy.url(for: test.url), poolSize: 1)
    try await database.execute(script: "CREATE TABLE rows (id bigint GENERATED ALWAYS AS IDENTITY)")
    try await body(database, proxy)
    await database.close()
    try await test.drop()
  }

  @Test func `A read, a write and a batch are one Sync each`() async throws {
    try await Self.with { database, proxy in
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
    try await Self.with { database, proxy in
      proxy.arm(.loseAnswer(to: .read, butEnd: butEnd))
      let one = try await database.run(Self.one)
      #expect(one == 1)
      #expect(proxy.injected.count == 1)
      // What it saw does not depend on the end of the answer.
      #expect(proxy.count(of: .execute) == (butEnd ? 1 : 2))
    }
  }

  @Test(arguments: [true, false])
  func `A write whose answer was lost is of unknown outcome, and not sent again`(butEnd: Bool) async throws {
    try await Self.with { database, proxy in
      proxy.arm(.loseAnswer(to: .write, butEnd: butEnd))
      let error = await #expect(throws: StorageError.self) { try await database.run(Self.insert) }
      #expect(error?.code == .outcomeUnknown)
      #expect(proxy.count(of: .execute) == 1)
      let rows = try await database.run(Self.rows)
      #expect(rows == 1)
    }
  }

  @Test func `A transaction whose last answer was lost is of unknown outcome, and not tried again`() async throws {
    try await Self.with { database, proxy in
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
    try await Self.with { database, proxy in
      proxy.arm(.cut(from: .client, after: 20, abruptly: true))
      let error = await #expect(throws: StorageError.self) { try await database.run(Self.insert) }
      #expect(error?.code == .outcomeUnknown)
      let rows = try await database.run(Self.rows)
      #expect(rows == 0)
    }
  }
}
