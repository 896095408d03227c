package import Storage

/// Two versions of the same tables. Whichever of the two a database has, it can become the other without losing a value,
/// by nearly everything that a migration does: renames, a new type, constraints, indexes, references, a new table.
package enum Version: String, CaseIterable, Sendable {
  case before, after

  package var other: Version { self == .before ? .after : .before }

  package var tables: [TableDefinition] {
    switch self {
    case .before: [Self.people, Self.events]
    case .after: [Self.users, Self.activity, Self.labels]
    }
  }

  private static let people = TableDefinition(
    name: "people",
    columns: [
      ColumnDefinition(name: "id", type: .int), ColumnDefinition(name: "name", type: .text, isNullable: true),
    ], primaryKey: ["id"], renamedFrom: "users")

  private static let events = TableDefinition(
    name: "events",
    columns: [
      ColumnDefinition(name: "id", type: .int),
      ColumnDefinition(name: "person_id", type: .int),
      ColumnDefinition(name: "kind", type: .text, isNullable: true, renamedFrom: "topic"),
      ColumnDefinition(name: "amount", type: .int),
      ColumnDefinition(name: "note", type: .text, isNullable: true),
    ], primaryKey: ["id"], renamedFrom: "activity")

  private static let users = TableDefinition(
    name: "users",
    columns: [
      ColumnDefinition(name: "id", type: .int),
      ColumnDefinition(
        name: "name", type: .text, checks: [CheckDefinition(name: "users_name_length", "length(name) BETWEEN 1 AND 40")]
      ),
    ], primaryKey: ["id"],
    indexes: [IndexDefinition(name: "users_name_key", columns: [IndexColumn("name")], isUnique: true)],
    renamedFrom: "people")

  private static let activity = TableDefinition(
    name: "activity",
    columns: [
      ColumnDefinition(name: "id", type: .int),
      ColumnDefinition(name: "person_id", type: .int),
      ColumnDefinition(
        name: "topic", type: .text,
        checks: [CheckDefinition(name: "activity_topic_values", "topic IN ('a', 'b', 'c')")], renamedFrom: "kind"),
      ColumnDefinition(name: "amount", type: .text),
      ColumnDefinition(name: "note", type: .text, isNullable: true, defaultValue: .value(.text("none"))),
    ],
    primaryKey: ["id"],
    indexes: [
      IndexDefinition(
        name: "activity_by_person", columns: [IndexColumn("person_id"), IndexColumn("id", isDescending: true)]),
      IndexDefinition(name: "activity_by_note", columns: [IndexColumn("note"), IndexColumn("topic")]),
    ],
    foreignKeys: [
      ForeignKey(
        name: "activity_person_id_fkey", columns: ["person_id"], referencedTable: "users", referencedColumns: ["id"],
        onDelete: .cascade)
    ], renamedFrom: "events")

  private static let labels = TableDefinition(
    name: "labels",
    columns: [ColumnDefinition(name: "id", type: .uuid), ColumnDefinition(name: "text", type: .text)],
    primaryKey: ["id"])

  /// Rows for a database of `before`: that many events of a hundred people.
  package func fill(_ database: any Database, rows: Int) async throws {
    let numbers =
      switch database.engine {
      case .postgres: "generate_series(1, \(rows)) AS numbers (n)"
      case .sqlite:
        "(WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT \(rows)) SELECT n FROM numbers)"
      }
    try await database.execute(
      script: """
        INSERT INTO people SELECT n, 'person ' || n FROM \(numbers) WHERE n <= 100;
        INSERT INTO events SELECT n, 1 + n % 100, CASE n % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'b' ELSE 'c' END, n * 7 - 1000,
          CASE n % 2 WHEN 0 THEN 'note ' || n END FROM \(numbers)
        """)
  }

  /// All that the rows say, the same in both versions: how many there are and sums over their values.
  package func digest(of database: any Database) async throws -> String {
    let (people, events, kind) = self == .before ? ("people", "events", "kind") : ("users", "activity", "topic")
    let sql = """
      SELECT (SELECT count(*) || ' ' || sum(id * length(name)) FROM \(people)) || ' ' || count(*) || ' ' || sum(id) || ' '
        || sum(person_id * id) || ' ' || sum(CAST(amount AS BIGINT) * (id % 97)) || ' ' || sum(length(note) * id)
        || ' ' || sum(CASE \(kind) WHEN 'a' THEN id WHEN 'b' THEN 2 * id ELSE 3 * id END)
      FROM \(events)
      """
    let statement = Statement(name: "test.digest", postgres: sql, sqlite: sql, effect: .read)
    let query = Query<String?>.first(statement) { row throws(StorageError) in try row.text(0) }
    return try await database.run(query) ?? ""
  }
}
