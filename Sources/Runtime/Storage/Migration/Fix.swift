/// Steps that make room for a constraint by changing or deleting the rows that stand against it: each loses data, and
/// is refused until it is named.
extension PlanBasis {
  /// A required value that rows lack: the default's when there is one.
  ///
  /// - Parameter value: the column's value as it will be.
  func fillNulls(
    of column: ColumnDefinition, in table: String, rows: Int, value: String? = nil
  ) -> Migration.Step? {
    if rows == 0 { return nil }
    let (name, isNull) = ("\(table).\(column.name)", "\(value ?? quoted(column.name)) IS NULL")
    if let value = column.defaultSQL(for: engine) {
      return .init(
        "fill-nulls:\(name)", "give \(counted(rows)) of \(table) without \(column.name) the default",
        sql: ["UPDATE \(quoted(table)) SET \(quoted(column.name)) = \(value) WHERE \(isNull)"], lock: lock, mode: mode)
    }
    return deleteRows(name, of: table, where: isNull, rows, "have no \(column.name)")
  }

  /// Rows that break a check: the value becomes null when it may, else the row goes.
  ///
  /// - Parameter value: the column's value as it will be.
  func violators(
    of check: CheckDefinition, of column: ColumnDefinition, in table: String, rows: Int, value: String? = nil
  ) -> Migration.Step? {
    if rows == 0 { return nil }
    let expression = SQLExpression(check.sql(for: engine)).replacing([column.name: value ?? quoted(column.name)]).text
    let violates = "(\(expression)) IS FALSE"
    guard column.isNullable else { return deleteRows(check.name, of: table, where: violates, rows, "break the check") }
    return .init(
      "clear-values:\(check.name)", "make \(table).\(column.name) null where it breaks \(check.name)",
      sql: ["UPDATE \(quoted(table)) SET \(quoted(column.name)) = NULL WHERE \(violates)"], lock: lock,
      loss: .init(rows: rows, description: "the values of \(table).\(column.name) become null"), mode: mode)
  }

  /// All but the first of the rows that share the values of a unique key.
  func duplicates(
    of key: String, by parts: [String], in difference: Difference
  ) async throws(StorageError) -> Migration.Step? {
    let table = difference.table.name
    let isThere = { (part: String) in
      difference.live.columns.keys.contains { SQLExpression(part).mentions($0) }
    }
    guard parts.allSatisfy(isThere) else { return nil }
    let (groups, rows) = try await survey.duplicates(of: table, by: parts)
    if rows == 0 { return nil }
    let row = engine == .postgres ? "ctid" : "rowid"
    let list = parts.joined(separator: ", ")
    let present = parts.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let order = (difference.live.primaryKey?.columns ?? []).map(quoted) + [row]
    let sql = """
      DELETE FROM \(quoted(table)) WHERE \(row) IN (SELECT place FROM (SELECT \(row) AS place, \
      row_number() OVER (PARTITION BY \(list) ORDER BY \(order.joined(separator: ", "))) AS number \
      FROM \(quoted(table)) WHERE \(present)) AS copies WHERE number > 1)
      """
    return .init(
      "delete-duplicates:\(key)", "delete all rows of \(table) but the first with the same values of \(key)",
      sql: [sql],
      lock: lock,
      loss: .init(
        rows: rows,
        description: "\(groups == 1 ? "1 value is" : "\(groups) values are") there more than once; the rows are deleted"
      ),
      mode: mode)
  }

