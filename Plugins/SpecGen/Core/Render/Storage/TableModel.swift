/// A table with what its renderers ask for again and again.
struct TableModel {
  let table: Table
  let columns: [ColumnCoding]
  /// The properties of the table's schema; empty without one.
  let properties: [Property]

  init(_ table: Table, types: TypeTable) {
    self.table = table
    columns = table.columns.map { ColumnCoding($0, types: types) }
    if case .object(let object) = table.schemaType.flatMap({ types[$0] }) {
      properties = object.properties
    } else {
      properties = []
    }
  }

  var rowType: String { "\(table.typeName)Row" }
  var changesType: String { "\(table.typeName)Changes" }
  var tableType: String { "\(table.typeName)Table" }
  var sqlName: String { SQLSyntax.identifier(table.name) }

  /// In the order of their names; names that are no column are left out.
  func columns(named names: [String]) -> [ColumnCoding] {
    names.compactMap { name in columns.first { $0.column.name == name } }
  }

  var primaryKey: [ColumnCoding] { columns(named: table.primaryKey) }

  /// The columns that a partial update may change.
  var changeable: [ColumnCoding] { columns.filter { !table.primaryKey.contains($0.column.name) } }

  /// The ways to find one row: by the primary key, then by each unique key.
  var keys: [TableKey] {
    var keys = [TableKey(columns: primaryKey, ignoresCase: false, property: "find")]
    for unique in table.uniqueKeys where unique.columns != table.primaryKey {
      let columns = columns(named: unique.columns)
      let property = "findBy\(columns.propertyName.capitalizedFirst)"
      keys.append(TableKey(columns: columns, ignoresCase: unique.ignoresCase, property: property))
    }
    return keys
  }

  var pages: [TablePage] { table.indexes.map { TablePage($0, of: self) } }
}

/// Columns that tell one row.
struct TableKey {
  let columns: [ColumnCoding]
  let ignoresCase: Bool
  /// The property of its statement: `findByUsername`.
  let property: String
}

/// An index and the pages that follow it.
struct TablePage {
  let index: Index
  let by: [ColumnCoding]
  let order: [ColumnCoding]

  init(_ index: Index, of table: TableModel) {
    self.index = index
    by = table.columns(named: index.by)
    order = table.columns(named: index.order.map(\.column))
  }

  var keyset: Keyset { Keyset(columns: zip(order, index.order).map { ($0.sqlName, $1.isDescending) }) }

  /// `ByConversationKey`.
  var keyType: String { "\(index.swiftName.capitalizedFirst)Key" }
}

extension TablePage {
  /// For a sentence: `` `created_at` and `id`, descending``.
  var sorting: String {
    let descending = index.order.filter(\.isDescending).count
    if descending == 0 || descending == index.order.count {
      let names = index.order.map { "`\($0.column)`" }.joined(separator: ", ")
      return descending == 0 ? names : "\(names), descending"
    }
    return index.order.map { "`\($0.column)`\($0.isDescending ? " descending" : " ascending")" }.joined(separator: ", ")
  }
}

extension [ColumnCoding] {
  /// `userIDIdempotencyKey`.
  var propertyName: String {
    enumerated().map { $0 == 0 ? $1.column.swiftName : $1.column.swiftName.capitalizedFirst }.joined()
  }
}
