import FoundationEssentials
import Storage
import Testing
import Values

/// One edit of a definition, on a table that holds rows.
struct Edit: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var change: @Sendable (inout [TableDefinition]) -> Void
  /// Names of steps that must be among those planned, on either engine.
  var steps: [String] = []
  /// What could be lost: the rows of each step that has to be allowed.
  var losses: [String: Int] = [:]
  /// What `SELECT` gives afterwards, as text.
  var values: (sql: String, result: [String]) = ("SELECT name FROM people ORDER BY name", ["Ann", "Bob", "Cy"])

  init(
    _ title: String, steps: [String], losses: [String: Int] = [:], values: (sql: String, result: [String])? = nil,
    change: @escaping @Sendable (inout [TableDefinition]) -> Void
  ) {
    testDescription = title
    self.change = change
    self.steps = steps
    self.losses = losses
    if let values { self.values = values }
  }

  /// `people` with three rows, and `pets` with two of theirs.
  static let before = [
    TableDefinition(
      name: "people",
      columns: [
        ColumnDefinition(name: "id", type: .int),
        ColumnDefinition(
          name: "name", type: .text, checks: [CheckDefinition(name: "people_name_length", "length(\"name\") <= 5")]),
        ColumnDefinition(name: "nickname", type: .text, isNullable: true),
        ColumnDefinition(name: "age", type: .int, defaultValue: .value(.int(18))),
        ColumnDefinition(
          name: "mood", type: .text, defaultValue: .value(.text("calm")),
          checks: [CheckDefinition(name: "people_mood_values", "\"mood\" IN ('calm', 'wild')")]),
      ], primaryKey: ["id"],
      indexes: [
        IndexDefinition(
          name: "people_name_key", columns: [IndexColumn("name", isCaseInsensitive: true)], isUnique: true),
        IndexDefinition(name: "people_age", columns: [IndexColumn("age", isDescending: true), IndexColumn("id")]),
      ]),
    TableDefinition(
      name: "pets",
      columns: [
        ColumnDefinition(name: "id", type: .int),
        ColumnDefinition(name: "person_id", type: .int),
        ColumnDefinition(name: "friend_id", type: .int, isNullable: true),
      ], primaryKey: ["id"],
      foreignKeys: [
        ForeignKey(
          name: "pets_person_id_fkey", columns: ["person_id"], referencedTable: "people", referencedColumns: ["id"],
          onDelete: .cascade)
      ]),
  ]

  static let rows = """
    INSERT INTO people (id, name, nickname, age, mood) VALUES
      (1, 'Ann', NULL, 30, 'calm'), (2, 'Bob', '7', 40, 'wild'), (3, 'Cy', 'seven', 40, 'wild');
    INSERT INTO pets (id, person_id, friend_id) VALUES (1, 1, 2), (2, 2, 9);
    """
}

@Suite(.serialized) struct MigrationStepTests {
  @Test(arguments: Engine.allCases, Edit.all)
  func `An edit is planned, refused until it is allowed, and ends in the catalog of a fresh database`(
    engine: Engine, edit: Edit
  ) async throws {
    var after = Edit.before
    edit.change(&after)
    let fresh = try await TestDatabase.with(engine, tables: after) { database, _ in
      try await Catalog.read(from: database)
    }
    try await TestDatabase.with(engine, tables: Edit.before) { database, _ in
      try await database.execute(script: Edit.rows)
      let plan = try await Migration.plan(after, for: database)
      for step in edit.steps {
        #expect(plan.steps.contains { $0.name == step }, "\(step) in \(plan.steps.map(\.name))")
      }
      let losses = plan.steps.filter { $0.loss != nil }.map { ($0.name, $0.loss?.rows ?? 0) }
      #expect(Dictionary(uniqueKeysWithValues: losses) == edit.losses)
      if !losses.isEmpty {
        let error = await #expect(throws: StorageError.self) {
          try await Migration.apply(after, to: database, .init(scope: .all))
        }
        #expect(error?.code == .migrationRefused)
        for (name, _) in losses { #expect(error?.description.contains("--allow \(name)") == true) }
        #expect(try await Migration.plan(after, for: database) == plan)
      }
      let options = Migration.Options(scope: .all, allowing: Set(losses.map(\.0)))
      let done = try await Migration.apply(after, to: database, options)
      #expect(Set(done.steps.map(\.name)) == Set(plan.steps.map(\.name)))
      #expect(try await Catalog.read(from: database) == fresh)
      #expect(try await Migration.plan(after, for: database).steps.isEmpty)
      #expect(try await texts(edit.values.sql, in: database) == edit.values.result)
    }
  }
}

/// The first column of what a statement gives, as text.
func texts(_ sql: String, in database: any Database) async throws -> [String] {
  let cast = "SELECT CAST(c AS TEXT) FROM (\(sql)) AS q (c)"
  let sqlite = "WITH q (c) AS (\(sql)) SELECT CAST(c AS TEXT) FROM q"
  return try await database.run(
    Query<[String]>.all(Statement(name: "test.texts", postgres: cast, sqlite: sqlite, effect: .read)) {
      row throws(StorageError) in try row.optionalText(0) ?? "null"
    })
}
