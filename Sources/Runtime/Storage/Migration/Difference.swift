/// What sets a table that exists apart from its definition.
struct Difference: Sendable {
  /// A check with the column that it belongs to.
  struct Check: Sendable {
    var definition: CheckDefinition
    var column: ColumnDefinition
  }

  let table: TableDefinition
  let live: Catalog.Table
  let wanted: Catalog.Table

  var addedColumns: [ColumnDefinition] { table.columns.filter { live.columns[$0.name] == nil } }
  /// Sorted.
  var surplusColumns: [String] { live.columns.keys.filter { wanted.columns[$0] == nil }.sorted() }

  /// Columns on both sides that differ in what `key` gives.
  func columns<Value: Equatable>(differingIn key: KeyPath<Catalog.Column, Value>) -> [ColumnDefinition] {
    table.columns.filter { column in
      guard let live = live.columns[column.name], let wanted = wanted.columns[column.name] else { return false }
      return live[keyPath: key] != wanted[keyPath: key]
    }
  }

  var changedTypes: [ColumnDefinition] { columns(differingIn: \.type) }
  var changedDefaults: [ColumnDefinition] { columns(differingIn: \.defaultValue) }
  var tightened: [ColumnDefinition] { columns(differingIn: \.isNullable).filter { !$0.isNullable } }
  var relaxed: [ColumnDefinition] { columns(differingIn: \.isNullable).filter(\.isNullable) }
  var changesPrimaryKey: Bool { live.primaryKey?.columns != wanted.primaryKey?.columns }

  var checks: [Check] {
    table.columns.flatMap { column in column.checks.map { Check(definition: $0, column: column) } }
  }

  /// Whether the values of a column may still be spelt as its `renamedValues` tell.
  func mayHoldOldValues(_ column: ColumnDefinition) -> Bool {
    !column.renamedValues.isEmpty && live.columns[column.name] != nil
      && column.checks.contains { live.checks[$0.name]?.expression != wanted.checks[$0.name]?.expression }
  }

  /// Objects of the same meaning under another name: what rows were renamed with. The new name of each old one.
  func renames<Value: Equatable>(_ objects: KeyPath<Catalog.Table, [String: Value]>) -> [(old: String, new: String)] {
    var surplus = live[keyPath: objects].filter { wanted[keyPath: objects][$0.key] == nil }
    var result: [(old: String, new: String)] = []
    for (name, value) in wanted[keyPath: objects].sorted(by: { $0.key < $1.key })
    where live[keyPath: objects][name] == nil {
      guard let old = surplus.filter({ $0.value == value }).keys.min() else { continue }
      surplus[old] = nil
      result.append((old, name))
    }
    return result
  }

  /// A surplus column without which the new program cannot write rows.
  func hinders(_ column: String) -> Bool {
    live.columns[column].map { !$0.isNullable && $0.defaultValue == nil } ?? false
  }
}
