/// Keys, indexes and references of tables.
extension Resolver {
  mutating func primaryKey(of table: OpenAPI.Table, _ columns: [ResolvedColumn]) -> [String] {
    if table.primaryKey.isEmpty {
      diagnostics.error(
        .tableKey, at: table.name.place, "the table \"\(table.name.value)\" needs at least one column as \"primaryKey\""
      )
    }
    let key = known(table.primaryKey, table, columns, in: "the primary key")
    for column in key where column.isNullable {
      let place = table.primaryKey.first { $0.value == column.name.value }?.place ?? table.name.place
      diagnostics.error(
        .tableKey, at: place,
        "\"\(column.name.value)\" may be null, but a primary key never is; make it required and not null")
    }
    return key.map(\.name.value)
  }

  mutating func uniqueKeys(
    of table: OpenAPI.Table, _ columns: [ResolvedColumn], _ names: inout [String: Place]
  ) -> [UniqueKey] {
    table.uniqueKeys.map { key in
      if key.columns.isEmpty {
        diagnostics.error(.tableKey, at: key.place, "a unique key needs at least one column")
      }
      let found = known(key.columns, table, columns, in: "this key")
      for column in found where key.ignoresCase {
        guard let target = target(of: column.schema), !Self.isString(target) else { continue }
        let place = key.columns.first { $0.value == column.name.value }?.place ?? key.place
        diagnostics.error(
          .columnType, at: place,
          "\"ignoreCase\" is for text, and \"\(column.name.value)\" is not; remove \"ignoreCase\" or the column")
      }
      let name =
        key.name
        ?? Located(([table.name.value] + key.columns.map(\.value) + ["key"]).joined(separator: "_"), at: key.place)
      checkIndexName(name, &names)
      return UniqueKey(name: name.value, columns: found.map(\.name.value), ignoresCase: key.ignoresCase)
    }
  }

  private mutating func checkIndexName(_ name: Located<String>, _ names: inout [String: Place]) {
    checkSQLName(name, "a key or an index")
    if let first = names[name.value] {
      diagnostics.error(
        .nameClash, at: name.place,
        "another key or index has the name \"\(name.value)\"; give this one another \"name\"",
        notes: [.init(place: first, message: "the other one is here")])
    } else {
      names[name.value] = name.place
    }
  }

  private static func isString(_ schema: ResolvedSchema) -> Bool {
    switch schema.kind {
    case .string, .enumeration, .constant: true
    default: false
    }
  }

  mutating func indexes(
    of table: OpenAPI.Table, _ columns: [ResolvedColumn], _ names: inout [String: Place]
  ) -> [Index] {
    var functions = NameScope("the indexes of \"\(table.name.value)\"")
    return table.indexes.map { index in
      let swiftName = functions.lowerCamel(index.name, &diagnostics)
      if ["insert", "find", "update", "delete", "search"].contains(swiftName) {
        diagnostics.error(
          .nameClash, at: index.name.place,
          "a table has a function \"\(swiftName)\", so its index cannot be named like it; choose another name")
      }
      checkIndexName(Located("\(table.name.value)_\(index.name.value)", at: index.name.place), &names)
      let order = index.order.map { entry in
        let isDescending = entry.value.hasPrefix("-")
        return (
          column: Located(String(entry.value.dropFirst(isDescending ? 1 : 0)), at: entry.place),
          isDescending: isDescending
        )
      }
      let all = known(index.by + order.map(\.column), table, columns, in: "this index")
      if all.count == index.by.count + order.count {
        let what = Located("the index \"\(index.name.value)\"", at: index.name.place)
        checkPage(what, order.map(\.column), all, of: table, columns)
      }
      return Index(
        name: index.name.value, swiftName: swiftName, by: index.by.map(\.value),
        order: order.map { .init(column: $0.column.value, isDescending: $0.isDescending) })
    }
  }

