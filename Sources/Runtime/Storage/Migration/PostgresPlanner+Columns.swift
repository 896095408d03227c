/// Types, defaults and NULL.
extension PostgresPlanner {
  mutating func changeColumns(_ difference: Difference) async throws(StorageError) {
    let table = difference.table.name
    let collated = difference.changedTypes.filter(difference.comesToBeComparedByBytes)
    if !collated.isEmpty { try await changeCollation(of: collated, in: difference) }
    let retyped = difference.changedTypes.filter { !collated.contains($0) }
    for column in retyped { try await changeType(of: column, in: difference) }
    for column in difference.changedDefaults where !retyped.contains(column) {
      steps.append(
        .init(
          "change-default:\(table).\(column.name)", "change the default of \(table).\(column.name)",
          sql: ["\(alter(table)) ALTER COLUMN \(quoted(column.name)) \(column.changeDefault)"], lock: .brief,
          isAdditive: true))
    }
    for column in difference.relaxed where !difference.leavesPrimaryKey(column) { relax(column, of: table) }
  }

  mutating func relax(_ column: ColumnDefinition, of table: String) {
    steps.append(
      .init(
        "drop-not-null:\(table).\(column.name)", "let \(table).\(column.name) be null",
        sql: ["\(alter(table)) ALTER COLUMN \(quoted(column.name)) DROP NOT NULL"], lock: .brief, isAdditive: true))
  }

  /// What an earlier version made has texts in the database's collation. Their rows stay as they are, but their indexes
  /// are made anew: a start does that where it is short.
  private mutating func changeCollation(
    of columns: [ColumnDefinition], in difference: Difference
  ) async throws(StorageError) {
    let (table, names) = (difference.table.name, columns.map(\.name))
    let isIndexed =
      difference.live.indexes.values.contains { names.contains(where: $0.mentions) }
      || difference.live.primaryKey?.columns.contains(where: names.contains) == true
    let isLarge = isIndexed ? try await basis.survey.holdsRows(table, moreThan: 100_000) : false
    // Those of the columns come again, and are held against the rows while others write.
    var changes = dropped(checksOf: columns, in: difference)
    changes += names.map { "ALTER COLUMN \(quoted($0)) TYPE TEXT COLLATE \"C\"" }
    steps.append(
      .init(
        "change-collation:\(table)",
        "compare texts of \(table) by their bytes, not by a language: \(names.joined(separator: ", "))",
        sql: ["\(alter(table)) \(changes.joined(separator: ", "))"], lock: .long, isAdditive: !isLarge, mode: .alone))
  }

  private func dropped(checksOf columns: [ColumnDefinition], in difference: Difference) -> [String] {
    difference.live.checks.sorted { $0.key < $1.key }
      .filter { check in
        difference.wanted.checks[check.key] != nil
          && columns.contains { check.value.expression.mentions($0.name) }
      }
      .map { "DROP CONSTRAINT \(quoted($0.key))" }
  }

  private mutating func changeType(of column: ColumnDefinition, in difference: Difference) async throws(StorageError) {
    let table = difference.table.name
    guard let live = difference.live.columns[column.name], let wanted = difference.wanted.columns[column.name] else {
      return
    }
    let conversion = PostgresConversion(column: column.name, from: live.type, to: wanted.type)
    var sql = conversion.functions.map { $0.sql }
    // Made for the old type; they come again.
    sql += dropped(checksOf: [column], in: difference).map { "\(alter(table)) \($0)" }
    // Others count with them as well.
    try await basis.survey.run(conversion.functions.map { $0.sql })
    var loss: Migration.Loss?
    if filled.contains(table), let changes = conversion.changes {
      let rows = try await basis.survey.rows(of: table, where: changes)
      if rows > 0 {
        let rest = live.isNullable ? "become null" : column.defaultValue == nil ? "are deleted" : "get the default"
        loss = .init(rows: rows, description: "what can be converted is, and is another value then; the others \(rest)")
      }
    }
    var using = conversion.expression
    if loss != nil && !live.isNullable {
      if let value = column.defaultSQL(for: .postgres) {
        using = "coalesce(\(using), \(value))"
      } else {
        sql.append("DELETE FROM \(quoted(table)) WHERE \(using) IS NULL")
      }
    }
    let name = quoted(column.name)
    if live.defaultValue != nil { sql.append("\(alter(table)) ALTER COLUMN \(name) DROP DEFAULT") }
    sql.append("\(alter(table)) ALTER COLUMN \(name) TYPE \(wanted.type) USING \(using)")
    if column.defaultValue != nil { sql.append("\(alter(table)) ALTER COLUMN \(name) \(column.changeDefault)") }
    sql += conversion.functions.map { "DROP FUNCTION \($0.name)(text)" }
    steps.append(
      .init(
        "change-type:\(table).\(column.name)",
        "change \(table).\(column.name) from \(live.type) to \(wanted.type)", sql: sql, lock: .long,
        rewritesTable: conversion.rewrites,
        loss: filled.contains(table) ? try await basis.obstacle(toChanging: column, in: difference) ?? loss : nil,
        mode: loss == nil ? .alone : .fix))
  }

  /// NOT NULL by way of a check that is held against the rows while others write (`SET NOT NULL` then believes it).
  mutating func tighten(_ difference: Difference) async throws(StorageError) {
    let table = difference.table.name
    for column in difference.tightened {
      let (name, quotedName) = ("\(table).\(column.name)", quoted(column.name))
      let check = difference.notNullCheck(of: column)
      let helper = difference.live.checks[check]
      var sql = ["\(alter(table)) ALTER COLUMN \(quotedName) SET NOT NULL"]
      if filled.contains(table) {
        if helper == nil {
          steps.append(
            .init(
              "prepare-not-null:\(name)", "let no new row of \(table) have a null \(column.name)",
              sql: [
                "\(alter(table)) ADD CONSTRAINT \(quoted(check)) CHECK (\(quotedName) IS NOT NULL) NOT VALID"
              ], lock: .brief))
        }
        let value = difference.changedTypes.contains(column) ? conversion(of: column, in: difference) : quotedName
        let rows = try await basis.survey.rows(of: table, where: "\(value) IS NULL")
        if var fix = basis.fillNulls(of: column, in: table, rows: rows) {
          if fix.loss == nil { fix.loss = try await basis.obstacle(toChanging: column, in: difference) }
          steps.append(fix)
        }
        if helper?.isValid != true { validate(check, of: table, isAdditive: false) }
        sql.append("\(alter(table)) DROP CONSTRAINT \(quoted(check))")
      } else if helper != nil {
        sql.append("\(alter(table)) DROP CONSTRAINT \(quoted(check))")
      }
      steps.append(.init("set-not-null:\(name)", "require \(name)", sql: sql, lock: .brief))
    }
  }

  /// The value of a column as its new type.
  func conversion(of column: ColumnDefinition, in difference: Difference) -> String {
    PostgresConversion(
      column: column.name, from: difference.live.columns[column.name]?.type ?? "",
      to: difference.wanted.columns[column.name]?.type ?? ""
    ).expression
  }
}

extension ColumnDefinition {
  fileprivate var changeDefault: String { defaultSQL(for: .postgres).map { "SET DEFAULT \($0)" } ?? "DROP DEFAULT" }
}

extension Difference {
  fileprivate func comesToBeComparedByBytes(_ column: ColumnDefinition) -> Bool {
    live.columns[column.name]?.type == "TEXT" && wanted.columns[column.name]?.type == "TEXT COLLATE \"C\""
  }
}
