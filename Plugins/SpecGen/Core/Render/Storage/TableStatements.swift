extension TableModel {
  /// Every statement of the table, in the order in which they are numbered.
  var statements: [StatementText] {
    var statements = [insertStatement] + keys.map(findStatement(by:))
    for page in pages { statements += [firstStatement(of: page), afterStatement(of: page)] }
    if let search = SearchSQL(self) { statements.append(search.statement) }
    if !changeable.isEmpty { statements.append(updateStatement) }
    return statements + [deleteStatement]
  }

  private var insertStatement: StatementText {
    let numbers = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    return statement(
      "insert", "INSERT INTO \(sqlName) (\(columnList)) VALUES (\(numbers))", columns.map(\.columnType), isRead: false)
  }

  private func findStatement(by key: TableKey) -> StatementText {
    statement(
      key.property,
      "SELECT \(columnList) FROM \(sqlName) WHERE \(condition(key.columns, ignoringCase: key.ignoresCase))",
      key.columns.map(\.columnType), isRead: true)
  }

  private var deleteStatement: StatementText {
    statement(
      "delete", "DELETE FROM \(sqlName) WHERE \(condition(primaryKey))", primaryKey.map(\.columnType), isRead: false)
  }

  /// One statement whatever changes, so that it is prepared once: a column whose parameter is null keeps its value, and
  /// one that may be null has a flag before its parameter.
  private var updateStatement: StatementText {
    var parameters = primaryKey.map(\.columnType)
    var assignments: [String] = []
    for column in changeable {
      if column.column.isNullable {
        let flag = parameters.count + 1
        parameters += [".bool", column.columnType]
        assignments.append("\(column.sqlName) = CASE WHEN $\(flag) THEN $\(flag + 1) ELSE \(column.sqlName) END")
      } else {
        parameters.append(column.columnType)
        assignments.append("\(column.sqlName) = COALESCE($\(parameters.count), \(column.sqlName))")
      }
    }
    let lines = assignments.enumerated().map { index, assignment in
      (index == 0 ? "SET " : "  ") + assignment + (index == assignments.count - 1 ? "" : ",")
    }
    let sql = (["UPDATE \(sqlName)"] + lines + ["WHERE \(condition(primaryKey))"]).joined(separator: "\n")
    return statement("update", sql, parameters, isRead: false)
  }

  /// Parameters: the columns that are equal, then the limit.
  private func firstStatement(of page: TablePage) -> StatementText {
    pageStatement(page, "\(page.index.swiftName)First", after: nil)
  }

  /// Parameters: the columns that are equal, the limit, then the key.
  private func afterStatement(of page: TablePage) -> StatementText {
    pageStatement(page, "\(page.index.swiftName)After", after: page.by.count + 2)
  }

  private func pageStatement(_ page: TablePage, _ property: String, after first: Int?) -> StatementText {
    var conditions = page.by.isEmpty ? [] : [condition(page.by)]
    var parameters = page.by.map(\.columnType) + [".int"]
    if let first {
      conditions.append(page.keyset.condition(after: first))
      parameters += page.order.map(\.columnType)
    }
    var lines = ["SELECT \(columnList)", "FROM \(sqlName)"]
    if !conditions.isEmpty { lines.append("WHERE \(conditions.joined(separator: " AND "))") }
    lines.append("ORDER BY \(page.keyset.order)")
    lines.append("LIMIT $\(page.by.count + 1)")
    return statement(property, lines.joined(separator: "\n"), parameters, isRead: true)
  }

  var columnList: String { columns.map(\.sqlName).joined(separator: ", ") }

  /// `user_id = $1 AND id = $2`; where case is ignored, the expression that the index is made of.
  private func condition(_ columns: [ColumnCoding], ignoringCase: Bool = false) -> String {
    columns.enumerated().map { index, column in
      ignoringCase && column.kind == .text
        ? "lower(\(column.sqlName)) = lower($\(index + 1)\(SQLSyntax.bytewise))" : "\(column.sqlName) = $\(index + 1)"
    }.joined(separator: " AND ")
  }

  private func statement(_ property: String, _ sql: String, _ parameters: [String], isRead: Bool) -> StatementText {
    StatementText(property: property, table: table.name, sql: sql, parameters: parameters, isRead: isRead)
  }
}
