/// A table or a column that the definitions know under a new name.
enum Rename: Sendable, Hashable {
  case table(from: String, to: String)
  case column(from: String, to: String, table: String)

  /// Those that are due: the old name is there and the new one is not. Applies them to the catalog.
  static func due(in catalog: inout Catalog, for tables: [TableDefinition]) -> [Rename] {
    var renames: [Rename] = []
    let isTable = { (name: String, catalog: Catalog) in catalog.tables[name] != nil }
    chain(tables.map { ($0.name, $0.renamedFrom) }, in: &catalog, exists: isTable) { old, new, catalog in
      catalog.rename(table: old, to: new)
      renames.append(.table(from: old, to: new))
    }
    for table in tables where catalog.tables[table.name] != nil {
      let isColumn = { (name: String, catalog: Catalog) in catalog.tables[table.name]?.columns[name] != nil }
      chain(table.columns.map { ($0.name, $0.renamedFrom) }, in: &catalog, exists: isColumn) { old, new, catalog in
        catalog.rename(column: old, to: new, of: table.name)
        renames.append(.column(from: old, to: new, table: table.name))
      }
    }
    return renames
  }

  /// Goes round until nothing moves any more, because the old name of one may be the new name of another. Each moves
  /// once at most.
  private static func chain(
    _ names: [(new: String, old: String?)], in catalog: inout Catalog, exists: (String, Catalog) -> Bool,
    move: (_ old: String, _ new: String, inout Catalog) -> Void
  ) {
    var rest = names
    while let index = rest.firstIndex(where: { name in
      name.old.map { exists($0, catalog) && !exists(name.new, catalog) } ?? false
    }) {
      let name = rest.remove(at: index)
      if let old = name.old { move(old, name.new, &catalog) }
    }
  }

  func step(on engine: Engine) -> Migration.Step {
    Migration.Step(name, description, sql: [sql], lock: .brief(engine))
  }

  var name: String {
    switch self {
    case .table(_, let new): "rename-table:\(new)"
    case .column(_, let new, let table): "rename-column:\(table).\(new)"
    }
  }

  var description: String {
    switch self {
    case .table(let old, let new): "rename table \(old) to \(new)"
    case .column(let old, let new, let table): "rename column \(table).\(old) to \(new)"
    }
  }

  var sql: String {
    switch self {
    case .table(let old, let new): "ALTER TABLE \(quoted(old)) RENAME TO \(quoted(new))"
    case .column(let old, let new, let table):
      "ALTER TABLE \(quoted(table)) RENAME COLUMN \(quoted(old)) TO \(quoted(new))"
    }
  }
}
