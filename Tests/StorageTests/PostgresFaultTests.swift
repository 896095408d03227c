import FoundationEssentials
import Storage
import Synchronization
import Testing
import Values

@testable import Postgres

@Suite(.serialized) struct PostgresFaultTests {
  /// Ends the backends of every other connection of this test.
  static let terminateOthers = Query<Void>(
    Statement(
      number: 200, name: "terminate",
      postgres: """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()
        """,
      sqlite: "", parameters: [], effect: .write))

  /// Ends its own backend, the first time that it runs.
  static func terminateOnce(_ number: Int, _ effect: Statement.Effect) -> Query<Bool?> {
    .first(
      Statement(
        number: number, name: "terminate.once",
        postgres: "SELECT CASE WHEN nextval('runs') = 1 THEN pg_terminate_backend(pg_backend_pid()) ELSE true END",
        sqlite: "", parameters: [], effect: effect)
    ) { row throws(StorageError) in try row.bool(0) }
  }

  static let runs = Query<Int?>.first(
    Statement(number: 203, name: "runs", postgres: "SELECT nextval('runs')", sqlite: "", parameters: [], effect: .write)
  ) { row throws(StorageError) in try row.int(0) }

  @Test func `While connections are cut under load, nothing acknowledged is missing and nothing refused is there`()
    async throws
  {
    try await TestDatabase.with(.postgres, tables: Samples.tables) { database, test in
      let admin = try await test.open(poolSize: 1)
      let isOver = Flag()
      let (saved, refused, reads) = try await withThrowingTaskGroup(of: (Set<Int>, Set<Int>, Int).self) { group in
        for task in 0..<16 {
          group.addTask {
            var (saved, refused, reads) = (Set<Int>(), Set<Int>(), 0)
            var id = task * 1_000_000
            while !isOver.isSet {
              id += 1
              do throws(StorageError) {
                try await database.run(Samples.insert(id, .int(1)))
                saved.insert(id)
              } catch {
                switch error.code {
                case .outcomeUnknown: break
                case .unavailable: refused.insert(id)
                default: Issue.record(error)
                }
              }
              do throws(StorageError) {
                _ = try await database.run(Samples.find(id))
                reads += 1
              } catch {
                // Cut off twice in a row.
                if error.code != .unavailable { Issue.record(error) }
              }
            }
            return (saved, refused, reads)
          }
        }
        for _ in 0..<25 {
          try await admin.run(Self.terminateOthers)
          // Until the next cut it has healed.
          while try await code(of: { try await database.run(Samples.insertPerson(name: "x")) }) != .uniqueViolation {}
        }
        isOver.set()
        return try await group.reduce(into: (Set<Int>(), Set<Int>(), 0)) {
          $0.0.formUnion($1.0)
          $0.1.formUnion($1.1)
          $0.2 += $1.2
        }
      }
      let present = try await admin.run(
        Query<[Int]>.all(
          Statement(
            number: 204, name: "values.ids", postgres: "SELECT id FROM \"values\"", sqlite: "", parameters: [],
            effect: .read)
        ) { row throws(StorageError) in try row.int(0) })
      #expect(saved.subtracting(present).isEmpty)
      #expect(refused.intersection(present).isEmpty)
      #expect(!saved.isEmpty && reads > 0)
      await admin.close()
    }
  }

  @Test func `A read that was cut off is tried again`() async throws {
    try await TestDatabase.with(.postgres, poolSize: 1) { database, _ in
      try await database.execute(script: "CREATE SEQUENCE runs")
      let result = try await database.run(Self.terminateOnce(201, .read))
      #expect(result == true)
      let runs = try await database.run(Self.runs)
      #expect(runs == 3)
    }
  }

  @Test func `A write that was cut off is not tried again`() async throws {
    try await TestDatabase.with(.postgres, poolSize: 1) { database, _ in
      try await database.execute(script: "CREATE SEQUENCE runs")
      let code = try await code { _ = try await database.run(Self.terminateOnce(202, .write)) }
      #expect(code == .unavailable, "the server said so before the write was done")
      let runs = try await database.run(Self.runs)
      #expect(runs == 2)
    }
  }

