/// What stands against changing the values of a column.
extension PlanBasis {
  /// The rows that would share a key with others, or refer to a row that is not there, had the column its new values. No
  /// step could say which of them should have another one. Keys that are new are none of it: their rows are counted, and
  /// can be deleted, by steps of their own.
  func obstacle(
    toChanging column: ColumnDefinition, in difference: Difference
  ) async throws(StorageError) -> Migration.Loss? {
    let table = difference.table
    var rows = 0
    for key in difference.keptKeys where key.contains(where: { $0.name == column.name }) {
      rows += try await survey.duplicates(
        of: table.name, by: key.map { difference.value(of: $0, on: survey.engine) }
      ).rows
    }
    for key in table.foreignKeys where key.columns.contains(column.name) && difference.keeps(key) {
      // Where a type changes, those that refer to none are counted, and can be deleted, by a step of their own.
      if !isRetyped(key, in: difference) { rows += try await orphanCount(of: key, in: difference) }
    }
    guard rows > 0 else { return nil }
    return .init(
      rows: rows,
      description:
        "with their new values they would break a unique key or refer to a row that is not there: give them others first",
      canBeAllowed: false)
  }

  /// Whether a type changes on either side.
  func isRetyped(_ key: ForeignKey, in difference: Difference) -> Bool {
    let target = differences.first { $0.table.name == key.referencedTable }
    return difference.changedTypes.contains { key.columns.contains($0.name) }
      || target?.changedTypes.contains { key.referencedColumns.contains($0.name) } ?? false
  }

  /// How many rows will refer to none.
  func orphanCount(of key: ForeignKey, in difference: Difference) async throws(StorageError) -> Int {
    let target = differences.first { $0.table.name == key.referencedTable }
    let own = key.columns.map { difference.value(of: $0, on: survey.engine) }
    let others = key.referencedColumns.map { target?.value(of: $0, on: survey.engine) ?? quoted($0) }
    return try await survey.orphans(
      of: difference.table.name, by: own, in: live.tables[key.referencedTable] == nil ? nil : key.referencedTable,
      by: others)
  }
}

extension Difference {
  /// Unique keys, the primary key among them, that hold already, whatever their names are.
  var keptKeys: [[IndexColumn]] {
    let live = self.live.indexes.values.filter { $0.isUnique && $0.isValid }
    let unique = table.indexes.filter { index in
      index.isUnique && live.contains { $0.parts == wanted.indexes[index.name]?.parts }
    }
    return unique.map(\.columns) + (changesPrimaryKey ? [] : [table.primaryKey.map { IndexColumn($0) }])
  }

  /// Whether every row refers to something by this key already, whatever its name is and whatever it does on delete.
  func keeps(_ key: ForeignKey) -> Bool {
    live.foreignKeys.values.contains {
      $0.columns == key.columns && $0.referencedTable == key.referencedTable
        && $0.referencedColumns == key.referencedColumns && $0.isValid
    }
  }
}
