import Storage
import Testing
import Values

/// Migrations that are refused, or that fail: what they say of what was changed is true.
@Suite(.serialized) struct MigrationRefusalTests {
  private static let everything = Migration.Options(scope: .all)

  /// Migrates with leave for all that can be allowed, and gives the error.
  private func failure(
    _ tables: [TableDefinition], in database: any Database
  ) async throws -> StorageError? {
    let losses = try await Migration.plan(tables, for: database).steps.filter { $0.loss != nil }.map(\.name)
    return await #expect(throws: StorageError.self) {
      try await Migration.apply(tables, to: database, .init(scope: .all, allowing: Set(losses)))
    }
  }

  /// `people` called otherwise, column by column.
  private static func people(_ columns: [(name: String, former: String?)]) -> [TableDefinition] {
    let id = [ColumnDefinition(name: "id", type: .int)]
    return [
      TableDefinition(
        name: "people",
        columns: id
          + columns.map { ColumnDefinition(name: $0.name, type: .text, isNullable: true, renamedFrom: $0.former) },
        primaryKey: ["id"])
    ]
  }

  private static let rows = "INSERT INTO people (id, a, b) VALUES (1, 'a1', 'b1'), (2, NULL, 'b2')"
  private static let old = people([("a", nil), ("b", nil)])

  @Test(arguments: Engine.allCases)
  func `Two columns that swap their names are refused`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Self.old) { database, _ in
      try await database.execute(script: Self.rows)
      let swapped = Self.people([("a", "b"), ("b", "a")])
      for scope in [Migration.Options.Scope.additive, .all] {
        let error = await #expect(throws: StorageError.self) {
          try await Migration.apply(swapped, to: database, .init(scope: scope))
        }
        #expect(error?.code == .migrationRefused)
        #expect(error?.description.contains("rename column people.b to a") == true)
        #expect(error?.description.contains("third name") == true)
      }
      #expect(try await texts("SELECT a || b FROM people ORDER BY id", in: database) == ["a1b1", "null"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `A rename onto the name of a column that goes is refused, and done in two versions`(
    engine: Engine
  ) async throws {
    try await TestDatabase.with(engine, tables: Self.old) { database, _ in
      try await database.execute(script: Self.rows)
      let error = try await failure(Self.people([("b", "a")]), in: database)
      #expect(error?.code == .migrationRefused)
      #expect(error?.description.contains("a and b are both there") == true)
      #expect(error?.description.hasSuffix("\nNothing was changed.") == true)
      #expect(try await texts("SELECT a || b FROM people ORDER BY id", in: database) == ["a1b1", "null"])
      // The first version drops, the second renames.
      let dropped = Migration.Options(scope: .all, allowing: ["drop-column:people.b"])
      try await Migration.apply(Self.people([("a", nil)]), to: database, dropped)
      try await Migration.apply(Self.people([("b", "a")]), to: database, Self.everything)
      #expect(try await texts("SELECT b FROM people ORDER BY id", in: database) == ["a1", "null"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `A table of the new name keeps one of the old name from being renamed`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Self.old) { database, _ in
      try await database.execute(script: Self.rows)
      var humans = Self.old[0]
      humans.name = "humans"
      try await Migration.apply(Self.old + [humans], to: database)
      humans.renamedFrom = "people"
      let error = try await failure([humans], in: database)
      #expect(error?.description.contains("rename table people to humans: 2 rows") == true)
      #expect(try await texts("SELECT count(*) FROM people", in: database) == ["2"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `An old name that came back after its rename is one that is too many`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Self.people([("a", nil)])) { database, _ in
      let renamed = Self.people([("b", "a")])
      try await Migration.apply(renamed, to: database, Self.everything)
      try await database.execute(script: "ALTER TABLE people ADD COLUMN a TEXT")
      let plan = try await Migration.plan(renamed, for: database)
      #expect(plan.steps.map(\.name).filter { !$0.hasPrefix("rebuild") } == ["drop-column:people.a"])
      // A server of the version before makes the column anew, and writes into it.
      try await database.execute(script: "ALTER TABLE people DROP COLUMN a")
      try await Migration.apply(Self.people([("a", nil)]), to: database)
      let unclear = try await Migration.plan(renamed, for: database)
      #expect(unclear.steps.map(\.name) == ["rename-column:people.b"])
    }
  }

  /// `people.age` may be 35 at most, so two of them would have to go; `pets` refer to one of those.
  private static func younger(_ onDelete: ForeignKey.Action) -> [TableDefinition] {
    var tables = Edit.before
    tables[0].columns[3].checks = [CheckDefinition(name: "people_age_range", "\"age\" <= 35")]
    tables[1].foreignKeys[0].onDelete = onDelete
    return tables
  }

  @Test(arguments: Engine.allCases)
  func `Rows that others hold on to are not deleted, and neither is anything else`(engine: Engine) async throws {
    var before = Edit.before
    before[1].foreignKeys[0].onDelete = .restrict
    try await TestDatabase.with(engine, tables: before) { database, _ in
      try await database.execute(script: Edit.rows)
      let catalog = try await Catalog.read(from: database)
      var after = Self.younger(.restrict)
      after[0].columns.append(ColumnDefinition(name: "city", type: .text, isNullable: true))
      after[0].columns[3].type = .double
      let error = try await failure(after, in: database)
      #expect(error?.code == .foreignKeyViolation)
      #expect(error?.description.hasSuffix("\nNothing was changed.") == true)
      #expect(try await Catalog.read(from: database) == catalog)
      #expect(try await texts("SELECT name FROM people ORDER BY id", in: database) == ["Ann", "Bob", "Cy"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `What refers to deleted rows goes with them, but not by a reference that the same edit drops`(
    engine: Engine
  ) async throws {
    for drops in [false, true] {
      try await TestDatabase.with(engine, tables: Edit.before) { database, _ in
        try await database.execute(script: Edit.rows)
        var tables = Self.younger(.cascade)
        if drops { tables[1].foreignKeys = [] }
        let options = Migration.Options(scope: .all, allowing: ["delete-rows:people_age_range"])
        try await Migration.apply(tables, to: database, options)
        #expect(try await texts("SELECT name FROM people", in: database) == ["Ann"])
        #expect(try await texts("SELECT id FROM pets ORDER BY id", in: database) == (drops ? ["1", "2"] : ["1"]))
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `Values that become the same in a key are refused`(engine: Engine) async throws {
    let table = { (type: ColumnType) in
      TableDefinition(name: "codes", columns: [ColumnDefinition(name: "code", type: type)], primaryKey: ["code"])
    }
    try await TestDatabase.with(engine, tables: [table(.text)]) { database, _ in
      try await database.execute(script: "INSERT INTO codes VALUES ('true'), ('t'), ('x')")
      let error = try await failure([table(.bool)], in: database)
      #expect(error?.code == .migrationRefused)
      #expect(error?.description.contains("would break a unique key") == true)
      #expect(try await texts("SELECT code FROM codes ORDER BY code", in: database) == ["t", "true", "x"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `Rows that refer to none once a type has changed are deleted, or all stay`(engine: Engine) async throws {
    let table = { (type: ColumnType) in
      TableDefinition(
        name: "nodes",
        columns: [
          ColumnDefinition(name: "id", type: type), ColumnDefinition(name: "parent_id", type: type, isNullable: true),
          ColumnDefinition(name: "rank", type: type),
        ], primaryKey: ["id"],
        foreignKeys: [
          ForeignKey(
            name: "nodes_parent_id_fkey", columns: ["parent_id"], referencedTable: "nodes", referencedColumns: ["id"],
            onDelete: .cascade)
        ])
    }
    try await TestDatabase.with(engine, tables: [table(.text)]) { database, _ in
      // 2 goes because of its rank, 3 with it, and 4 with that.
      try await database.execute(
        script: """
          INSERT INTO nodes VALUES ('1', NULL, '1'), ('2', '1', 'x'), ('3', '2', '1'), ('4', '3', '1'), ('5', '1', '1')
          """)
      var names = Set(try await Migration.plan([table(.int)], for: database).steps.map(\.name))
      let error: StorageError?
      do {
        try await Migration.apply([table(.int)], to: database, .init(scope: .all, allowing: names))
        error = nil
      } catch let failure as StorageError {
        error = failure
      }
      if let error {
        #expect(error.code == .migrationRefused)
        #expect(error.description.contains("--allow delete-rows:nodes_parent_id_fkey"))
        #expect(error.description.hasSuffix("\nNothing was changed."))
        #expect(try await texts("SELECT count(*) FROM nodes", in: database) == ["5"])
        names.insert("delete-rows:nodes_parent_id_fkey")
        try await Migration.apply([table(.int)], to: database, .init(scope: .all, allowing: names))
      }
      #expect(try await texts("SELECT id FROM nodes ORDER BY id", in: database) == ["1", "5"])
      #expect(try await Migration.plan([table(.int)], for: database).steps.isEmpty)
    }
  }

  @Test func `What fails on the way tells the steps that were taken`() async throws {
    try await TestDatabase.with(.postgres, tables: Edit.before) { database, _ in
      try await database.execute(script: "\(Edit.rows); CREATE VIEW ages AS SELECT age FROM people")
      var tables = Edit.before
      tables[0].columns.append(ColumnDefinition(name: "city", type: .text, isNullable: true))
      tables[0].columns[3].type = .text
      tables[0].columns[3].defaultValue = nil
      let error = try await failure(tables, in: database)
      // A view uses the column.
      #expect(error?.code == .sqlState("0A000"))
      let end = "\nThese steps were taken before, and stay:\n  add column people.city"
      #expect(error?.description.hasSuffix(end) == true)
    }
  }

  @Test(arguments: [0, 100_001])
  func `Texts in the collation of the database are changed by a start, but not where that takes long`(
    count: Int
  ) async throws {
    try await TestDatabase.with(.postgres, tables: Edit.before) { database, _ in
      let columns = ["name", "nickname", "mood"].map { "ALTER COLUMN \($0) TYPE TEXT COLLATE \"default\"" }
      try await database.execute(
        script: """
          \(Edit.rows); ALTER TABLE people \(columns.joined(separator: ", "));
          INSERT INTO people (id, name) SELECT n, to_hex(n) FROM generate_series(4, \(count + 3)) AS n
          """)
      if count == 0 {
        let done = try await Migration.apply(Edit.before, to: database)
        #expect(done.steps.first?.name == "change-collation:people")
        #expect(try await Migration.plan(Edit.before, for: database).steps.isEmpty)
        #expect(try await texts("SELECT name FROM people ORDER BY name", in: database) == ["Ann", "Bob", "Cy"])
      } else {
        let error = await #expect(throws: StorageError.self) { try await Migration.apply(Edit.before, to: database) }
        #expect(
          error?.description == """
            The database is not what this version needs, and what is to do does not run by itself:
              compare texts of people by their bytes, not by a language: name, nickname, mood
            See `parley migrate --plan`, then run `parley migrate`.
            Nothing was changed.
            """)
        try await Migration.apply(Edit.before, to: database, Self.everything)
        #expect(try await Migration.plan(Edit.before, for: database).steps.isEmpty)
      }
    }
  }
}