  /// Rows that refer to none.
  func orphans(of key: ForeignKey, in difference: Difference) async throws(StorageError) -> Migration.Step? {
    let table = difference.table.name
    // New columns hold nothing yet; where a type changes, the values are compared when both are of the new one.
    let retyped = Set(
      difference.changedTypes.map(\.name)
        + (differences.first { $0.table.name == key.referencedTable }?.changedTypes.map(\.name) ?? []))
    guard key.columns.allSatisfy({ difference.live.columns[$0] != nil }),
      (key.columns + key.referencedColumns).allSatisfy({ !retyped.contains($0) })
    else { return nil }
    let target = live.tables[key.referencedTable]
    let isThere = target.map { target in key.referencedColumns.allSatisfy { target.columns[$0] != nil } } ?? false
    let rows = try await survey.number(
      "SELECT count(*) FROM \(survey.source(table)) WHERE "
        + key.orphaned(of: table, called: survey.source(table), in: isThere ? survey.source(key.referencedTable) : nil)
      {
        survey.source(quoted($1), of: $0)
      })
    if rows == 0 { return nil }
    let orphaned = key.orphaned(of: table, called: quoted(table), in: quoted(key.referencedTable)) { quoted($1) }
    let mayBeNull = key.columns.allSatisfy { name in
      difference.table.columns.contains { $0.name == name && $0.isNullable }
    }
    guard key.onDelete == .setNull && mayBeNull else {
      return deleteRows(
        key.name, of: table, where: orphaned, rows, "refer to a row of \(key.referencedTable) that is not there")
    }
    let nulls = key.columns.map { "\(quoted($0)) = NULL" }.joined(separator: ", ")
    return .init(
      "clear-values:\(key.name)",
      "make \(table).\(key.columns.joined(separator: ", ")) null where it refers to nothing",
      sql: ["UPDATE \(quoted(table)) SET \(nulls) WHERE \(orphaned)"], lock: lock,
      loss: .init(rows: rows, description: "their \(key.columns.joined(separator: ", ")) become null"), mode: mode)
  }

  private func deleteRows(
    _ subject: String, of table: String, where condition: String, _ rows: Int, _ reason: String
  ) -> Migration.Step {
    .init(
      "delete-rows:\(subject)", "delete rows of \(table) that \(reason)",
      sql: ["DELETE FROM \(quoted(table)) WHERE \(condition)"], lock: lock,
      loss: .init(rows: rows, description: "they \(reason), and are deleted with what belongs to them"), mode: mode)
  }

  private var engine: Engine { survey.engine }
  private var lock: Migration.Lock { engine == .postgres ? .rows : .file }
  private var mode: Migration.Mode { engine == .postgres ? .alone : .before }
  private func counted(_ rows: Int) -> String { rows == 1 ? "1 row" : "\(rows) rows" }
}

extension ForeignKey {
  /// The condition of rows that refer to none.
  ///
  /// - Parameter target: the referenced table; nil when it does not exist yet.
  fileprivate func orphaned(
    of table: String, called source: String, in target: String?, column: (_ table: String, _ column: String) -> String
  ) -> String {
    let present = columns.map { "\(source).\(column(table, $0)) IS NOT NULL" }.joined(separator: " AND ")
    guard let target else { return present }
    let equal = zip(columns, referencedColumns)
      .map { "referenced.\(column(referencedTable, $1)) = \(source).\(column(table, $0))" }
      .joined(separator: " AND ")
    return "\(present) AND NOT EXISTS (SELECT 1 FROM \(target) AS referenced WHERE \(equal))"
  }
}

extension ColumnDefinition {
  /// Of rows whose value is spelt as before.
  var holdsOldValue: String {
    "\(quoted(name)) IN (\(renamedValues.keys.sorted().map(quotedText).joined(separator: ", ")))"
  }

  /// The value as it is spelt now.
  var renamedValue: String {
    let cases = renamedValues.sorted { $0.key < $1.key }
      .map { " WHEN \(quotedText($0.key)) THEN \(quotedText($0.value))" }.joined()
    return "CASE \(quoted(name))\(cases) ELSE \(quoted(name)) END"
  }

  var renamedList: String {
    renamedValues.sorted { $0.key < $1.key }.map { "\($0.key) to \($0.value)" }.joined(separator: ", ")
  }
}

extension IndexColumn {
  var expression: String { isCaseInsensitive ? "lower(\(quoted(name)))" : quoted(name) }
}
