/// Writes the definition of a table that migrations compare with a live database.
struct DefinitionRenderer {
  let model: TableModel

  private var table: Table { model.table }

  func write(to writer: inout SourceWriter) {
    writer.line("static let \(property) = TableDefinition(")
    writer.indented { writer in
      writer.line("name: \(SwiftSyntax.literal(table.name)),")
      writer.items("columns: [", model.columns.map(column(_:)), "],")
      let key = table.primaryKey.map { SwiftSyntax.literal($0) }.joined(separator: ", ")
      let indexes = table.uniqueKeys.map(index(of:)) + table.indexes.map(index(of:))
      let lists = [("indexes", indexes), ("foreignKeys", table.references.map(foreignKey(_:)))].filter { !$0.1.isEmpty }
      let search = SearchSQL(model)
      let isLast = table.renamedFrom == nil && search == nil
      writer.line("primaryKey: [\(key)]\(lists.isEmpty && isLast ? ")" : ",")")
      for (position, (label, items)) in lists.enumerated() {
        writer.items("\(label): [", items, position == lists.count - 1 && isLast ? "])" : "],")
      }
      if let old = table.renamedFrom {
        writer.line("renamedFrom: \(SwiftSyntax.literal(old))\(search == nil ? ")" : ",")")
      }
      if let search {
        let columns = table.searched.map { SwiftSyntax.literal($0) }.joined(separator: ", ")
        writer.call(
          "search: SearchDefinition",
          ["columns: [\(columns)]", "document: \(SwiftSyntax.literal(search.document))"], ")")
      }
    }
  }

  /// `tokenUsage`.
  var property: String { SwiftSyntax.identifier(table.typeName.asVariable) }

  private func column(_ column: ColumnCoding) -> Call {
    var arguments = ["name: \(SwiftSyntax.literal(column.column.name))", "type: \(column.columnType)"]
    if column.column.isNullable { arguments.append("isNullable: true") }
    if let value = column.column.defaultValue.flatMap(column.sqlDefault(_:)) {
      arguments.append("defaultValue: .value(\(value))")
    }
    let checks = column.checks(in: table.name)
    return Call(
      "ColumnDefinition", arguments, lists: checks.isEmpty ? [] : [("checks", checks)], last: renames(of: column))
  }

  /// What the column and its values were called before.
  private func renames(of column: ColumnCoding) -> [String] {
    let name = column.column.renamedFrom.map { ["renamedFrom: \(SwiftSyntax.literal($0))"] } ?? []
    let values = column.cases.compactMap { value in
      value.renamedFrom.map { "\(SwiftSyntax.literal($0)): \(SwiftSyntax.literal(value.value))" }
    }
    return name + (values.isEmpty ? [] : ["renamedValues: [\(values.joined(separator: ", "))]"])
  }

  private func index(of key: UniqueKey) -> Call {
    let columns = model.columns(named: key.columns).map { column in
      let ignoresCase = key.ignoresCase && column.kind == .text
      return indexColumn(column.column.name, ignoresCase ? ["isCaseInsensitive: true"] : [])
    }
    return index(key.name, columns, isUnique: true)
  }

  private func index(of index: Index) -> Call {
    let by = index.by.map { indexColumn($0) }
    let order = index.order.map { indexColumn($0.column, $0.isDescending ? ["isDescending: true"] : []) }
    return self.index("\(table.name)_\(index.name)", by + order, isUnique: false)
  }

  private func index(_ name: String, _ columns: [Call], isUnique: Bool) -> Call {
    Call(
      "IndexDefinition", ["name: \(SwiftSyntax.literal(name))"], lists: [("columns", columns)],
      last: isUnique ? ["isUnique: true"] : [])
  }

  private func indexColumn(_ name: String, _ options: [String] = []) -> Call {
    Call("IndexColumn", [SwiftSyntax.literal(name)] + options)
  }

  private func foreignKey(_ reference: Reference) -> Call {
    let list = { (names: [String]) in names.map { SwiftSyntax.literal($0) }.joined(separator: ", ") }
    let action =
      switch reference.onDelete {
      case .cascade: ".cascade"
      case .setNull: ".setNull"
      case .restrict: ".restrict"
      }
    return Call(
      "ForeignKey",
      [
        "name: \(SwiftSyntax.literal("\(table.name)_\(reference.columns.joined(separator: "_"))_fkey"))",
        "columns: [\(list(reference.columns))]", "referencedTable: \(SwiftSyntax.literal(reference.table))",
        "referencedColumns: [\(list(reference.referencedColumns))]", "onDelete: \(action)",
      ])
  }
}
