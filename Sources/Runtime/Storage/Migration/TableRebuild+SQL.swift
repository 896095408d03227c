/// The statements that make the table anew, in the order of lang_altertable.html §7.
extension TableRebuild {
  var sql: [String] {
    let new = "parley_new_\(name)"
    let columns = target.columns.keys.sorted()
    // Whatever refers to rows by their number finds them again.
    let names = target.columns.keys.map { $0.lowercased() }
    let keepsRowIDs = !target.hasRowIDColumn && !names.contains("_rowid_")
    let into = (keepsRowIDs ? ["_rowid_"] : []) + columns.map(quoted)
    let from = (keepsRowIDs ? ["_rowid_"] : []) + columns.map { values[$0] ?? "NULL" }
    var sql = [
      table.createTable(on: .sqlite, foreignKeys: table.foreignKeys, provisionalName: new, extra: surplus),
      "INSERT INTO \(quoted(new)) (\(into.joined(separator: ", "))) "
        + "SELECT \(from.joined(separator: ", ")) FROM \(quoted(name))",
      "DROP TABLE \(quoted(name))",
      "ALTER TABLE \(quoted(new)) RENAME TO \(quoted(name))",
    ]
    sql += table.indexes.map { table.createIndex($0) }
    for (index, definition) in target.indexes.sorted(by: { $0.key < $1.key })
    where !table.indexes.contains(where: { $0.name == index }) {
      sql.append(definition.sql(named: index, on: name))
    }
    return sql + target.triggers.sorted { $0.key < $1.key }.map(\.value.text)
  }

  /// What the definition does not know and is kept.
  private var surplus: (columns: [String], constraints: [String]) {
    let wanted = difference.wanted
    let columns = target.columns.filter { wanted.columns[$0.key] == nil }.sorted { $0.key < $1.key }
      .map { $0.value.sql(named: $0.key) }
    let checks = target.checks.filter { wanted.checks[$0.key] == nil }.sorted { $0.key < $1.key }
      .map { "CONSTRAINT \(quoted($0.key)) CHECK (\($0.value.expression.text))" }
    let keys = target.foreignKeys.filter { wanted.foreignKeys[$0.key] == nil }.sorted { $0.key < $1.key }
      .map { "CONSTRAINT \(quoted($0.key)) \($0.value.sql)" }
    return (columns, checks + keys)
  }
}

extension Catalog.Table {
  /// Whether the primary key is the rowid under another name (lang_createtable.html §5).
  fileprivate var hasRowIDColumn: Bool {
    guard let key = primaryKey, key.columns.count == 1 else { return false }
    return columns[key.columns[0]]?.type == "INTEGER"
  }
}

extension Catalog.Column {
  fileprivate func sql(named name: String) -> String {
    "\(quoted(name)) \(type)\(isNullable ? "" : " NOT NULL")" + (defaultValue.map { " DEFAULT (\($0.text))" } ?? "")
  }
}

extension Catalog.ForeignKey {
  fileprivate var sql: String {
    "FOREIGN KEY (\(quotedList(columns))) REFERENCES \(quoted(referencedTable)) (\(quotedList(referencedColumns))) "
      + "ON DELETE \(onDelete)"
  }
}

extension Catalog.Index {
  func sql(named name: String, on table: String) -> String {
    let list = parts.map { "\($0.expression.text)\($0.isDescending ? " DESC" : "")" }.joined(separator: ", ")
    return "CREATE \(isUnique ? "UNIQUE " : "")INDEX \(quoted(name)) ON \(quoted(table)) (\(list))"
      + (condition.map { " WHERE \($0.text)" } ?? "")
  }
}
