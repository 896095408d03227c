extension Migration {
  /// A table that another program made, such as a service that used SQLAlchemy.
  public struct Stranger: Sendable, Hashable {
    public var table: String
    public var rows: Int
    /// One line for each thing that differs from the definition.
    public var differences: [String]

    /// Tables that no migration made, when they are of another kind than ours and one at least has another key, so that
    /// no step could change the one into the other.
    static func all(
      _ tables: [TableDefinition], live: Catalog, wanted: Catalog, made: Set<String>, in database: any QueryRunner
    ) async throws(StorageError) -> [Stranger] {
      let foreign = tables.filter { table in
        guard let live = live.tables[table.name], !made.contains(table.name) else { return false }
        return live.isForeign(on: database.engine)
      }
      let hasOtherKey = foreign.contains { table in
        guard let live = live.tables[table.name], let wanted = wanted.tables[table.name] else { return false }
        return live.hasOtherKey(than: wanted, table)
      }
      guard hasOtherKey else { return [] }
      let survey = Survey(database, renames: [])
      var strangers: [Stranger] = []
      for table in foreign {
        guard let live = live.tables[table.name], let wanted = wanted.tables[table.name] else { continue }
        let rows = try await survey.rows(of: table.name)
        strangers.append(.init(table: table.name, rows: rows, differences: live.differences(from: wanted, table)))
      }
      return strangers
    }
  }

  /// What stands in the way, and what adopting it takes.
  var strangersReport: String {
    let tables = strangers.map { stranger in
      let rows = stranger.rows == 1 ? "1 row" : "\(stranger.rows) rows"
      return "\(stranger.table) (\(rows))\n" + stranger.differences.map { "  \($0)" }.joined(separator: "\n")
    }
    return """
      These tables were not made by Parley, so there are no steps that change them into what api.yaml says:

      \(tables.joined(separator: "\n"))

      To adopt them: parley migrate --adopt
      It renames each to NAME\(AdoptionRun.suffix), makes the tables of api.yaml, and copies the rows that fit. Nothing is dropped.
      """
  }
}

extension Catalog.Table {
  /// Whether no migration of ours can have made it: a type that we never use, or on SQLite a table that is not strict.
  fileprivate func isForeign(on engine: Engine) -> Bool {
    switch engine {
    case .sqlite: return !isStrict
    case .postgres:
      let names = ["TIMESTAMP WITH TIME ZONE", "TEXT COLLATE \"C\""]
      let ours = Set(ColumnType.allCases.map { $0.sql(for: .postgres) } + names)
      return columns.values.contains { !ours.contains($0.type) }
    }
  }

  fileprivate func hasOtherKey(than wanted: Catalog.Table, _ definition: TableDefinition) -> Bool {
    if primaryKey?.columns != wanted.primaryKey?.columns { return true }
    return definition.columns.contains { column in
      guard column.type == .uuid, definition.primaryKey.contains(column.name) else { return false }
      return columns[column.name]?.type.contains("INT") == true
    }
  }

  fileprivate func differences(from wanted: Catalog.Table, _ definition: TableDefinition) -> [String] {
    var lines: [String] = []
    if primaryKey?.columns != wanted.primaryKey?.columns {
      let list = { (key: Catalog.Key?) in key?.columns.joined(separator: ", ") ?? "none" }
      lines.append("primary key: \(list(primaryKey)), must be \(list(wanted.primaryKey))")
    }
    for column in definition.columns {
      guard let wanted = wanted.columns[column.name] else { continue }
      if let live = columns[column.name] {
        if live.type != wanted.type { lines.append("\(column.name): \(live.type), must be \(wanted.type)") }
      } else {
        lines.append("\(column.name): missing, \(wanted.type)\(wanted.isNullable ? "" : " NOT NULL")")
      }
    }
    for column in columns.keys.sorted() where wanted.columns[column] == nil {
      lines.append("\(column): not in api.yaml, \(columns[column]?.type ?? "")")
    }
    return lines
  }
}
