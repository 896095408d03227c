/// Checks, keys and indexes.
extension PostgresPlanner {
  mutating func addChecks(_ difference: Difference) async throws(StorageError) {
    let table = difference.table.name
    for column in difference.table.columns where difference.mayHoldOldValues(column) {
      let rows = try await basis.survey.rows(of: table, where: column.holdsOldValue)
      if rows > 0 { try await renameValues(of: column, in: difference, rows: rows) }
    }
    let renamed = Set(difference.renames(\.checks).map(\.new))
    for check in difference.checks where !renamed.contains(check.definition.name) {
      try await add(check, in: difference)
    }
  }

  /// The new check comes with the new values, so that no row is renamed twice.
  private mutating func renameValues(of column: ColumnDefinition, in difference: Difference, rows: Int)
    async throws(StorageError)
  {
    let table = difference.table.name
    var sql = column.checks.filter { difference.live.checks[$0.name] != nil }
      .map { "\(alter(table)) DROP CONSTRAINT \(quoted($0.name))" }
    sql.append(
      "UPDATE \(quoted(table)) SET \(quoted(column.name)) = \(column.renamed(quoted(column.name))) WHERE \(column.holdsOldValue)"
    )
    sql += column.checks.map { "\(alter(table)) ADD \($0.constraint(for: .postgres)) NOT VALID" }
    steps.append(
      .init(
        "rename-values:\(table).\(column.name)",
        "rename values of \(table).\(column.name) in \(rows == 1 ? "1 row" : "\(rows) rows"): \(column.renamedList)",
        sql: sql, lock: .long, loss: try await basis.obstacle(toChanging: column, in: difference), mode: .alone))
  }

  private mutating func add(_ check: Difference.Check, in difference: Difference) async throws(StorageError) {
    let (table, column) = (difference.table.name, check.column)
    let (name, definition) = (check.definition.name, check.definition)
    let isRetyped = difference.changedTypes.contains(column)
    let isRenamed = steps.contains { $0.name == "rename-values:\(table).\(column.name)" }
    let live = isRetyped || isRenamed ? nil : difference.live.checks[name]
    let isSame = live?.expression == difference.wanted.checks[name]?.expression
    if isSame && live?.isValid == true { return }
    let isFilled = filled.contains(table)
    let add = "ADD \(definition.constraint(for: .postgres))\(isFilled ? " NOT VALID" : "")"
    if live == nil && !isRenamed {
      steps.append(
        .init("add-check:\(name)", "add check \(name)", sql: ["\(alter(table)) \(add)"], lock: .brief, isAdditive: true)
      )
    } else if !isSame && !isRenamed {
      steps.append(
        .init(
          "change-check:\(name)", "change check \(name)",
          sql: ["\(alter(table)) DROP CONSTRAINT \(quoted(name)), \(add)"], lock: .brief, isAdditive: true))
    }
    // One that is there without having been held against rows is so, even where they are gone by now.
    guard isFilled || live?.isValid == false else { return }
    if difference.live.columns[column.name] != nil {
      let value =
        isRenamed
        ? column.renamed(quoted(column.name))
        : isRetyped ? conversion(of: column, in: difference) : quoted(column.name)
      let violates = SQLExpression(definition.postgres).replacing([column.name: "(\(value))"]).text
      let rows = try await basis.survey.rows(of: table, where: "(\(violates)) IS FALSE")
      if let fix = basis.violators(of: definition, of: column, in: table, rows: rows) { steps.append(fix) }
    }
    validate(name, of: table)
  }

  mutating func changePrimaryKey(_ difference: Difference) async throws(StorageError) {
    guard difference.changesPrimaryKey else { return }
    let table = difference.table
    let columns = table.primaryKey.map { IndexColumn($0) }
    if let fix = try await basis.duplicates(of: table.primaryKeyName, by: columns, in: difference) {
      steps.append(fix)
    }
    var sql = "ADD CONSTRAINT \(quoted(table.primaryKeyName)) PRIMARY KEY (\(quotedList(table.primaryKey)))"
    if let old = difference.live.primaryKey?.name { sql = "DROP CONSTRAINT \(quoted(old)), \(sql)" }
    steps.append(
      .init(
        "change-primary-key:\(table.name)",
        "change the primary key of \(table.name) to \(table.primaryKey.joined(separator: ", "))",
        sql: ["\(alter(table.name)) \(sql)"], lock: .long, mode: .alone))
    for column in difference.relaxed where difference.leavesPrimaryKey(column) { relax(column, of: table.name) }
  }

  mutating func addIndexes(_ difference: Difference) async throws(StorageError) {
    let table = difference.table
    let renamed = Set(difference.renames(\.indexes).map(\.new))
    for index in table.indexes(on: .postgres)
    where difference.live.indexes[index.name] != difference.wanted.indexes[index.name] && !renamed.contains(index.name)
    {
      let isFilled = filled.contains(table.name)
      if index.isUnique && isFilled,
        let fix = try await basis.duplicates(of: index.name, by: index.columns, in: difference)
      {
        steps.append(fix)
      }
      steps.append(
        .init(
          "create-index:\(index.name)", "create index \(index.name)",
          sql: [table.createIndex(index, concurrently: isFilled)], lock: isFilled ? .scan : .brief, isAdditive: true,
          mode: isFilled ? .concurrently : .together))
    }
  }
}
