import Storage
import Testing
import Values

/// How migrations run: what a start does and leaves, what interruptions leave, and what the history tells.
@Suite(.serialized) struct MigrationRunTests {
  @Test(arguments: Engine.allCases)
  func `A start adds and relaxes, and leaves alone what is too many`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Edit.before) { database, _ in
      try await database.execute(script: Edit.rows)
      var tables = Edit.before
      tables.removeLast()
      tables[0].columns.remove(at: 2)
      tables[0].indexes.removeLast()
      tables[0].columns[1].checks = []
      tables[0].columns.append(ColumnDefinition(name: "city", type: .text, isNullable: true))
      let done = try await Migration.apply(tables, to: database)
      #expect(Set(done.steps.map(\.name)).isSuperset(of: ["add-column:people.city", "drop-check:people_name_length"]))
      #expect(
        try await texts("SELECT nickname FROM people ORDER BY id", in: database) == ["null", "7", "seven"])
      let left = try await Migration.plan(tables, for: database)
      #expect(
        Set(left.steps.map(\.name)).subtracting(["rebuild-table:people"]) == [
          "drop-table:pets", "drop-column:people.nickname", "drop-index:people_age",
        ])
      #expect(throws: Never.self) { try left.checkThatNothingIsMissing() }
      #expect(try await Migration.apply(tables, to: database).steps.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `A start does not go on with a column that hinders it`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Edit.before) { database, _ in
      var tables = Edit.before
      // Required, and without a default: the new program cannot write rows.
      tables[1].columns.remove(at: 1)
      tables[1].foreignKeys = []
      let error = await #expect(throws: StorageError.self) { try await Migration.apply(tables, to: database) }
      #expect(error?.description.contains("drop column pets.person_id") == true)
      let plan = try await Migration.plan(tables, for: database)
      #expect(throws: StorageError.self) { try plan.checkThatNothingIsMissing() }
    }
  }

  @Test(arguments: Engine.allCases)
  func `Tables that no migration made are not ours to drop`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Edit.before) { database, _ in
      try await database.execute(script: "CREATE TABLE theirs (id INTEGER PRIMARY KEY)")
      #expect(try await Migration.plan(Edit.before, for: database) == Migration())
    }
  }

  @Test(arguments: Engine.allCases)
  func `The history tells each step, who took it and from what`(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      let options = Migration.Options(author: "o'hara@laptop", source: "1234")
      let done = try await Migration.apply(Edit.before, to: database, options)
      let names = try await texts("SELECT name FROM parley_migrations ORDER BY id", in: database)
      #expect(names == done.steps.map(\.name))
      let query = "SELECT DISTINCT author || ' ' || source FROM parley_migrations WHERE finished_at >= begun_at"
      #expect(try await texts(query, in: database) == ["o'hara@laptop 1234"])
      let sql = try await texts("SELECT sql FROM parley_migrations WHERE name = 'create-table:pets'", in: database)
      #expect(sql == done.steps.filter { $0.name == "create-table:pets" }.flatMap(\.sql))
    }
  }

  @Test func `An index that could not be finished is made again`() async throws {
    try await TestDatabase.with(.postgres, tables: Edit.before) { database, _ in
      try await database.execute(script: Edit.rows)
      var tables = Edit.before
      tables[0].indexes.append(
        IndexDefinition(name: "people_age_key", columns: [IndexColumn("age")], isUnique: true))
      let code = try await code {
        try await database.execute(script: "CREATE UNIQUE INDEX CONCURRENTLY people_age_key ON people (age)")
      }
      #expect(code == .uniqueViolation)
      try await database.execute(script: "UPDATE people SET age = 41 WHERE id = 3")
      let done = try await Migration.apply(tables, to: database)
      #expect(done.steps.map(\.name) == ["drop-index:people_age_key", "create-index:people_age_key"])
      #expect(try await Migration.plan(tables, for: database).steps.isEmpty)
      let open = "SELECT count(*) FROM parley_migrations WHERE finished_at IS NULL"
      #expect(try await texts(open, in: database) == ["0"])
      // The session has its time limit again.
      #expect(try await texts("SELECT current_setting('statement_timeout')", in: database) == ["30s"])
    }
  }

  @Test(arguments: [nil, "prepare-not-null", "validate"] as [String?])
  func `NOT NULL that was interrupted is finished`(step: String?) async throws {
    try await TestDatabase.with(.postgres, tables: Edit.before) { database, _ in
      try await database.execute(script: "\(Edit.rows); UPDATE people SET nickname = 'x' WHERE nickname IS NULL")
      var tables = Edit.before
      tables[0].columns[2].isNullable = false
      let plan = try await Migration.plan(tables, for: database)
      #expect(
        plan.steps.map(\.name) == [
          "prepare-not-null:people.nickname", "validate:people_nickname_not_null", "set-not-null:people.nickname",
        ])
      if let step {
        for taken in plan.steps {
          try await database.execute(script: taken.sql.joined(separator: ";"))
          if taken.name.hasPrefix(step) { break }
        }
      }
      try await Migration.apply(tables, to: database, .init(scope: .all))
      #expect(try await Migration.plan(tables, for: database).steps.isEmpty)
    }
  }

  @Test func `A plan is printed with its SQL, its locks and what it loses`() async throws {
    try await TestDatabase.with(.postgres, tables: Edit.before) { database, _ in
      try await database.execute(script: Edit.rows)
      var tables = Edit.before
      tables[0].columns.remove(at: 2)
      let report = try await Migration.plan(tables, for: database).report
      #expect(
        report == """
          1 step:

          1. drop column people.nickname  [drop-column:people.nickname]
             lock: ACCESS EXCLUSIVE, briefly
             LOSES DATA: 2 rows; their values are deleted
             refused until it is named: --allow drop-column:people.nickname
             left alone by serve
               ALTER TABLE "people" DROP COLUMN "nickname";

          Data is lost. To run it all the same: parley migrate --allow drop-column:people.nickname
          """)
    }
  }
}

@Suite struct SQLExpressionTests {
  @Test(arguments: [
    ("length(\"name\") <= 5", "( LENGTH( name )<=5 )"), ("a = 'It''s'", "\"a\" = 'It''s' -- told"),
    ("x in (1.5, X'0f')", "x IN (1.5,X'0f')"),
  ])
  func `What means the same is the same`(left: String, right: String) {
    #expect(SQLExpression(left) == SQLExpression(right))
  }

  @Test(arguments: [("a = 'b'", "a = 'B'"), ("a < 5", "a <= 5"), ("\"A\" = 1", "a = 1"), ("(a) + (b)", "a) + (b")])
  func `What means something else is not`(left: String, right: String) {
    #expect(SQLExpression(left) != SQLExpression(right))
  }
}
