/// Writes the enumeration that holds a table's queries.
struct TableRenderer {
  let model: TableModel
  let statements: [StatementText]
  /// The number of the first statement.
  let firstNumber: Int

  private var table: Table { model.table }
  private var row: String { "row: \(model.rowType).init(reading:)" }

  func write(to writer: inout SourceWriter) {
    writer.doc(["The queries of `\(table.name)`."])
    writer.block("public enum \(model.tableType)") { writer in
      writeConstraints(to: &writer)
      writeInsert(to: &writer)
      for key in model.keys { writeFind(by: key, to: &writer) }
      for page in model.pages { writePage(page, to: &writer) }
      SearchSQL(model)?.writeFunction(to: &writer)
      if !model.changeable.isEmpty { writeUpdate(to: &writer) }
      writeDelete(to: &writer)
      for page in model.pages { writeKey(of: page, to: &writer) }
      writer.line()
      writeStatements(to: &writer)
    }
  }

  private func writeConstraints(to writer: inout SourceWriter) {
    for key in table.uniqueKeys {
      let columns = model.columns(named: key.columns)
      let names = columns.map { "`\($0.column.name)`" }.joined(separator: " and ")
      writer.doc(["What a violation of the unique \(names) is called: see `StorageError.violates(_:)`."])
      writer.line("public static let \(columns.propertyName)Key = \(SwiftSyntax.literal(key.name))")
      writer.line()
    }
  }

  private func writeInsert(to writer: inout SourceWriter) {
    writer.doc(["Adds a row."])
    writer.line("public static func insert(_ row: \(model.rowType)) -> Query<Void> {")
    writer.indented { writer in
      writer.call("Query", "Statements.insert", model.columns.map { $0.value(of: "row.\($0.member)") })
    }
    writer.line("}")
  }

  private func writeFind(by key: TableKey, to writer: inout SourceWriter) {
    writer.line()
    let names = key.columns.map { "`\($0.column.name)`" }.joined(separator: " and ")
    writer.doc(["Finds the row with this \(names)\(key.ignoresCase ? ", without regard to case" : "")."])
    let parameters = key.columns.map { "\($0.label): \($0.valueType)" }
    writer.list("public static func find(", parameters, ") -> Query<\(model.rowType)?> {")
    writer.indented { writer in
      let values = key.columns.map { $0.value(of: $0.name, isOptional: false) }
      writer.call(".first", "Statements.\(key.property)", values, row)
    }
    writer.line("}")
  }

  private func writePage(_ page: TablePage, to writer: inout SourceWriter) {
    let equal = page.by.map { "`\($0.column.name)`" }.joined(separator: " and ")
    writer.line()
    writer.doc([
      "A page of the rows\(equal.isEmpty ? "" : " with this \(equal)"), sorted by \(page.sorting).",
      "- Parameters:\n  - key: that of the last row of the page before; nil for the first page.\n  - limit: the greatest number of rows.",
    ])
    let parameters =
      page.by.map { "\($0.label): \($0.valueType)" } + ["after key: \(page.keyType)? = nil", "limit: Int"]
    writer.list(
      "public static func \(SwiftSyntax.identifier(page.index.swiftName))(", parameters,
      ") -> Query<[\(model.rowType)]> {")
    writer.indented { writer in
      let values = page.by.map { $0.value(of: $0.name, isOptional: false) } + ["SQLValue(limit)"]
      let keyValues = page.order.map { $0.value(of: "key.\($0.member)", isOptional: false) }
      let name = page.index.swiftName
      writer.block("guard let key else") { writer in
        writer.call("return .all", "Statements.\(name)First", values, row)
      }
      writer.call("return .all", "Statements.\(name)After", values + keyValues, row)
    }
    writer.line("}")
  }

