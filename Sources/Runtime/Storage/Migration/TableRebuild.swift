/// One table of SQLite that is made anew.
struct TableRebuild {
  let basis: PlanBasis
  let difference: Difference
  let target: Catalog.Table
  var steps: [Migration.Step] = []
  /// What stands in the new table for each of its columns, in terms of the old one.
  private var values: [String: String] = [:]

  init(basis: PlanBasis, difference: Difference, target: Catalog.Table) {
    self.basis = basis
    self.difference = difference
    self.target = target
  }

  private var table: TableDefinition { difference.table }
  private var name: String { table.name }

  mutating func plan() async throws(StorageError) {
    let isFilled = try await basis.survey.holdsRows(name)
    for column in difference.surplusColumns where target.columns[column] != nil { values[column] = quoted(column) }
    for column in table.columns {
      if difference.live.columns[column.name] == nil {
        values[column.name] = column.defaultSQL(for: .sqlite) ?? "NULL"
        let loss = column.hasNoValue && isFilled ? Migration.Loss.noValue : nil
        note("add-column:\(name).\(column.name)", "add column \(name).\(column.name)", loss: loss, isAdditive: true)
      } else {
        values[column.name] = try await change(column)
      }
    }
    try await changeKeys()
    for column in difference.surplusColumns where target.columns[column] == nil {
      let rows = try await basis.survey.rows(of: name, where: "\(quoted(column)) IS NOT NULL")
      steps.append(
        .init(
          "drop-column:\(name).\(column)", "drop column \(name).\(column)", sql: [], lock: .file,
          loss: .init(rows: rows, description: "their values are deleted"), isSurplus: !difference.hinders(column)))
    }
    steps.append(
      .init(
        "rebuild-table:\(name)", "make table \(name) anew with these changes", sql: sql, lock: .file,
        rewritesTable: true, isAdditive: true, isSurplus: steps.allSatisfy(\.isSurplus)))
  }

  // MARK: Columns

  /// - Returns: what the column holds in the new table.
  private mutating func change(_ column: ColumnDefinition) async throws(StorageError) -> String {
    let (path, quotedName) = ("\(name).\(column.name)", quoted(column.name))
    guard let live = difference.live.columns[column.name], let wanted = target.columns[column.name] else {
      return quotedName
    }
    // Told by the first step that changes values of the column.
    var obstacle = try await obstacle(toChanging: column)
    if live.type != wanted.type || (!difference.live.isStrict && target.isStrict) {
      steps.append(try await changeType(of: column, from: live.type, to: wanted.type, obstacle))
      obstacle = nil
    }
    if difference.mayHoldOldValues(column) {
      let rows = try await basis.survey.rows(of: name, where: column.holdsOldValue)
      if rows > 0 {
        note(
          "rename-values:\(path)",
          "rename values of \(path) in \(rows == 1 ? "1 row" : "\(rows) rows"): \(column.renamedList)", loss: obstacle)
        obstacle = nil
      }
    }
    if live.isNullable && !wanted.isNullable {
      note("set-not-null:\(path)", "require \(path)", loss: obstacle)
      let rows = try await basis.survey.rows(of: name, where: "\(quotedName) IS NULL")
      if column.defaultValue == nil {
        if let fix = basis.fillNulls(of: column, in: name, rows: rows) { steps.append(fix) }
      }
    }
    if !live.isNullable && wanted.isNullable { note("drop-not-null:\(path)", "let \(path) be null", isAdditive: true) }
    if live.defaultValue != wanted.defaultValue {
      note("change-default:\(path)", "change the default of \(path)", isAdditive: true)
    }
    var value = difference.value(of: column, on: .sqlite)
    for check in column.checks { value = try await hold(value, of: column, against: check) }
    return value
  }

  private func obstacle(toChanging column: ColumnDefinition) async throws(StorageError) -> Migration.Loss? {
    if difference.value(of: column, on: .sqlite) == quoted(column.name) { return nil }
    return try await basis.obstacle(toChanging: column, in: difference)
  }

  private func changeType(
    of column: ColumnDefinition, from old: String, to new: String, _ obstacle: Migration.Loss?
  ) async throws(StorageError) -> Migration.Step {
    let lost = "\(quoted(column.name)) IS NOT NULL AND \(column.sqliteConversion) IS NULL"
    let rows = try await basis.survey.rows(of: name, where: lost)
    var loss = obstacle
    if rows > 0 && loss == nil {
      let rest =
        column.isNullable
        ? "the values become null"
        : column.defaultValue == nil ? "the rows are deleted with what belongs to them" : "the values get the default"
      loss = .init(rows: rows, description: "what cannot be converted exactly: \(rest)")
    }
    let deletes = rows > 0 && !column.isNullable && column.defaultValue == nil
    return .init(
      "change-type:\(name).\(column.name)", "change \(name).\(column.name) from \(old) to \(new)",
      sql: deletes ? ["DELETE FROM \(quoted(name)) WHERE \(lost)"] : [], lock: .file, loss: loss,
      mode: deletes ? .fix : .together)
  }

