import Generated
import Storage
import Testing

@Suite("Races, batches and transactions end alike on both engines")
struct TransactionConformanceTests {
  private static let tables = DatabaseSchema.tables.parentsFirst

  /// Rows to begin with, and a script that makes more of them.
  private static func begin() throws -> (fill: [Step], script: TableScript) {
    var script = try TableScript(tables, Tables.statements)
    try script.writePlainRows(2)
    return (script.steps.filter { $0.expected == [.changed(1)] }, script)
  }

  @Test("Of rows with one key that are inserted at once, one is kept", arguments: Bench.allCases)
  func races(bench: Bench) async throws {
    let (fill, begun) = try Self.begin()
    var script = begun
    try await bench.run(Self.tables) { database, _ in
      for step in fill { #expect(await database.outcome(of: step) == .changed(1)) }
      for table in Self.tables {
        let insert = try TableStatements(table, among: Tables.statements).insert
        let keys = [(table.primaryKeyName, table.keyColumns)] + table.uniqueKeys.map { ($0.name, $0.columns) }
        for (name, key) in keys {
          let model = try script.row(of: table)
          var steps: [Step] = []
          for number in 0..<16 {
            var row = try script.row(of: table)
            for column in key {
              let position = table.position(of: column.name)
              row[position] =
                column.isCaseInsensitive && number % 2 == 1 ? model[position].swappingASCII : model[position]
            }
            steps.append(Step(statement: insert, values: row, columns: [], expected: []))
          }
          let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for step in steps { group.addTask { await database.outcome(of: step) } }
            return await group.reduce(into: []) { $0.append($1) }
          }
          let refused = Outcome.failed(.uniqueViolation, constraint: name)
          #expect(outcomes.count { $0 == .changed(1) } == 1, "\(name)")
          #expect(outcomes.count { $0 == refused } == 15, "\(name): \(Set(outcomes))")
        }
      }
    }
  }

  @Test("Rows that many tasks insert or count up at once lose no count", arguments: Bench.allCases)
  func upserts(bench: Bench) async throws {
    let storage = try SpecifiedStorage(Self.counters)
    let upsert = try #require(storage.declarations.first).statement
    try await bench.run(storage.tables) { database, _ in
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<96 {
          group.addTask {
            let query = Query<Int>(upsert, [.text("counter \(task % 3)")]) { rows throws(StorageError) in
              try rows.next() ? try rows.int(0) : 0
            }
            return try await database.run(query)
          }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      // Each of three counters gave each number from 1 to 32 to one task.
      #expect(counts.sorted() == (1...32).flatMap { [$0, $0, $0] })
    }
  }

  private static let counters = """
    x-tables:
      counters:
        columns:
          name: {type: string, maxLength: 60}
          count: {type: integer}
        primaryKey: [name]
    x-queries:
      countUp:
        sql: >-
          INSERT INTO counters (name, count) VALUES (:name, 1)
          ON CONFLICT (name) DO UPDATE SET count = counters.count + 1 RETURNING count
        parameters: {name: {type: string}}
        rows: one
        result:
          columns:
            count: {type: integer}
    """

  private struct Abandoned: Error {}

  @Test("What fails in its middle leaves nothing", arguments: Bench.allCases)
  func rollback(bench: Bench) async throws {
    let (fill, begun) = try Self.begin()
    var script = begun
    try await bench.run(Self.tables) { database, _ in
      for step in fill { #expect(await database.outcome(of: step) == .changed(1)) }
      for table in Self.tables {
        let statements = try TableStatements(table, among: Tables.statements)
        let row = try script.row(of: table)
        let insert = Query<Void>(statements.insert, row)
        let before = await database.outcome(of: QueryScript.dump(table))
        let batch = await #expect(throws: StorageError.self) { try await database.run([insert, insert]) }
        #expect(batch?.code == .uniqueViolation)
        let failed = await #expect(throws: StorageError.self) {
          try await database.transaction { transaction in
            try await transaction.run(insert)
            // Who goes on after a failure saves nothing either.
            _ = try? await transaction.run(insert)
          }
        }
        #expect(failed?.code == .transactionAborted)
        await #expect(throws: Abandoned.self) {
          try await database.transaction { transaction in
            try await transaction.run(insert)
            throw Abandoned()
          }
        }
        #expect(await database.outcome(of: QueryScript.dump(table)) == before)
        try await database.run(insert)
        #expect(await database.outcome(of: QueryScript.dump(table)) != before)
      }
    }
  }

  @Test("Every connection of SQLite checks foreign keys, waits for locks and reads beside the writer")
  func sqliteConnections() async throws {
    try await Bench.sqlite.run(Self.tables) { database, _ in
      for effect in [Statement.Effect.read, .write] {
        func setting(_ name: String, _ type: ColumnType) async throws -> SQLValue? {
          let statement = Statement(
            name: "pragma.\(name)", postgres: "", sqlite: "PRAGMA \(name)", effect: effect)
          return try await database.run(
            Query.first(statement) { rows throws(StorageError) in try rows.values(as: [type]) })?.first
        }
        #expect(try await setting("foreign_keys", .int) == .int(1))
        #expect(try await setting("journal_mode", .text) == .text("wal"))
        // A read in place gives up at once instead, and starts over on a thread that may wait.
        #expect(try await setting("busy_timeout", .int) == .int(effect == .read ? 0 : 5_000))
        #expect(try await setting("query_only", .int) == .int(effect == .read ? 1 : 0))
      }
      let strict = Statement(
        name: "pragma.table_list", postgres: "",
        sqlite:
          "SELECT strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%'",
        effect: .read)
      let flags = try await database.run(
        Query<[Int]>.all(strict) { rows throws(StorageError) in try rows.int(0) })
      #expect(flags.count >= Self.tables.count && flags.allSatisfy { $0 == 1 })
    }
  }
}
