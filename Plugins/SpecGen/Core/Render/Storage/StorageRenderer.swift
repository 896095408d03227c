/// Renders what code needs to keep rows in a database: `Tables.swift`, `Queries.swift`, `Lists.swift` and
/// `DatabaseSchema.swift`; and what tests need to check it, `Declarations.swift`.
enum StorageRenderer {
  static func files(for api: API) -> [GeneratedFile] {
    let types = TypeTable(api)
    let tables = api.tables.map { TableModel($0, types: types) }
    let queries = api.queries.map { QueryRenderer($0, tables: tables, types: types) }
    let lists = api.lists.compactMap { ListRenderer($0, tables: tables, types: types) }
    var declarations = SourceWriter()
    DeclarationsRenderer(tables: tables, queries: queries, lists: lists).write(to: &declarations)
    return [
      GeneratedFile(name: "Tables.swift", text: self.tables(tables)),
      GeneratedFile(name: "Queries.swift", text: self.queries(queries, hasLists: !lists.isEmpty)),
      GeneratedFile(name: "Lists.swift", text: self.lists(lists)),
      GeneratedFile(name: "DatabaseSchema.swift", text: definitions(tables)),
      GeneratedFile(name: "Declarations.swift", text: declarations.text),
    ]
  }

  private static func tables(_ tables: [TableModel]) -> String {
    var writer = SourceWriter()
    writer.head(importing: tables.flatMap { $0.columns }, changes: tables.flatMap { $0.changeable })
    // Numbers begin at 1: statements that are prepared anew each time have the number 0.
    var number = 1
    var body = SourceWriter()
    for model in tables {
      body.line()
      let renderer = TableRenderer(model: model, statements: model.statements, firstNumber: number)
      number += renderer.statements.count
      RowRenderer(
        name: model.rowType, columns: model.columns,
        documentation: [
          "A row of `\(model.table.name)`.", model.table.description,
          model.table.pointer.isEmpty ? nil : "`\(model.table.pointer)`",
        ]
      ).write(to: &body)
      if let conversion = SchemaConversion(model) {
        body.line()
        conversion.write(to: &body)
      }
      if !model.changeable.isEmpty {
        body.line()
        ChangesRenderer(model: model).write(to: &body)
      }
      body.line()
      renderer.write(to: &body)
    }
    writer.doc(["The statements of all tables."])
    writer.block("public enum Tables") { writer in
      writer.doc(["The number of the last statement; those of the queries go on from it."])
      writer.line("static let lastNumber = \(number - 1)")
      writer.line()
      let lists = tables.map { "\($0.tableType).Statements.all" }
      writer.array("public static let statements: [Statement] = ", lists, lists.isEmpty ? "" : ".flatMap { $0 }")
    }
    return writer.text + body.text
  }

  private static func queries(_ queries: [QueryRenderer], hasLists: Bool) -> String {
    var writer = SourceWriter()
    writer.head(importing: queries.flatMap { $0.parameters + ($0.columns ?? []) })
    writer.doc(["The queries that `x-queries` names."])
    writer.block("public enum Queries") { writer in
      for query in queries {
        query.writeFunction(to: &writer)
        writer.line()
      }
      writer.doc(["The statements of all queries."])
      let statements = queries.flatMap(\.statements)
      let names = statements.map { "Statements.\(SwiftSyntax.member($0.property))" }
      writer.array("public static let statements: [Statement] = ", names, hasLists ? " + Lists.statements" : "")
      writer.line()
      writer.doc(["The number of the last statement; those of the lists go on from it."])
      writer.line("static let lastNumber = Tables.lastNumber + \(names.count)")
      writer.line()
      writer.doc(["The SQL of the queries."])
      writer.block("public enum Statements") { writer in
        for (index, statement) in statements.enumerated() {
          if index > 0 { writer.line() }
          statement.write(number: "Tables.lastNumber + \(index + 1)", to: &writer)
        }
      }
    }
    for row in queries.compactMap({ $0.row() }) {
      writer.line()
      row.write(to: &writer)
    }
    return writer.text
  }

  private static func lists(_ lists: [ListRenderer]) -> String {
    var writer = SourceWriter()
    writer.head(importing: lists.flatMap { $0.by + $0.filters.map(\.parameter) })
    for list in lists {
      list.writePage(to: &writer)
      writer.line()
      list.writeFunction(to: &writer)
      writer.line()
    }
    writer.doc(["The statements of `x-lists`."])
    writer.block("public enum Lists") { writer in
      let all = lists.map { "\(SwiftSyntax.identifier($0.list.name)).all" }
      let sum = all.isEmpty ? "[]" : all.joined(separator: " + ")
      writer.line("public static let statements: [Statement] = \(sum)")
      var number = 1
      for list in lists {
        writer.line()
        list.writeStatements(number: "Queries.lastNumber + \(number)", to: &writer)
        number += list.statementCount
      }
    }
    return writer.text
  }

  private static func definitions(_ tables: [TableModel]) -> String {
    let renderers = tables.map(DefinitionRenderer.init(model:))
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    writer.line("import Storage")
    writer.line()
    writer.doc(["The tables as a database should have them."])
    writer.block("public enum DatabaseSchema") { writer in
      writer.doc(["In the order of the document."])
      writer.array("public static let tables: [TableDefinition] = ", renderers.map(\.property), "")
      for renderer in renderers {
        writer.line()
        renderer.write(to: &writer)
      }
    }
    return writer.text
  }
}

extension SourceWriter {
  /// Writes the head of a file: the first line, and an import of each module that these columns' types come from.
  fileprivate mutating func head(importing columns: [ColumnCoding], changes: [ColumnCoding] = []) {
    let types = columns.map(\.valueType)
    let contains = { (names: [String]) in types.contains { type in names.contains { type.contains($0) } } }
    line(SwiftSyntax.header)
    line()
    if contains(["UUID"]) { line("import FoundationEssentials") }
    if columns.contains(where: { $0.kind == .json }) { line("import JSON") }
    line("import Storage")
    if contains(["Timestamp", "CalendarDate"]) || changes.contains(where: { $0.column.isNullable }) {
      line("import Values")
    }
    line()
  }
}
