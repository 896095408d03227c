/// What columns hold once the migration is done, in terms of what they hold now: so the rows that a constraint will not
/// take are counted before anything is changed.
extension Difference {
  /// On PostgreSQL the functions of the column's ``PostgresConversion`` must be there.
  func value(of column: ColumnDefinition, on engine: Engine) -> String {
    guard let then = wanted.columns[column.name] else { return quoted(column.name) }
    guard let now = live.columns[column.name] else {
      let value = column.defaultSQL(for: engine) ?? "NULL"
      return engine == .postgres ? "(\(value))::\(then.type)" : value
    }
    var value = quoted(column.name)
    let isRetyped = now.type != then.type
    if isRetyped || live.isStrict != wanted.isStrict {
      switch engine {
      case .postgres: value = PostgresConversion(column: column.name, from: now.type, to: then.type).expression
      case .sqlite: value = column.sqliteConversion
      }
    }
    if mayHoldOldValues(column) { value = column.renamed(value) }
    if !then.isNullable, now.isNullable || isRetyped, let fallback = column.defaultSQL(for: engine) {
      value = "coalesce(\(value), \(fallback))"
    }
    return value
  }

  /// The same by the column's name, for columns of the definition.
  func value(of name: String, on engine: Engine) -> String {
    table.columns.first { $0.name == name }.map { value(of: $0, on: engine) } ?? quoted(name)
  }

  /// Of a part of an index.
  func value(of part: IndexColumn, on engine: Engine) -> String {
    let value = value(of: part.name, on: engine)
    return part.isCaseInsensitive ? "lower(\(value))" : value
  }
}
