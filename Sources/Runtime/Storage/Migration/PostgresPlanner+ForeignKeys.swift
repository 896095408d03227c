/// Foreign keys, which stand on keys and types of two tables.
extension PostgresPlanner {
  /// Drops those that are not wanted, and those that stand on a key or a type which changes.
  mutating func releaseForeignKeys() {
    for table in basis.live.tables.keys.sorted() where isOurs(table) {
      let difference = differences.first { $0.table.name == table }
      let renamed = Set(difference.map(renamedForeignKeys)?.map(\.old) ?? [])
      for (name, key) in basis.live.tables[table]?.foreignKeys.sorted(by: { $0.key < $1.key }) ?? [] {
        guard mustGo(key, named: name, of: table, difference), !renamed.contains(name) else { continue }
        releasedKeys.insert(name)
        steps.append(
          .init(
            "drop-foreign-key:\(name)", "drop foreign key \(name)",
            sql: ["\(alter(table)) DROP CONSTRAINT IF EXISTS \(quoted(name))"], lock: .brief, isAdditive: true))
      }
    }
  }

  /// Tables that are as they should be but for references which had to go for a while.
  var bystanders: [Difference] {
    basis.tables.compactMap { table in
      guard !differences.contains(where: { $0.table.name == table.name }), let live = basis.live.tables[table.name],
        let wanted = basis.wanted.tables[table.name], live.foreignKeys.keys.contains(where: releasedKeys.contains)
      else { return nil }
      return Difference(table: table, live: live, wanted: wanted)
    }
  }

  private func isOurs(_ table: String) -> Bool {
    basis.wanted.tables[table] != nil || basis.surplusTables.contains(table)
  }

  /// Those that get another name and nothing else.
  private func renamedForeignKeys(_ difference: Difference) -> [(old: String, new: String)] {
    difference.renames(\.foreignKeys).filter { names in
      difference.live.foreignKeys[names.old].map { !standsOnChange($0, difference) } ?? false
    }
  }

  private func mustGo(
    _ key: Catalog.ForeignKey, named name: String, of table: String, _ difference: Difference?
  ) -> Bool {
    if standsOnChange(key, difference) { return true }
    guard let difference else { return false }
    guard var wanted = difference.wanted.foreignKeys[name] else {
      return !key.columns.contains(where: difference.surplusColumns.contains)
    }
    wanted.isValid = key.isValid
    return wanted != key
  }

  /// Whether the key that it refers to, or a type on either side, becomes another.
  private func standsOnChange(_ key: Catalog.ForeignKey, _ difference: Difference?) -> Bool {
    let target = differences.first { $0.table.name == key.referencedTable }
    if let target {
      if target.changesPrimaryKey && target.live.primaryKey?.columns == key.referencedColumns { return true }
      if target.changedTypes.contains(where: { key.referencedColumns.contains($0.name) }) { return true }
      // Of several unique keys on the same columns it may stand on any.
      let renamed = target.renames(\.indexes).map(\.old)
      let losesKey = target.live.indexes.contains { name, index in
        index.isUnique && index.parts.names == key.referencedColumns && target.wanted.indexes[name] != index
          && !renamed.contains(name)
      }
      if losesKey { return true }
    }
    return difference?.changedTypes.contains { key.columns.contains($0.name) } ?? false
  }

  mutating func addForeignKeys(_ difference: Difference) async throws(StorageError) {
    let table = difference.table
    let renames = renamedForeignKeys(difference)
    for (old, new) in renames { renameConstraint(old, to: new, of: table.name) }
    let renamed = Set(renames.map(\.new))
    for key in table.foreignKeys where !renamed.contains(key.name) {
      let live = releasedKeys.contains(key.name) ? nil : difference.live.foreignKeys[key.name]
      if live?.isValid == true { continue }
      let isFilled = filled.contains(table.name)
      if live == nil {
        steps.append(
          .init(
            "add-foreign-key:\(key.name)", "add foreign key \(key.name)",
            sql: [table.addForeignKey(key) + (isFilled ? " NOT VALID" : "")], lock: .reference, isAdditive: true))
      }
      guard isFilled || live?.isValid == false else { continue }
      if let fix = try await basis.orphans(of: key, in: difference) { steps.append(fix) }
      validate(key.name, of: table.name)
    }
  }
}