  @Test func `A transaction whose connection is cut saves nothing and says so`() async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables, poolSize: 2) { database, test in
      let admin = try await test.open(poolSize: 1)
      let code = try await code {
        try await database.transaction { transaction in
          try await transaction.run(Samples.insertPerson(name: "Ann"))
          try await admin.run(Self.terminateOthers)
          try await transaction.run(Samples.insertPerson(name: "Bob"))
        }
      }
      #expect(code == .unavailable)
      let names = try await database.run(Samples.names)
      #expect(names == [])
      await admin.close()
    }
  }

  @Test func `Who waits too long for a connection is told, and the connection comes back`() async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables, poolSize: 1) { _, test in
      var limits = PostgresPool.Limits()
      limits.wait = .milliseconds(50)
      let database = try await PostgresDatabase.open(url: test.url, poolSize: 1, limits: limits)
      try await database.transaction { transaction in
        try await transaction.run(Samples.insertPerson(name: "Ann"))
        for _ in 0..<2 {
          let write = try await code { try await database.run(Samples.insertPerson(name: "Bob")) }
          #expect(write == .poolExhausted)
          let read = try await code { _ = try await database.run(Samples.names) }
          #expect(read == .poolExhausted)
        }
      }
      let names = try await database.run(Samples.names)
      #expect(names == ["Ann"])
      await database.close()
    }
  }

  @Test func `A statement of a migration takes as long as it needs, others are given up with a server that is silent`()
    async throws
  {
    try await TestDatabase.with(.postgres, poolSize: 1) { _, test in
      var limits = PostgresPool.Limits()
      // Time enough for what does not sleep.
      limits.silence = .seconds(1)
      let database = try await PostgresDatabase.open(url: test.url, poolSize: 1, limits: limits)
      let sql: StaticString = "SELECT pg_sleep(3)"
      let migration = Statement(name: "migration.sleep", postgres: "\(sql)", sqlite: "", effect: .read)
      try await database.transaction { transaction in try await transaction.run(Query<Void>(migration)) }
      let other = Statement(number: 214, name: "sleep", postgres: sql, sqlite: "", parameters: [], effect: .read)
      let code = try await code {
        try await database.transaction { transaction in try await transaction.run(Query<Void>(other)) }
      }
      #expect(code == .unavailable)
      await database.close()
    }
  }

  @Test func `A statement that takes longer than it may is a timeout`() async throws {
    try await TestDatabase.with(.postgres) { database, _ in
      let code = try await code {
        try await database.transaction { transaction in
          try await transaction.execute(script: "SET LOCAL statement_timeout = '5ms'")
          try await transaction.run(
            Query<Void>(
              Statement(
                number: 205, name: "sleep", postgres: "SELECT pg_sleep(60)", sqlite: "", parameters: [], effect: .read))
          )
        }
      }
      #expect(code == .timeout)
    }
  }

  @Test func `A read that waits does not hold up those that come after`() async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables) { database, _ in
      let lock = Statement(
        number: 206, name: "lock", postgres: "SELECT pg_advisory_xact_lock(hashtext(current_schema()))", sqlite: "",
        parameters: [], effect: .read)
      let hasEnded = Flag()
      let slow = try await database.transaction { transaction in
        try await transaction.run(Query<Void>(lock))
        let slow = Task {
          try await database.run(Query<Void>(lock))
          hasEnded.set()
        }
        for _ in 0..<100 { _ = try await database.run(Samples.names) }
        #expect(!hasEnded.isSet)
        return slow
      }
      try await slow.value
    }
  }

  static func sleep(_ effect: Statement.Effect) -> Query<Void> {
    Query(
      Statement(
        number: effect == .read ? 208 : 209, name: "sleep", postgres: "SELECT pg_sleep(60)", sqlite: "", parameters: [],
        effect: effect))
  }

  /// How many of this test's connections sleep.
  static let sleeping = Query<Int?>.first(
    Statement(
      number: 213, name: "sleeping",
      postgres: """
        SELECT count(*) FROM pg_stat_activity
        WHERE application_name = current_setting('application_name') AND state = 'active' AND query LIKE '%pg_sleep(6%'
          AND pid <> pg_backend_pid()
        """, sqlite: "", parameters: [], effect: .write)
  ) { row throws(StorageError) in try row.int(0) }

  @Test(arguments: [Statement.Effect.read, .write])
  func `What a cancelled task asked for is stopped on the server, and the connection serves on`(
    effect: Statement.Effect
  ) async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables) { _, test in
      let admin = try await test.open(poolSize: 1)
      let database = try await test.open(poolSize: 1)
      let task = Task { try await database.run(Self.sleep(effect)) }
      while try await admin.run(Self.sleeping) == 0 {}
      task.cancel()
      let code = try await code { try await task.value }
      #expect(code == (effect == .read ? .cancelled : .outcomeUnknown))
      while try await admin.run(Self.sleeping) != 0 {}
      // The request to stop does not hit what comes next.
      for id in 0..<50 { try await database.run(Samples.insert(id, .int(1))) }
      await database.close()
      await admin.close()
    }
  }

  @Test func `A cancelled step of a transaction is stopped on the server, and the transaction ends`() async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables, poolSize: 1) { database, test in
      let admin = try await test.open(poolSize: 1)
      let task = Task {
        try await database.transaction { transaction in
          try await transaction.run(Samples.insert(1, .int(1)))
          try await transaction.run(Self.sleep(.write))
        }
      }
      while try await admin.run(Self.sleeping) == 0 {}
      task.cancel()
      let code = try await code { try await task.value }
      #expect(code == .cancelled)
      let found = try await database.run(Samples.find(1))
      #expect(found == nil)
      await admin.close()
    }
  }

  @Test func `Reads that travel with a slow one are answered, and the slow one goes on by itself`() async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables, poolSize: 6) { database, test in
      let admin = try await test.open(poolSize: 1)
      try await database.run(Samples.insert(7, .int(7)))
      let slow = (0..<2).map { _ in Task { try await database.run(Self.sleep(.read)) } }
      let found = await withTaskGroup(of: SQLValue?.self) { group in
        for _ in 0..<200 { group.addTask { try? await database.run(Samples.find(7)) } }
        return await group.reduce(into: 0) { $0 += $1 == .int(7) ? 1 : 0 }
      }
      #expect(found == 200)
      for task in slow { task.cancel() }
      while try await admin.run(Self.sleeping) != 0 {}
      await admin.close()
    }
  }

  @Test func `A failed read among many that travel together is its caller's alone`() async throws {
    try await TestDatabase.with(.postgres, tables: Samples.tables, poolSize: 2) { database, _ in
      try await database.run(Samples.insert(7, .int(7)))
      let divide = Statement(
        number: 207, name: "divide", postgres: "SELECT 1 / $1", sqlite: "", parameters: [.int], effect: .read)
      let failures = await withTaskGroup { group in
        for number in 0..<200 {
          group.addTask {
            do throws(StorageError) {
              if number % 5 == 0 {
                try await database.run(Query<Void>(divide, [.int(0)]))
                return 1000
              }
              let found = try await database.run(Samples.find(7))
              return found == .int(7) ? 0 : 1000
            } catch {
              return error.code == .sqlState("22012") ? 1 : 1000
            }
          }
        }
        return await group.reduce(0, +)
      }
      #expect(failures == 40)
    }
  }

  @Test(arguments: [
    "postgresql://127.0.0.1:1/postgres?connect_timeout=5", "postgresql+asyncpg:///?host=/nonexistent",
  ])
  func `A server that cannot be reached is told at once`(url: String) async throws {
    let error = await #expect(throws: StorageError.self) { try await PostgresDatabase.open(url: url, poolSize: 2) }
    #expect(error?.code == .unavailable)
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}
