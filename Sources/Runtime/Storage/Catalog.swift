/// What a live database holds, as far as migrations look: tables, columns and indexes of the current schema.
struct Catalog: Sendable, Hashable {
  struct Column: Sendable, Hashable {
    /// As the engine names it, in upper case.
    var type: String
    var isNullable: Bool
  }

  struct Table: Sendable, Hashable {
    var columns: [String: Column] = [:]
    var holdsRows = false
  }

  var tables: [String: Table] = [:]
  var indexes: Set<String> = []

  /// - Parameter names: tables to look into for rows.
  static func read(_ names: [String], from database: some QueryRunner) async throws(StorageError) -> Catalog {
    let (columns, indexes) = try await database.run(Self.columns, Self.indexes)
    var catalog = Catalog(indexes: Set(indexes))
    for (table, name, column) in columns {
      catalog.tables[table, default: Table()].columns[name] = column
    }
    for name in names where catalog.tables[name] != nil {
      let sql = "SELECT EXISTS (SELECT 1 FROM \(quoted(name)))"
      let exists = Statement(name: "catalog.rows", postgres: sql, sqlite: sql, effect: .read)
      let holdsRows = try await database.run(
        Query(exists) { rows throws(StorageError) in try rows.next() ? try rows.bool(0) : false })
      catalog.tables[name]?.holdsRows = holdsRows
    }
    return catalog
  }

  private static let columns = Query<[(String, String, Column)]>.all(
    Statement(
      number: -1, name: "catalog.columns",
      postgres: """
        SELECT c.relname, a.attname, upper(format_type(a.atttypid, a.atttypmod)), NOT a.attnotnull
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attnum > 0 AND NOT a.attisdropped
        """,
      sqlite: """
        SELECT m.name, c.name, upper(c.type), c."notnull" = 0
        FROM sqlite_schema m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
        """,
      parameters: [], effect: .read)
  ) { row throws(StorageError) in
    (try row.text(0), try row.text(1), Column(type: try row.text(2), isNullable: try row.bool(3)))
  }

  private static let indexes = Query<[String]>.all(
    Statement(
      number: -2, name: "catalog.indexes",
      postgres: """
        SELECT relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('i', 'I')
        """,
      sqlite: "SELECT name FROM sqlite_schema WHERE type = 'index'",
      parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.text(0) }
}

extension ColumnType {
  /// As `Catalog.Column.type` holds it.
  func catalogName(on engine: Engine) -> String {
    self == .timestamp && engine == .postgres ? "TIMESTAMP WITH TIME ZONE" : sql(for: engine)
  }
}
