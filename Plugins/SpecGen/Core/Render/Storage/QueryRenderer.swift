/// Writes a query of `x-queries`: the struct of its rows, its function and its statement.
struct QueryRenderer {
  let query: NamedQuery
  let parameters: [ColumnCoding]
  /// The columns of its own result; nil when its rows are a table's, or nothing.
  let columns: [ColumnCoding]?
  /// The table whose rows it gives.
  let table: TableModel?

  init(_ query: NamedQuery, tables: [TableModel], types: TypeTable) {
    self.query = query
    parameters = query.parameters.map { ColumnCoding($0, types: types) }
    switch query.result {
    case .none: (columns, table) = (nil, nil)
    case .table(let name): (columns, table) = (nil, tables.first { $0.table.name == name })
    case .columns(let result): (columns, table) = (result.map { ColumnCoding($0, types: types) }, nil)
    }
  }

  /// The type of one row; nil when there are none.
  var rowType: String? { columns == nil ? table?.rowType : "\(query.typeName)Row" }

  /// One; of a requirement two, as the runtime's `Requirement` wants them.
  var statements: [StatementText] {
    guard query.rows == .required else { return [statement()] }
    return [
      statement { "SELECT COUNT(*) AS count FROM (\($0)) AS required" },
      statement("Quotient", isRead: false) { "SELECT 1 / COUNT(*) AS quotient FROM (\($0)) AS required" },
    ]
  }

  private func statement(
    _ suffix: String = "", isRead: Bool? = nil, _ sql: (String) -> String = { $0 }
  ) -> StatementText {
    StatementText(
      property: query.swiftName + suffix, name: query.name + suffix, postgres: sql(query.postgres),
      sqlite: sql(query.sqlite), parameters: parameters.map(\.columnType), isRead: isRead ?? query.isRead)
  }

  /// Writes the struct of its own result, if it has one.
  func row() -> RowRenderer? {
    columns.map {
      RowRenderer(
        name: "\(query.typeName)Row", columns: $0, documentation: ["A row of ``Queries/\(query.swiftName)``."])
    }
  }

  func writeFunction(to writer: inout SourceWriter) {
    if query.rows == .required { return writeRequirement(to: &writer) }
    let name = SwiftSyntax.identifier(query.swiftName)
    let values = parameters.map { $0.value(of: $0.name) }
    let (result, function) =
      switch (query.rows, rowType) {
      case (.many, let type?): ("[\(type)]", ".all")
      case (.one, let type?): ("\(type)?", ".first")
      case (.count, _): ("Int", ".changeCount")
      case (.none, _), (.required, _), (.many, nil), (.one, nil): ("Void", "Query")
      }
    let row = function == ".all" || function == ".first" ? rowType.map { "row: \($0).init(reading:)" } : nil
    writer.doc([query.description, "`#/x-queries/\(query.name)`"])
    writer.list(
      "public static func \(name)(", parameters.map { "\($0.label): \($0.rowType)" }, ") -> Query<\(result)> {")
    writer.indented { $0.call(function, "Statements.\(SwiftSyntax.member(query.swiftName))", values, row) }
    writer.line("}")
  }

  private func writeRequirement(to writer: inout SourceWriter) {
    let values = parameters.map { $0.value(of: $0.name) }
    writer.doc([query.description, "`#/x-queries/\(query.name)`"])
    writer.list(
      "public static func \(SwiftSyntax.identifier(query.swiftName))(",
      parameters.map { "\($0.label): \($0.rowType)" }, ") -> Requirement {")
    writer.indented {
      $0.call(
        "Requirement",
        "count: Statements.\(SwiftSyntax.member(query.swiftName)), quotient: Statements.\(query.swiftName)Quotient",
        values)
    }
    writer.line("}")
  }
}
