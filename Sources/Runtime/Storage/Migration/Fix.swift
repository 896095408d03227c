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
        sql: ["UPDATE \(quoted(table)) SET \(quoted(column.name)) = \(value) WHERE \(isNull)"], lock: lock, mode: .alone
      )
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
      loss: .init(rows: rows, description: "the values of \(table).\(column.name) become null"), mode: .fix)
  }

  /// All but the first of the rows that share the values of a unique key that is new.
  func duplicates(
    of key: String, by columns: [IndexColumn], in difference: Difference
  ) async throws(StorageError) -> Migration.Step? {
    let table = difference.table.name
    if difference.keptKeys.contains(columns) { return nil }
    let values = columns.map { difference.value(of: $0, on: engine) }
    let (groups, rows) = try await survey.duplicates(of: table, by: values)
    if rows == 0 { return nil }
    // On PostgreSQL the columns have their new values by then, on SQLite they are still to get them.
    let parts = engine == .postgres ? columns.map(\.expression) : values
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
      sql: [sql], lock: lock,
      loss: .init(
        rows: rows,
        description: "\(groups == 1 ? "1 value is" : "\(groups) values are") there more than once; the rows are deleted"
      ), mode: .fix)
  }

  /// Rows that refer to none, once the columns have their new values.
  func orphans(of key: ForeignKey, in difference: Difference) async throws(StorageError) -> Migration.Step? {
    let table = difference.table.name
    if difference.keeps(key) && !isRetyped(key, in: difference) { return nil }
    let rows = try await orphanCount(of: key, in: difference)
    if rows == 0 { return nil }
    let mayBeNull = key.columns.allSatisfy { name in
      difference.table.columns.contains { $0.name == name && $0.isNullable }
    }
    guard key.onDelete == .setNull && mayBeNull else {
      return deleteRows(
        key.name, of: table, where: key.orphaned(of: table), rows,
        "refer to a row of \(key.referencedTable) that is not there")
    }
    return .init(
      "clear-values:\(key.name)",
      "make \(table).\(key.columns.joined(separator: ", ")) null where it refers to nothing",
      sql: [key.clearing(of: table)], lock: lock,
      loss: .init(rows: rows, description: "their \(key.columns.joined(separator: ", ")) become null"), mode: .fix)
  }

  private func deleteRows(
    _ subject: String, of table: String, where condition: String, _ rows: Int, _ reason: String
  ) -> Migration.Step {
    .init(
      "delete-rows:\(subject)", "delete rows of \(table) that \(reason)",
      sql: ["DELETE FROM \(quoted(table)) WHERE \(condition)"], lock: lock,
      loss: .init(rows: rows, description: "they \(reason), and are deleted with what belongs to them"), mode: .fix)
  }

  private var engine: Engine { survey.engine }
  private var lock: Migration.Lock { engine == .postgres ? .rows : .file }
  private func counted(_ rows: Int) -> String { rows == 1 ? "1 row" : "\(rows) rows" }
}

extension ForeignKey {
  /// The condition of rows that refer to none.
  func orphaned(of table: String) -> String {
    let own = columns.map { "\(quoted(table)).\(quoted($0))" }
    let equal = zip(own, referencedColumns).map { "referenced.\(quoted($1)) = \($0)" }.joined(separator: " AND ")
    return own.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
      + " AND NOT EXISTS (SELECT 1 FROM \(quoted(referencedTable)) AS referenced WHERE \(equal))"
  }

  /// Makes such rows refer to nothing.
  func clearing(of table: String) -> String {
    let nulls = columns.map { "\(quoted($0)) = NULL" }.joined(separator: ", ")
    return "UPDATE \(quoted(table)) SET \(nulls) WHERE \(orphaned(of: table))"
  }
}

extension ColumnDefinition {
  /// Of rows whose value is spelt as before.
  var holdsOldValue: String {
    "\(quoted(name)) IN (\(renamedValues.keys.sorted().map(quotedText).joined(separator: ", ")))"
  }

  /// A value as it is spelt now.
  func renamed(_ value: String) -> String {
    let cases = renamedValues.sorted { $0.key < $1.key }
      .map { " WHEN \(quotedText($0.key)) THEN \(quotedText($0.value))" }.joined()
    return "CASE \(value)\(cases) ELSE \(value) END"
  }

  var renamedList: String {
    renamedValues.sorted { $0.key < $1.key }.map { "\($0.key) to \($0.value)" }.joined(separator: ", ")
  }
}

extension IndexColumn {
  var expression: String { isCaseInsensitive ? "lower(\(quoted(name)))" : quoted(name) }
}