  /// A keyset page needs an order in which no two rows are equal and nothing is null.
  mutating func checkPage(
    _ what: Located<String>, _ order: [Located<String>], _ all: [ResolvedColumn], of table: OpenAPI.Table,
    _ columns: [ResolvedColumn]
  ) {
    for name in order where columns.contains(where: { $0.name.value == name.value && $0.isNullable }) {
      diagnostics.error(
        .tableKey, at: name.place,
        "\"\(name.value)\" may be null, and a page cannot go on after null; sort by columns that are required and not null"
      )
    }
    let names = Set(all.map(\.name.value))
    let keys = [table.primaryKey.map(\.value)] + table.uniqueKeys.map { $0.columns.map(\.value) }
    if keys.contains(where: { !$0.isEmpty && names.isSuperset(of: $0) }) { return }
    let missing = table.primaryKey.map(\.value).filter { !names.contains($0) }
    if missing.isEmpty { return }
    diagnostics.error(
      .tableKey, at: what.place,
      "\(what.value) does not give every row a place of its own, so a page would lose rows; add \(missing.map { "\"\($0)\"" }.joined(separator: ", ")) to its \"order\""
    )
  }

  // MARK: References

  mutating func references(
    of table: OpenAPI.Table, _ columns: [ResolvedColumn], _ all: [String: [ResolvedColumn]]
  ) -> [Reference] {
    table.references.compactMap { reference in
      let own = known(reference.columns, table, columns, in: "this reference")
      let tables = document.tables.map(\.name.value)
      guard let other = document.tables.first(where: { $0.name.value == reference.table.value }) else {
        diagnostics.error(
          .unknownTable, at: reference.table.place,
          "there is no table \"\(reference.table.value)\""
            + Suggestion.text(
              for: reference.table.value, among: tables, else: "; add it to \"x-tables\" or correct the name"))
        return nil
      }
      let key = other.primaryKey.map(\.value)
      if reference.columns.count != key.count {
        diagnostics.error(
          .tableKey, at: reference.columns.first?.place ?? reference.table.place,
          "a reference to \"\(other.name.value)\" names one column for each of its primary key (\(key.joined(separator: ", "))); it names \(reference.columns.count)"
        )
        return nil
      }
      if own.count == key.count { checkTypes(reference, own, key, of: other, all[other.name.value] ?? []) }
      if reference.onDelete == .setNull, let column = own.first(where: { !$0.isNullable }) {
        let place = reference.columns.first { $0.value == column.name.value }?.place ?? reference.table.place
        diagnostics.error(
          .tableKey, at: place,
          "\"onDelete: set-null\" writes null into \"\(column.name.value)\", which may not be null; let it be null or choose cascade or restrict"
        )
      }
      return Reference(
        columns: reference.columns.map(\.value), table: other.name.value, referencedColumns: key,
        onDelete: reference.onDelete)
    }
  }

  private mutating func checkTypes(
    _ reference: OpenAPI.Table.Reference, _ own: [ResolvedColumn], _ key: [String], of other: OpenAPI.Table,
    _ others: [ResolvedColumn]
  ) {
    for (index, column) in own.enumerated() {
      guard let theirs = others.first(where: { $0.name.value == key[index] }).flatMap({ target(of: $0.schema) }),
        let ours = target(of: column.schema), Self.typeWord(ours) != Self.typeWord(theirs)
      else { continue }
      diagnostics.error(
        .columnType, at: reference.columns[index].place,
        "\"\(column.name.value)\" is \(Self.typeWord(ours)), but \"\(key[index])\" of \"\(other.name.value)\" is \(Self.typeWord(theirs)); give both the same type"
      )
    }
  }

  static func typeWord(_ schema: ResolvedSchema) -> String {
    switch schema.kind {
    case .string, .enumeration, .constant: "a string"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "a boolean"
    case .uuid: "a UUID"
    case .timestamp: "a date and time"
    case .bytes: "bytes"
    case .date: "a date"
    case .literal(let values):
      switch LiteralType(values) {
      case .integer: "an integer"
      case .number: "a number"
      case .boolean: "a boolean"
      case .any: "JSON"
      }
    default: "JSON"
    }
  }
}
