/// What stands against a default that is to fill missing values.
extension PlanBasis {
  /// The rows that would share a key with others, or refer to a row that is not there, had they the default. No step
  /// could say which of them should have another value.
  func obstacle(
    toFilling column: ColumnDefinition, in difference: Difference
  ) async throws(StorageError) -> Migration.Loss? {
    let table = difference.table
    var filled: [String: String] = [:]
    for column in difference.tightened {
      if let value = column.defaultSQL(for: survey.engine) {
        filled[column.name] = "coalesce(\(quoted(column.name)), \(value))"
      }
    }
    guard filled[column.name] != nil else { return nil }
    // What is new or becomes another type is compared when it is there.
    let settled = Set(difference.live.columns.keys).subtracting(difference.changedTypes.map(\.name))
    var rows = 0
    let keys = table.indexes.filter(\.isUnique).map(\.columns) + [table.primaryKey.map { IndexColumn($0) }]
    for key in keys where key.contains(where: { $0.name == column.name }) && settled.isSuperset(of: key.map(\.name)) {
      let parts = key.map(\.expression)
      let now = try await survey.duplicates(of: table.name, by: parts).rows
      let then = parts.map { SQLExpression($0).replacing(filled).text }
      rows += try await survey.duplicates(of: table.name, by: then).rows - now
    }
    for key in table.foreignKeys
    where key.columns.contains(column.name) && settled.isSuperset(of: key.columns) {
      rows += try await orphans(of: key, from: table.name, filled: filled)
    }
    guard rows > 0 else { return nil }
    return .init(
      rows: rows,
      description:
        "with the default they would break a unique key or refer to a row that is not there: give them values",
      canBeAllowed: false)
  }

  /// How many rows refer to none once columns are filled.
  private func orphans(
    of key: ForeignKey, from table: String, filled: [String: String]
  ) async throws(StorageError) -> Int {
    let isMissing = key.columns.filter { filled[$0] != nil }.map { "\(quoted($0)) IS NULL" }.joined(separator: " OR ")
    let values = key.columns.map { filled[$0] ?? quoted($0) }
    let target = live.tables[key.referencedTable]
    let retyped = differences.first { $0.table.name == key.referencedTable }?.changedTypes.map(\.name) ?? []
    guard let target, key.referencedColumns.allSatisfy({ target.columns[$0] != nil && !retyped.contains($0) }) else {
      return 0
    }
    let referenced = key.referencedColumns.map { survey.source(quoted($0), of: key.referencedTable) }
    return try await survey.number(
      "SELECT count(*) FROM \(survey.source(table)) WHERE (\(survey.source(isMissing, of: table))) "
        + "AND (\(survey.source(values.joined(separator: ", "), of: table))) NOT IN "
        + "(SELECT \(referenced.joined(separator: ", ")) FROM \(survey.source(key.referencedTable)))")
  }
}
