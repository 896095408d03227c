import FoundationEssentials
import Values

/// The table `parley_migrations`: every step with its SQL, who took it, from which definitions, and when it began and
/// ended. It belongs to the migrations themselves and is never compared.
enum History {
  static let table = TableDefinition(
    name: "parley_migrations",
    columns: [
      ColumnDefinition(name: "id", type: .uuid),
      ColumnDefinition(name: "begun_at", type: .timestamp),
      // Null while an index is made beside running transactions, and for ever when that was interrupted.
      ColumnDefinition(name: "finished_at", type: .timestamp, isNullable: true),
      ColumnDefinition(name: "name", type: .text),
      ColumnDefinition(name: "sql", type: .text),
      ColumnDefinition(name: "author", type: .text),
      ColumnDefinition(name: "source", type: .text),
    ], primaryKey: ["id"])

  static func exists(in database: some QueryRunner) async throws(StorageError) -> Bool {
    let statement = Statement(
      name: "history.exists",
      postgres: "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'parley_migrations' "
        + "AND relnamespace = \(Catalog.Namespace.current.rawValue))",
      sqlite: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'parley_migrations')", effect: .read)
    let query = Query<Bool?>.first(statement) { row throws(StorageError) in try row.bool(0) }
    return try await database.run(query) == true
  }

  static func create(on engine: Engine) -> String {
    "CREATE TABLE IF NOT EXISTS" + table.createTable(on: engine, foreignKeys: []).dropFirst("CREATE TABLE".count)
  }

  /// Whether a step was taken before.
  static func holds(_ name: String, in database: some QueryRunner) async throws(StorageError) -> Bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM parley_migrations WHERE name = \(quotedText(name)))"
    let statement = Statement(name: "history.holds", postgres: sql, sqlite: sql, effect: .read)
    return try await database.run(Query<Bool?>.first(statement) { row throws(StorageError) in try row.bool(0) }) == true
  }

  /// The names of the tables that migrations made.
  static func madeTables(in database: some QueryRunner) async throws(StorageError) -> Set<String> {
    guard try await exists(in: database) else { return [] }
    let sql = "SELECT name FROM parley_migrations WHERE name LIKE 'create-table:%' OR name LIKE 'rename-table:%'"
    let names = try await database.run(
      Query<[String]>.all(Statement(name: "history.tables", postgres: sql, sqlite: sql, effect: .read)) {
        row throws(StorageError) in try row.text(0)
      })
    return Set(names.map { String($0.drop { $0 != ":" }.dropFirst()) })
  }

  /// The statements of the renames that were done, without those whose old name came back since.
  static func renames(in database: some QueryRunner) async throws(StorageError) -> Set<String> {
    guard try await exists(in: database) else { return [] }
    let sql = """
      SELECT name, sql FROM parley_migrations
      WHERE name LIKE 'rename-table:%' OR name LIKE 'rename-column:%' OR name LIKE 'create-table:%'
        OR name LIKE 'add-column:%' ORDER BY id
      """
    let steps = try await database.run(
      Query<[(name: String, sql: String)]>.all(
        Statement(name: "history.renames", postgres: sql, sqlite: sql, effect: .read)
      ) { row throws(StorageError) in (try row.text(0), try row.text(1)) })
    return steps.reduce(into: []) { renames, step in
      let subject = step.name.drop { $0 != ":" }.dropFirst().split(separator: ".").map { quoted(String($0)) }
      switch step.name.prefix(while: { $0 != ":" }) {
      case "create-table": renames = renames.filter { !$0.hasPrefix("ALTER TABLE \(subject[0]) RENAME TO") }
      case "add-column":
        let start = "ALTER TABLE \(subject[0]) RENAME COLUMN \(subject[1]) TO"
        renames = renames.filter { !$0.hasPrefix(start) }
      default: renames.insert(step.sql)
      }
    }
  }

  /// The line of one step, as SQL that runs in the step's transaction.
  struct Entry: Sendable {
    let id = UUID.v7()
    let step: Migration.Step
    let begun: Timestamp
    let options: Migration.Options

    /// - Parameter isFinished: false for what goes on beside it.
    func insert(on engine: Engine, isFinished: Bool = true) -> String {
      let values: [SQLValue] = [
        .text(step.name), .text(step.sql.joined(separator: ";\n")), .text(options.author), .text(options.source),
      ]
      let now =
        engine == .postgres ? "clock_timestamp()" : "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
      let list =
        [SQLValue.uuid(id), .timestamp(begun)].map { $0.literal(for: engine) } + [isFinished ? now : "NULL"]
        + values.map { $0.literal(for: engine) }
      return "INSERT INTO parley_migrations (id, begun_at, finished_at, name, sql, author, source) "
        + "VALUES (\(list.joined(separator: ", ")))"
    }

    /// On PostgreSQL, where alone something goes on beside it.
    var finish: String {
      "UPDATE parley_migrations SET finished_at = clock_timestamp() WHERE id = \(SQLValue.uuid(id).literal(for: .postgres))"
    }

    var forget: String {
      "DELETE FROM parley_migrations WHERE id = \(SQLValue.uuid(id).literal(for: .postgres))"
    }
  }
}
