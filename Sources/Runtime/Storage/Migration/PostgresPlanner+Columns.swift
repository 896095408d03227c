/// Types, defaults and NULL.
extension PostgresPlanner {
  mutating func changeColumns(_ difference: Difference) async throws(StorageError) {
    for column in difference.changedTypes { try await changeType(of: column, in: difference) }
    let table = difference.table.name
    for column in difference.changedDefaults where !difference.changedTypes.contains(column) {
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

  private mutating func changeType(of column: ColumnDefinition, in difference: Difference) async throws(StorageError) {
    let table = difference.table.name
    guard let live = difference.live.columns[column.name], let wanted = difference.wanted.columns[column.name] else {
      return
    }
    let conversion = PostgresConversion(column: column.name, from: live.type, to: wanted.type)
    var sql = conversion.functions.map { $0.sql }
    // Made for the old type; they come again.
    for (name, check) in difference.live.checks.sorted(by: { $0.key < $1.key })
    where difference.wanted.checks[name] != nil && check.expression.mentions(column.name) {
      sql.append("\(alter(table)) DROP CONSTRAINT \(quoted(name))")
    }
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

/// How a column's values become those of another type.
struct PostgresConversion {
  struct Function {
    var name: String
    var sql: String

    /// Gives null for a text that is not of the type: PostgreSQL 15 has no other way to ask.
    init(_ type: String) {
      // A function returns a type without a collation.
      let type = type.firstRange(of: " COLLATE").map { String(type[..<$0.lowerBound]) } ?? type
      // PostgreSQL writes a DOUBLE PRECISION of 1e+15 so, which is no integer to it.
      let isInteger = ["SMALLINT", "INTEGER", "BIGINT"].contains(type)
      let number = "CASE WHEN value LIKE '%e%' THEN value::double precision::\(type) ELSE value::\(type) END"
      name = "pg_temp.\(quoted("parley_\(type.lowercased())"))"
      sql = """
        CREATE OR REPLACE FUNCTION \(name)(value text) RETURNS \(type) LANGUAGE plpgsql AS \
        $$ BEGIN RETURN \(isInteger ? number : "value::\(type)"); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$
        """
    }
  }

  let column: String
  let from: String
  let to: String

  /// Every value stays what it is.
  private var isExact: Bool {
    switch (from, to) {
    case (_, "TEXT"), (_, "TEXT COLLATE \"C\""), ("SMALLINT", "BIGINT"), ("INTEGER", "BIGINT"),
      ("SMALLINT", "DOUBLE PRECISION"),
      ("INTEGER", "DOUBLE PRECISION"), ("REAL", "DOUBLE PRECISION"), ("JSON", "JSONB"),
      ("DATE", "TIMESTAMP WITH TIME ZONE"), ("BOOLEAN", "BIGINT"):
      true
    default: from.hasPrefix("TIMESTAMP") && to == "TIMESTAMP WITH TIME ZONE"
    }
  }

  /// A text that only comes to be compared by bytes: its indexes are made anew, its rows are not.
  private var isText: Bool { (from.hasPrefix("CHARACTER VARYING") || from.hasPrefix("TEXT")) && to.hasPrefix("TEXT") }

  var rewrites: Bool { !isText }

  var functions: [Function] { isExact ? [] : [Function(to), Function(from)] }

  /// Moments without a zone are UTC, as sessions are.
  var expression: String {
    if isText { return quoted(column) }
    if from == "BOOLEAN" && to == "BIGINT" { return "\(quoted(column))::int::bigint" }
    return isExact ? "\(quoted(column))::\(to)" : "\(Function(to).name)(\(quoted(column))::text)"
  }

  /// Of which rows the value would be another one; nil for none.
  var changes: String? {
    if isExact { return nil }
    return "\(quoted(column)) IS NOT NULL AND "
      + "\(Function(from).name)((\(expression))::text)::text IS DISTINCT FROM \(quoted(column))::text"
  }
}

extension ColumnDefinition {
  fileprivate var changeDefault: String { defaultSQL(for: .postgres).map { "SET DEFAULT \($0)" } ?? "DROP DEFAULT" }
}