  private func writeUpdate(to writer: inout SourceWriter) {
    writer.line()
    writer.doc(["Changes what `changes` holds; false when there is no such row."])
    let parameters = model.primaryKey.map { "\($0.label): \($0.valueType)" } + ["_ changes: \(model.changesType)"]
    writer.list("public static func update(", parameters, ") -> Query<Bool> {")
    writer.indented { writer in
      var values = model.primaryKey.map { $0.value(of: $0.name, isOptional: false) }
      for column in model.changeable {
        let change = "changes.\(column.member)"
        if column.column.isNullable {
          values.append("SQLValue(isPresent: \(change))")
          values.append(column.value(of: "\(change).value", isOptional: true))
        } else {
          values.append(column.value(of: change, isOptional: true))
        }
      }
      writer.call(".changes", "Statements.update", values)
    }
    writer.line("}")
  }

  private func writeDelete(to writer: inout SourceWriter) {
    writer.line()
    writer.doc(["Deletes the row; false when there is no such row."])
    writer.list(
      "public static func delete(", model.primaryKey.map { "\($0.label): \($0.valueType)" }, ") -> Query<Bool> {")
    writer.indented { writer in
      let values = model.primaryKey.map { $0.value(of: $0.name, isOptional: false) }
      writer.call(".changes", "Statements.delete", values)
    }
    writer.line("}")
  }

  private func writeStatements(to writer: inout SourceWriter) {
    writer.doc(["The SQL of `\(table.name)`."])
    writer.block("public enum Statements") { writer in
      for (index, statement) in statements.enumerated() {
        statement.write(number: "\(firstNumber + index)", to: &writer)
        writer.line()
      }
      writer.array("static let all = ", statements.map { SwiftSyntax.identifier($0.property) }, "")
    }
  }
}

extension TableRenderer {
  /// Writes the struct that holds the sort columns of a row.
  private func writeKey(of page: TablePage, to writer: inout SourceWriter) {
    writer.line()
    writer.doc(["The place of a row in `\(page.index.swiftName)`."])
    writer.block("public struct \(page.keyType): Sendable, Hashable") { writer in
      for column in page.order { writer.line("public var \(column.name): \(column.valueType)") }
      writer.line()
      writer.memberwiseInitializer(page.order.map { ($0.column.swiftName, $0.valueType, nil) })
      writer.line()
      writer.doc(["The place of this row."])
      writer.block("public init(_ row: \(model.rowType))") { writer in
        for column in page.order {
          let property = column.column.swiftName == "row" ? "self.row" : column.name
          writer.line("\(property) = row.\(column.member)")
        }
      }
      writer.line()
      writeCursor(of: page, to: &writer)
    }
  }

  private func writeCursor(of page: TablePage, to writer: inout SourceWriter) {
    let list = SwiftSyntax.literal("\(table.name).\(page.index.name)")
    let values = page.order.map { $0.kind == .enumeration ? "\($0.name).rawValue" : $0.name }
    let types = page.order.map { "\($0.kind == .enumeration ? "String" : $0.valueType).self" }
    writer.doc(["The place as text for clients, who cannot read it."])
    writer.block("public var cursor: String") { writer in
      writer.call("KeysetCursor.text", ["of: \(values.joined(separator: ", "))", "in: \(list)"])
    }
    writer.line()
    writer.doc(["nil when the text is no ``cursor``."])
    writer.block("public init?(cursor: String)") { writer in
      let enumerations = page.order.indices.filter { page.order[$0].kind == .enumeration && !page.order[$0].isOpen }
      let values = SwiftName.free("place", "position", besides: page.order.map(\.column.swiftName))
      let place = { (index: Int) in page.order.count == 1 ? values : "\(values).\(index)" }
      let conditions =
        ["let \(values) = KeysetCursor.values(\n  of: cursor, in: \(list), as: \(types.joined(separator: ", ")))"]
        + enumerations.map { "let \(page.order[$0].name) = \(page.order[$0].valueType)(rawValue: \(place($0)))" }
      writer.guarding(conditions)
      let arguments = page.order.indices.map { index in
        let column = page.order[index]
        let isOpen = column.kind == .enumeration && column.isOpen
        let value = isOpen ? "\(column.valueType)(rawValue: \(place(index)))" : place(index)
        return "\(column.label): \(enumerations.contains(index) ? column.name : value)"
      }
      writer.call("self.init", arguments)
    }
  }
}
