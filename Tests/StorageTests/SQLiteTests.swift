import FoundationEssentials
import Storage
import Testing
import Values

import class TestSupport.TemporaryFolder

@testable import SQLite

@Suite struct SQLiteTests {
  /// Counts to a number, in some ten steps of SQLite's machine each.
  static func count(to limit: Int) -> Query<Int?> {
    .first(
      Statement(
        number: 300, name: "count", postgres: "",
        sqlite: """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT count(*) FROM n
          """,
        parameters: [.int], effect: .read), [.int(Int64(limit))]
    ) { row throws(StorageError) in try row.int(0) }
  }

  @Test func `Many that open a new file at once all open it`() async throws {
    for _ in 0..<10 {
      let folder = try TemporaryFolder()
      try await withThrowingTaskGroup { group in
        for _ in 0..<10 {
          group.addTask { try await SQLiteDatabase.open(url: "sqlite:///\(folder.path)/new.db").close() }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `A read in place is given up when it takes too many steps, and its connection goes on`() throws {
    let connection = try SQLiteConnection(.memory, role: .inPlace)
    let (short, long) = (Self.count(to: 10), Self.count(to: SQLiteConnection.stepLimit))
    #expect(try connection.run(short.statement, short.values, short.decode) == 10)
    let error = #expect(throws: StorageError.self) { try connection.run(long.statement, long.values, long.decode) }
    #expect(error?.code == .timeout)
    #expect(connection.wasGivenUp)
    #expect(try connection.run(short.statement, short.values, short.decode) == 10)
    #expect(!connection.wasGivenUp)
  }

  @Test func `Long reads are answered all the same, many at once`() async throws {
    try await TestDatabase.with(.sqlite) { database, _ in
      let sum = try await withThrowingTaskGroup { group in
        for _ in 0..<16 { group.addTask { try await database.run(Self.count(to: 30_000)) ?? 0 } }
        return try await group.reduce(0, +)
      }
      #expect(sum == 16 * 30_000)
      let (a, b) = try await database.run(Self.count(to: 30_000), Self.count(to: 3))
      #expect(a == 30_000 && b == 3)
    }
  }

  @Test func `A database in memory is one database for readers and writers`() async throws {
    let database = try await SQLiteDatabase.open(url: "sqlite:///:memory:")
    try await Migration.apply(Samples.tables, to: database)
    try await database.run(Samples.insertPerson(name: "Ann"))
    let names = try await database.run(Samples.names)
    #expect(names == ["Ann"])
    await database.close()
  }

  @Test func `A file that cannot be opened is told by its name`() async throws {
    let error = await #expect(throws: StorageError.self) {
      try await SQLiteDatabase.open(url: "sqlite:////nonexistent/folder/a.db")
    }
    #expect(error?.code == .unavailable)
    #expect(error?.description.contains("/nonexistent/folder/a.db") == true)
  }

  @Test func `Two processes' writers take turns`() async throws {
    try await TestDatabase.with(.sqlite, tables: Samples.tables) { first, test in
      let second = try await test.open()
      try await withThrowingTaskGroup { group in
        for number in 0..<40 {
          let database = number % 2 == 0 ? first : second
          group.addTask { try await database.run(Samples.insertPerson(name: "n\(number)")) }
        }
        try await group.waitForAll()
      }
      let count = try await first.run(Samples.countPeople)
      #expect(count == 40)
      await second.close()
    }
  }

  @Test func `Who is told that a key is taken finds who took it, within one commit as well`() async throws {
    try await TestDatabase.with(.sqlite, tables: Samples.tables) { database, _ in
      let missing = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          let id = UUID.v7()
          for _ in 0..<2 {
            group.addTask {
              do {
                try await database.run(Samples.insertPerson(id, name: "n\(number)"))
                return false
              } catch let error as StorageError where error.code == .uniqueViolation {
                return try await !database.run(Samples.names).contains("n\(number)")
              }
            }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(missing == 0)
    }
  }
}
