/// The catalog that a fresh database of the definitions has.
extension Catalog {
  /// PostgreSQL writes expressions in its own words, so that only what it made of both can be compared: the tables are
  /// made as temporary ones and taken back. SQLite keeps the words, which are read without making anything.
  static func wanted(_ tables: [TableDefinition], in transaction: some QueryRunner) async throws(StorageError)
    -> Catalog
  {
    switch transaction.engine {
    case .sqlite: return Catalog(sqlite: tables.flatMap(\.sqliteObjects))
    case .postgres:
      var script = [
        "SAVEPOINT wanted",
        "SELECT set_config('search_path', 'pg_temp, ' || current_setting('search_path'), true)",
      ]
      script += tables.map { $0.createTable(on: .postgres, foreignKeys: []) }
      for table in tables { script += table.indexes(on: .postgres).map { table.createIndex($0) } }
      for table in tables { script += table.foreignKeys.map { table.addForeignKey($0) } }
      try await transaction.execute(script: script.joined(separator: ";\n"))
      let catalog = try await readPostgres(in: .temporary, from: transaction)
      try await transaction.execute(script: "ROLLBACK TO SAVEPOINT wanted; RELEASE SAVEPOINT wanted")
      return catalog
    }
  }
}

extension TableDefinition {
  fileprivate var sqliteObjects: [Catalog.SQLiteObject] {
    let create = createTable(on: .sqlite, foreignKeys: foreignKeys)
    return [Catalog.SQLiteObject(kind: "table", name: name, table: name, sql: create)]
      + indexes.map { .init(kind: "index", name: $0.name, table: name, sql: createIndex($0)) }
  }
}
