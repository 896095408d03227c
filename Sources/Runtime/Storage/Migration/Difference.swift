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

  /// Whether the column is part of a primary key that changes: it may be null only afterwards.
  func leavesPrimaryKey(_ column: ColumnDefinition) -> Bool {
    changesPrimaryKey && live.primaryKey?.columns.contains(column.name) == true
  }

  var checks: [Check] {
    table.columns.flatMap { column in column.checks.map { Check(definition: $0, column: column) } }
  }

  /// Whether the values of a column may still be spelt as its `renamedValues` tell: what they say stays there for long
  /// after it was done, and one's old spelling may be another's new one. Due is what the live check allows and the
  /// wanted one does not; without a live check, whatever the wanted one does not allow.
  func mayHoldOldValues(_ column: ColumnDefinition) -> Bool {
    guard live.columns[column.name] != nil else { return false }
    let old = Set(column.renamedValues.keys.map(quotedText))
    let allowed = live.literals(inChecksOf: column.name)
    let due = old.subtracting(wanted.literals(inChecksOf: column.name) ?? [])
    return !(allowed.map { due.intersection($0) } ?? due).isEmpty
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

extension Catalog.Table {
  /// The literals in the checks of a column; nil without a check.
  fileprivate func literals(inChecksOf column: String) -> [String]? {
    let expressions = checks.values.map(\.expression).filter { $0.mentions(column) }
    return expressions.isEmpty ? nil : expressions.flatMap(\.tokens).filter { $0.kind == .literal }.map(\.text)
  }
}
