/// Renames of which nobody can say whether they are still to be done.
extension Rename {
  /// Steps that are refused for good: names that go round in a circle, and new names that are there beside the old ones.
  ///
  /// Mostly the latter were renamed long ago, and the old name came back as one that is too many; the history tells. But
  /// it may as well be that what has the new name is to go and the old one is to take it, and then the wrong values would
  /// be dropped.
  ///
  /// - Parameter catalog: as after the renames that are due.
  static func unclear(
    in catalog: Catalog, for tables: [TableDefinition], _ survey: Survey, _ database: some QueryRunner
  ) async throws(StorageError) -> [Migration.Step] {
    var steps = circles(in: tables).map { rename in
      rename.refused(rows: 0, "the names go round in a circle: give one of them a third name, in a version of its own")
    }
    let collisions = collisions(in: catalog, for: tables)
    if collisions.isEmpty { return steps }
    let done = try await History.renames(in: database)
    for (rename, spellings) in collisions where done.isDisjoint(with: spellings) {
      let (rows, old, new) =
        switch rename {
        case .table(let old, let new): (try await survey.rows(of: old), old, new)
        case .column(let old, let new, let table):
          (try await survey.rows(of: table, where: "\(quoted(old)) IS NOT NULL"), old, new)
        }
      steps.append(
        rename.refused(
          rows: rows,
          "\(old) and \(new) are both there: if \(new) is to go, drop it in one version and rename \(old) in the next; "
            + "if \(old) is to go, remove the x-renamed-from of \(new)"))
    }
    return steps
  }

  private func refused(rows: Int, _ reason: String) -> Migration.Step {
    .init(name, description, sql: [], lock: .none, loss: .init(rows: rows, description: reason, canBeAllowed: false))
  }

  private static func circles(in tables: [TableDefinition]) -> [Rename] {
    circle(tables.map { ($0.name, $0.renamedFrom) }).map { .table(from: $0.old, to: $0.new) }
      + tables.flatMap { table in
        circle(table.columns.map { ($0.name, $0.renamedFrom) })
          .map { Rename.column(from: $0.old, to: $0.new, table: table.name) }
      }
  }

  private static func circle(_ names: [(new: String, old: String?)]) -> [(new: String, old: String)] {
    let former = names.reduce(into: [String: String]()) { $0[$1.new] = $1.old }
    return names.compactMap { name in
      var earlier = name.old
      for _ in names where earlier != name.new { earlier = earlier.flatMap { former[$0] } }
      guard let old = name.old, earlier == name.new else { return nil }
      return (name.new, old)
    }
  }

  /// Where both names are there and the old one is not wanted; with the statements that may have done the rename.
  private static func collisions(
    in catalog: Catalog, for tables: [TableDefinition]
  ) -> [(rename: Rename, spellings: [String])] {
    let names = Set(tables.map(\.name))
    var result: [(rename: Rename, spellings: [String])] = []
    for table in tables {
      guard let live = catalog.tables[table.name] else { continue }
      if let old = table.renamedFrom, catalog.tables[old] != nil, !names.contains(old) {
        let rename = Rename.table(from: old, to: table.name)
        result.append((rename, [rename.sql]))
      }
      let columns = Set(table.columns.map(\.name))
      for column in table.columns where live.columns[column.name] != nil {
        guard let old = column.renamedFrom, live.columns[old] != nil, !columns.contains(old) else { continue }
        let renames = [table.name, table.renamedFrom].compactMap { $0 }
          .map { Rename.column(from: old, to: column.name, table: $0) }
        result.append((renames[0], renames.map(\.sql)))
      }
    }
    return result
  }
}
