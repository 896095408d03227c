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
      let rest = [("indexes", indexes), ("foreignKeys", table.references.map(foreignKey(_:)))].filter { !$0.1.isEmpty }
      writer.line("primaryKey: [\(key)]\(rest.isEmpty ? ")" : ",")")
      for (position, (label, items)) in rest.enumerated() {
        writer.items("\(label): [", items, position == rest.count - 1 ? "])" : "],")
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
    return Call("ColumnDefinition", arguments, list: checks.isEmpty ? nil : ("checks", checks))
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
      "IndexDefinition", ["name: \(SwiftSyntax.literal(name))"], list: ("columns", columns),
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

/// A call with its arguments: some, maybe an array of calls, and maybe more.
struct Call {
  var function: String
  var arguments: [String]
  var list: (label: String, items: [Call])?
  var last: [String]

  init(_ function: String, _ arguments: [String], list: (label: String, items: [Call])? = nil, last: [String] = []) {
    self.function = function
    self.arguments = arguments
    self.list = list
    self.last = last
  }

  /// On one line.
  var text: String {
    let list = list.map { ["\($0.label): [\($0.items.map(\.text).joined(separator: ", "))]"] } ?? []
    return "\(function)(\((arguments + list + last).joined(separator: ", ")))"
  }
}

extension SourceWriter {
  /// Writes an argument that is an array of calls, each on lines of its own.
  fileprivate mutating func items(_ head: String, _ calls: [Call], _ tail: String) {
    line(head)
    indented { writer in
      for call in calls { writer.call(call, calls.count == 1 ? "" : ",") }
    }
    line(tail)
  }

  private mutating func call(_ call: Call, _ tail: String) {
    if call.text.count + tail.count <= room { return line(call.text + tail) }
    guard let list = call.list else { return self.call(call.function, call.arguments, tail) }
    let array = "\(list.label): [\(list.items.map(\.text).joined(separator: ", "))]"
    if array.count + 3 <= room {
      return self.call(call.function, call.arguments + [array] + call.last, tail)
    }
    line("\(call.function)(")
    indented { writer in
      writer.line("\(call.arguments.joined(separator: ", ")),")
      writer.items("\(list.label): [", list.items, "]\(call.last.map { ", \($0)" }.joined()))\(tail)")
    }
  }
}
