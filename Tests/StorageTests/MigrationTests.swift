import FoundationEssentials
import Storage
import Testing
import Values

@Suite(.serialized) struct MigrationTests {
  /// `people` with one more column.
  static func people(adding column: ColumnDefinition) -> [TableDefinition] {
    var people = Samples.people
    people.columns.append(column)
    return [Samples.values, people, Samples.pets]
  }

  @Test(arguments: Engine.allCases)
  func `Missing tables and indexes are made, and then nothing is left to do`(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      let plan = try await Migration.plan(Samples.tables, for: database)
      let first = try await Migration.apply(Samples.tables, to: database)
      #expect(first == plan)
      #expect(
        first.steps.map(\.description) == [
          "create table values", "create table people", "create table pets", "create index people_name_key",
          "create index people_email_key", "create index people_age",
        ])
      let second = try await Migration.apply(Samples.tables, to: database)
      #expect(second.steps.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `Tables may refer to tables that come later and to each other`(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      var people = Samples.people
      people.columns.append(ColumnDefinition(name: "pet_id", type: .uuid, isNullable: true))
      people.foreignKeys.append(
        ForeignKey(
          name: "people_pet_id_fkey", columns: ["pet_id"], referencedTable: "pets", referencedColumns: ["id"],
          onDelete: .setNull))
      let tables = [Samples.pets, people]
      try await Migration.apply(tables, to: database)
      let second = try await Migration.plan(tables, for: database)
      #expect(second.steps.isEmpty)
      let code = try await code { try await database.run(Samples.insertPet(of: .v7())) }
      #expect(code == .foreignKeyViolation)
    }
  }

  @Test(arguments: Engine.allCases)
  func `Optional columns and columns with a default are added to a table that holds rows`(engine: Engine)
    async throws
  {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.run(Samples.insertPerson(name: "Ann"))
      let defaults: [SQLValue] = [
        .bool(true), .int(-7), .double(0.5), .text("it's \"so\""), .uuid(UUID(high: 1, low: 2)),
        .timestamp(Timestamp(milliseconds: 1_234_567)), .date(CalendarDate(Timestamp(milliseconds: 0))),
        .json("{}"), .bytes([0, 255]),
      ]
      var people = Samples.people
      people.columns.append(
        ColumnDefinition(
          name: "model", type: .text, isNullable: true, checks: [CheckDefinition(name: "people_model", "model <> ''")]))
      people.columns.append(ColumnDefinition(name: "boss_id", type: .uuid, isNullable: true))
      people.foreignKeys.append(
        ForeignKey(
          name: "people_boss_id_fkey", columns: ["boss_id"], referencedTable: "people", referencedColumns: ["id"],
          onDelete: .restrict))
      for value in defaults {
        guard let type = value.type else { continue }
        people.columns.append(ColumnDefinition(name: "a_\(type)", type: type, defaultValue: .value(value)))
      }
      let done = try await Migration.apply([Samples.values, people, Samples.pets], to: database)
      #expect(done.steps.filter { $0.name.hasPrefix("add-column:") }.count == 2 + defaults.count)
      #expect(done.steps.first?.description == "add column people.model")
      let row = try await database.run(
        Query<[SQLValue]>.all(
          Statement(
            number: 20, name: "people.added",
            postgres: """
              SELECT a_bool, a_int, a_double, a_text, a_uuid, a_timestamp, a_date, a_json, a_bytes FROM people
              """,
            sqlite: """
              SELECT a_bool, a_int, a_double, a_text, a_uuid, a_timestamp, a_date, a_json, a_bytes FROM people
              """, parameters: [], effect: .read)
        ) { row throws(StorageError) -> SQLValue in
          let read: [SQLValue] = [
            .bool(try row.bool(0)), .int(Int64(try row.int(1))), .double(try row.double(2)), .text(try row.text(3)),
            .uuid(try row.uuid(4)), .timestamp(try row.timestamp(5)), .date(try row.date(6)), .json(try row.json(7)),
            .bytes(try row.bytes(8)),
          ]
          return read == defaults ? .bool(true) : .text("\(read)")
        })
      #expect(row == [.bool(true)])
      // A statement prepared before the change still works.
      try await database.run(Samples.insertPerson(name: "Bob"))
    }
  }

  @Test(arguments: Engine.allCases)
  func `A required column is refused where rows have no value for it, and added where there are no rows`(
    engine: Engine
  ) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let tables = Self.people(adding: ColumnDefinition(name: "city", type: .text))
      try await database.run(Samples.insertPerson(name: "Ann"))
      let error = await #expect(throws: StorageError.self) { try await Migration.apply(tables, to: database) }
      #expect(error?.code == .migrationRefused)
      #expect(error?.description.contains("people.city") == true)
      #expect(error?.description.contains("optional or give it a default") == true)
      try await database.execute(script: "DELETE FROM people")
      let done = try await Migration.apply(tables, to: database)
      #expect(done.steps.first?.description == "add column people.city")
    }
  }

  @Test(arguments: Engine.allCases)
  func `What is more than additive keeps a start from going on, and says what to run`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: [Samples.pets, Samples.people]) { database, _ in
      var text = Samples.people
      text.columns[3] = ColumnDefinition(name: "age", type: .text)
      var required = Samples.people
      required.columns[2].isNullable = false
      for (table, name) in [(text, "people.age"), (required, "people.email")] {
        let error = await #expect(throws: StorageError.self) { try await Migration.apply([table], to: database) }
        #expect(error?.code == .migrationRefused)
        #expect(error?.description.contains(name) == true)
        #expect(error?.description.contains("parley migrate --plan") == true)
      }
    }
  }

  @Test(arguments: Engine.allCases) func `An index that is missing is made`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.execute(script: "DROP INDEX people_age")
      let done = try await Migration.apply(Samples.tables, to: database)
      #expect(done.steps.map(\.description) == ["create index people_age"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `A unique index that rows violate changes nothing`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.execute(script: "DROP INDEX people_email_key; DROP INDEX people_age")
      for name in ["Ann", "Bob"] { try await database.run(Samples.insertPerson(name: name, email: "same")) }
      let error = await #expect(throws: StorageError.self) { try await Migration.apply(Samples.tables, to: database) }
      #expect(error?.code == .migrationRefused)
      #expect(error?.description.contains("1 value is there more than once") == true)
      let left = try await Migration.plan(Samples.tables, for: database)
      #expect(
        left.steps.map(\.name) == [
          "delete-duplicates:people_email_key", "create-index:people_email_key", "create-index:people_age",
        ])
    }
  }

  @Test(arguments: Engine.allCases)
  func `Of ten instances that start at once, one migrates`(engine: Engine) async throws {
    try await TestDatabase.with(engine, poolSize: 1) { _, test in
      let counts = try await withThrowingTaskGroup { group in
        for number in 0..<10 {
          group.addTask {
            let instance = try await test.open(poolSize: 1)
            let done = try await Migration.apply(Samples.tables, to: instance)
            try await instance.run(Samples.insertPerson(name: "\(number)"))
            await instance.close()
            return done.steps.count
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(counts.sorted() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 6])
    }
  }

  @Test(arguments: Engine.allCases)
  func `A new column may refer to a new table`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.run(Samples.insertPerson(name: "Ann"))
      var people = Samples.people
      people.columns.append(ColumnDefinition(name: "toy_id", type: .uuid, isNullable: true))
      people.foreignKeys.append(
        ForeignKey(
          name: "people_toy_id_fkey", columns: ["toy_id"], referencedTable: "toys", referencedColumns: ["id"],
          onDelete: .setNull))
      let toys = TableDefinition(
        name: "toys", columns: [ColumnDefinition(name: "id", type: .uuid)], primaryKey: ["id"])
      let tables = [Samples.values, people, Samples.pets, toys]
      let done = try await Migration.apply(tables, to: database)
      #expect(done.steps.prefix(2).map(\.description) == ["create table toys", "add column people.toy_id"])
      let code = try await code { try await database.execute(script: "UPDATE people SET toy_id = id") }
      #expect(code == .foreignKeyViolation)
      let second = try await Migration.plan(tables, for: database)
      #expect(second.steps.isEmpty)
    }
  }

  @Test func `A migration waits for another one's lock`() async throws {
    try await TestDatabase.with(.postgres) { database, test in
      let instance = try await test.open()
      let migration = try await database.transaction { transaction in
        try await transaction.run(Query<Void>(Self.lock))
        let migration = Task { try await Migration.apply(Samples.tables, to: instance) }
        // It has planned, and may have tried.
        while try await database.run(Self.ended) == 0 {}
        #expect(try await transaction.run(Self.tables) == 0)
        return migration
      }
      let done = try await migration.value
      #expect(done.steps.count == 6)
      await instance.close()
    }
  }

  /// What a migration takes.
  static let lock = Statement(
    number: 21, name: "migration.lock", postgres: "SELECT pg_advisory_xact_lock(123563833845113)", sqlite: "",
    parameters: [], effect: .write)

  /// How many of this test's connections have ended a transaction.
  static let ended = Query<Int?>.first(
    Statement(
      number: 22, name: "migration.ended",
      postgres: """
        SELECT count(*) FROM pg_stat_activity
        WHERE application_name = current_setting('application_name') AND query = 'COMMIT'
        """, sqlite: "", parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.int(0) }

  static let tables = Query<Int?>.first(
    Statement(
      number: 23, name: "migration.tables",
      postgres: "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", sqlite: "", parameters: [],
      effect: .read)
  ) { row throws(StorageError) in try row.int(0) }
}
