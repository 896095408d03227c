/// Brings FTS5 tables and their triggers to a SQLite database. They hold nothing that the tables do not, so they are
/// made anew whenever they are not what the definitions want.
enum SearchIndex {
  /// Changes nothing when all is as it should be.
  ///
  /// - Parameter isMigrated: whether tables may have been made anew, of which triggers know nothing.
  static func install(
    _ tables: [TableDefinition], to database: any Database, isMigrated: Bool
  ) async throws {
    guard database.engine == .sqlite else { return }
    for table in tables {
      let live = try await objects(of: table, in: database)
      if Set(live) == Set(table.searchObjects) && (!isMigrated || live.isEmpty) { continue }
      try await database.transaction { transaction in
        // Another process may have been faster.
        let live = try await objects(of: table, in: transaction)
        try await transaction.execute(script: script(of: table, live).joined(separator: ";\n"))
      }
    }
  }

  private static func script(of table: TableDefinition, _ live: [SearchObject]) -> [String] {
    // Triggers first: the others are what they write into.
    let drops = live.sorted { $0.kind > $1.kind }.map { "DROP \($0.kind) IF EXISTS \(quoted($0.name))" }
    guard let virtual = table.searchObjects.first else { return drops }
    return drops + [virtual.sql, table.fillSearch] + table.searchObjects.dropFirst().map(\.sql)
  }

  /// Those of a table, by whatever name it had when they were made.
  private static func objects(
    of table: TableDefinition, in database: some QueryRunner
  ) async throws(StorageError) -> [SearchObject] {
    try await database.run(
      Query.all(statement, [.text(table.name)]) { row throws(StorageError) in
        SearchObject(kind: try row.text(0), name: try row.text(1), sql: try row.text(2))
      })
  }

  private static let statement = Statement(
    name: "search.objects", postgres: "",
    sqlite: """
      WITH triggers AS (
        SELECT name, sql FROM sqlite_schema
        WHERE type = 'trigger' AND tbl_name = ?1 AND name LIKE '%\\_search\\_%' ESCAPE '\\' AND sql LIKE '%search_key%'
      )
      SELECT 'TRIGGER', name, sql FROM triggers
      UNION ALL
      SELECT 'TABLE', name, sql FROM sqlite_schema
      WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'
        AND (name = ?1 || '_search' OR name || '_insert' IN (SELECT name FROM triggers))
      """,
    parameters: [.text], effect: .read)
}
