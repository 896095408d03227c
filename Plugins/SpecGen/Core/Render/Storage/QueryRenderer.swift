/// Writes a query of `x-queries`: the struct of its rows, its function and its statement.
struct QueryRenderer {
  let query: NamedQuery
  let parameters: [ColumnCoding]
  /// The columns of its own result; nil when its rows are a table's, or nothing.
  let columns: [ColumnCoding]?
  /// The type of one row; nil when there are none.
  let rowType: String?

  init(_ query: NamedQuery, tables: [Table], types: TypeTable) {
    self.query = query
    parameters = query.parameters.map { ColumnCoding($0, types: types) }
    switch query.result {
    case .none:
      columns = nil
      rowType = nil
    case .table(let name):
      columns = nil
      rowType = tables.first { $0.name == name }.map { "\($0.typeName)Row" }
    case .columns(let result):
      columns = result.map { ColumnCoding($0, types: types) }
      rowType = "\(query.typeName)Row"
    }
  }

  var statement: StatementText {
    StatementText(
      property: query.swiftName, name: query.name, postgres: query.postgres, sqlite: query.sqlite,
      parameters: parameters.map(\.columnType), isRead: query.isRead)
  }

  /// Writes the struct of its own result, if it has one.
  func row() -> RowRenderer? {
    columns.map {
      RowRenderer(
        name: "\(query.typeName)Row", columns: $0, documentation: ["A row of ``Queries/\(query.swiftName)``."])
    }
  }

  func writeFunction(to writer: inout SourceWriter) {
    let name = SwiftSyntax.identifier(query.swiftName)
    let values = parameters.map { $0.value(of: $0.name) }
    let (result, function) =
      switch (query.rows, rowType) {
      case (.many, let type?): ("[\(type)]", ".all")
      case (.one, let type?): ("\(type)?", ".first")
      case (.count, _): ("Int", ".changeCount")
      case (.none, _), (.many, nil), (.one, nil): ("Void", "Query")
      }
    let row = function == ".all" || function == ".first" ? rowType.map { "row: \($0).init(reading:)" } : nil
    writer.doc([query.description, "`#/x-queries/\(query.name)`"])
    writer.list(
      "public static func \(name)(", parameters.map { "\($0.label): \($0.rowType)" }, ") -> Query<\(result)> {")
    writer.indented { $0.call(function, "Statements.\(SwiftSyntax.member(query.swiftName))", values, row) }
    writer.line("}")
  }
}
