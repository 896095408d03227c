/// One table of SQLite that is made anew.
struct TableRebuild {
  let basis: PlanBasis
  let difference: Difference
  let target: Catalog.Table
  var steps: [Migration.Step] = []
  /// What stands in the new table for each of its columns, in terms of the old one.
  private(set) var values: [String: String] = [:]

  init(basis: PlanBasis, difference: Difference, target: Catalog.Table) {
    self.basis = basis
    self.difference = difference
    self.target = target
  }

  var table: TableDefinition { difference.table }
  var name: String { table.name }

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
}