  /// - Returns: what the column holds when values that break the check become null.
  private mutating func hold(
    _ value: String, of column: ColumnDefinition, against check: CheckDefinition
  ) async throws(StorageError) -> String {
    let live = difference.live.checks[check.name]
    guard live != target.checks[check.name] else { return value }
    note(
      live == nil ? "add-check:\(check.name)" : "change-check:\(check.name)",
      "\(live == nil ? "add" : "change") check \(check.name)", isAdditive: true)
    let holds = SQLExpression(check.sqlite).replacing([column.name: "(\(value))"]).text
    let rows = try await basis.survey.rows(of: name, where: "(\(holds)) IS FALSE")
    guard var fix = basis.violators(of: check, of: column, in: name, rows: rows, value: "(\(value))") else {
      return value
    }
    if column.isNullable {
      // Done as the rows are copied, since the old table may not take a null.
      fix.sql = []
      fix.mode = .together
      steps.append(fix)
      return "CASE WHEN (\(holds)) IS FALSE THEN NULL ELSE \(value) END"
    }
    steps.append(fix)
    return value
  }

  // MARK: Keys and indexes

  private mutating func changeKeys() async throws(StorageError) {
    let live = difference.live
    for (check, _) in live.checks.sorted(by: { $0.key < $1.key }) where target.checks[check] == nil {
      note("drop-check:\(check)", "drop check \(check)", isAdditive: true)
    }
    if difference.changesPrimaryKey {
      let columns = table.primaryKey.map { IndexColumn($0) }
      let fix = try await basis.duplicates(of: table.primaryKeyName, by: columns, in: difference)
      if let fix { steps.append(fix) }
      note(
        "change-primary-key:\(name)", "change the primary key of \(name) to \(table.primaryKey.joined(separator: ", "))"
      )
    }
    for (key, _) in live.foreignKeys.sorted(by: { $0.key < $1.key }) where target.foreignKeys[key] == nil {
      note("drop-foreign-key:\(key)", "drop foreign key \(key)", isAdditive: true)
    }
    for key in table.foreignKeys where live.foreignKeys[key.name] != target.foreignKeys[key.name] {
      note("add-foreign-key:\(key.name)", "add foreign key \(key.name)", isAdditive: true)
    }
    for (index, definition) in live.indexes.sorted(by: { $0.key < $1.key }) where target.indexes[index] != definition {
      steps.append(.dropIndex(index, definition, sql: [], isReplaced: target.indexes[index] != nil))
    }
    for index in table.indexes where live.indexes[index.name] != target.indexes[index.name] {
      if index.isUnique, let fix = try await basis.duplicates(of: index.name, by: index.columns, in: difference) {
        steps.append(fix)
      }
      note("create-index:\(index.name)", "create index \(index.name)", isAdditive: true)
    }
  }

  /// A change that the rebuild does.
  private mutating func note(
    _ name: String, _ description: String, loss: Migration.Loss? = nil, isAdditive: Bool = false
  ) {
    steps.append(.init(name, description, sql: [], lock: .file, loss: loss, isAdditive: isAdditive && loss == nil))
  }

  // MARK: SQL

  private var sql: [String] {
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

// MARK: A catalog's SQL, for SQLite

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

extension ColumnDefinition {
  /// The column's value as its type is stored, whatever it was before; null for what cannot be converted exactly.
  var sqliteConversion: String {
    let column = quoted(name)
    let integer = "CASE WHEN CAST(CAST(\(column) AS INTEGER) AS TEXT) = \(column) THEN CAST(\(column) AS INTEGER) END"
    let whole = "CASE WHEN CAST(\(column) AS INTEGER) = \(column) THEN CAST(\(column) AS INTEGER) END"
    switch type {
    case .text:
      let digits = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        .map { "substr(hex(\(column)), \($0.0), \($0.1))" }.joined(separator: " || '-' || ")
      return "CASE WHEN typeof(\(column)) = 'blob' AND length(\(column)) = 16 THEN lower(\(digits)) "
        + "ELSE CAST(\(column) AS TEXT) END"
    case .date, .json: return "CAST(\(column) AS TEXT)"
    case .double:
      return "CASE typeof(\(column)) WHEN 'real' THEN \(column) "
        + "WHEN 'integer' THEN CASE WHEN CAST(CAST(\(column) AS REAL) AS INTEGER) = \(column) "
        + "AND CAST(\(column) AS REAL) < 9223372036854775808.0 "
        + "THEN CAST(\(column) AS REAL) END "
        + "WHEN 'text' THEN CASE WHEN \(column) IN (CAST(CAST(\(column) AS REAL) AS TEXT), "
        + "CAST(CAST(\(column) AS INTEGER) AS TEXT)) THEN CAST(\(column) AS REAL) END END"
    case .int:
      return
        "CASE typeof(\(column)) WHEN 'integer' THEN \(column) WHEN 'real' THEN \(whole) WHEN 'text' THEN \(integer) END"
    case .bool:
      return "CASE WHEN lower(\(column)) IN ('1', 'true', 't') THEN 1 "
        + "WHEN lower(\(column)) IN ('0', 'false', 'f') THEN 0 END"
    case .timestamp:
      let moment = "CAST(round((julianday(\(column)) - 2440587.5) * 86400000) AS INTEGER)"
      return "CASE typeof(\(column)) WHEN 'integer' THEN \(column) WHEN 'text' THEN \(moment) END"
    case .uuid:
      let bytes = "unhex(replace(\(column), '-', ''))"
      return "CASE typeof(\(column)) WHEN 'blob' THEN CASE WHEN length(\(column)) = 16 THEN \(column) END "
        + "WHEN 'text' THEN CASE WHEN length(\(bytes)) = 16 THEN \(bytes) END END"
    case .bytes: return "CAST(\(column) AS BLOB)"
    }
  }
}
