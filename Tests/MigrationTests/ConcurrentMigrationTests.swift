import Storage
import TestSupport
import Testing

@testable import migrator

/// Several instances that migrate, and others that work meanwhile.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ConcurrentMigrationTests {
  @Test(arguments: Engine.allCases)
  func `Ten instances that start at once migrate once`(engine: Engine) async throws {
    try await Ground.with(engine) { ground in
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<10 {
          group.addTask {
            try await ground.use { try await Migration.apply(Version.after.tables, to: $0).steps.count }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(counts.filter { $0 > 0 }.count == 1)
      try await ground.use { database in
        let steps = try await Self.history(of: database)
        #expect(steps.count == counts.max())
        #expect(Set(steps).count == steps.count)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `Ten processes that migrate rows at once migrate once`(engine: Engine) async throws {
    try await Ground.with(engine) { ground in
      let digest = try await ground.use { database in
        _ = try await Migrator.migrate(database, to: .before)
        try await Version.before.fill(database, rows: 2_000)
        return try await Version.before.digest(of: database)
      }
      let earlier = try await ground.use { try await Self.history(of: $0).count }
      let processes = try (0..<10).map { _ in try KillTests.start(ground.url, .after) }
      var migrated = 0
      for process in processes {
        let end = try await process.end()
        #expect(end == .exit(0), "\(process.output)")
        if !process.output.contains("migrator: 0 steps") { migrated += 1 }
      }
      #expect(migrated == 1)
      try await ground.use { database in
        let steps = try await Self.history(of: database).dropFirst(earlier)
        #expect(!steps.isEmpty && Set(steps).count == steps.count)
        let now = try await Version.after.digest(of: database)
        #expect(now == digest)
      }
    }
  }

  @Test func `A long read holds a migration up, and nobody else`() async throws {
    try await Ground.with(.postgres) { ground in
      try await ground.use { database in
        _ = try await Migrator.migrate(database, to: .before)
        try await Version.before.fill(database, rows: 2_000)
        let migration = try await ground.use { reader in
          try await reader.transaction { transaction in
            // From now on both tables are locked against ALTER TABLE.
            try await transaction.execute(script: "SELECT count(*) FROM people; SELECT count(*) FROM events")
            let migration = Task { try await ground.use { try await Migrator.migrate($0, to: .after) } }
            for _ in 0..<3 {
              // Each look is a round trip; a lock that is waited for tells nobody.
              while try await database.run(Self.waiting(for: "people")) == 0 {}
              // They queue behind the migration, which gives its place up: the read, which would let it pass, goes on.
              try await database.execute(
                script: """
                  UPDATE people SET name = name WHERE id = 1; INSERT INTO people VALUES (1000, 'x');
                  DELETE FROM people WHERE id = 1000; SELECT count(*) FROM events
                  """)
            }
            return migration
          }
        }
        let done = try await migration.value
        #expect(!done.steps.isEmpty)
        let rest = try await Migration.plan(Version.after.tables, for: database)
        #expect(rest.steps.isEmpty)
      }
    }
  }

  /// How many wait for a lock on a table.
  private static func waiting(for table: String) -> Query<Int?> {
    let sql = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = to_regclass('\(table)')"
    return .first(Statement(name: "test.waiting", postgres: sql, sqlite: sql, effect: .read)) {
      row throws(StorageError) in try row.int(0)
    }
  }

  private static func history(of database: any Database) async throws -> [String] {
    let sql = "SELECT name FROM parley_migrations ORDER BY begun_at"
    let statement = Statement(name: "test.history", postgres: sql, sqlite: sql, effect: .read)
    return try await database.run(
      Query<[String]>.all(statement) { row throws(StorageError) -> String in try row.text(0) })
  }
}
