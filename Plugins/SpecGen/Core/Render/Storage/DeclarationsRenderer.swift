/// Writes what the specification says of each statement's values, for tests to compare with the engines.
struct DeclarationsRenderer {
  let tables: [TableModel]
  let queries: [QueryRenderer]
  let lists: [ListRenderer]

  func write(to writer: inout SourceWriter) {
    writer.line(SwiftSyntax.header)
    writer.line()
    writer.line("import Storage")
    writer.line()
    writer.block("extension Tables") { writer in
      writer.doc(["What `x-tables` says of the statements, in the order of their numbers."])
      list(tables.flatMap(declarations(of:)), to: &writer)
    }
    writer.line()
    writer.block("extension Queries") { writer in
      writer.doc(["What `x-queries` says of the statements, in the order of their numbers."])
      list(queries.flatMap(declarations(of:)), to: &writer)
    }
    if lists.isEmpty { return }
    writer.line()
    writer.block("extension Lists") { writer in
      writer.doc(["What `x-lists` says of the statements, in the order of their numbers."])
      writer.line("public static let declarations: [StatementDeclaration] =")
      writer.indented { writer in
        for (index, list) in lists.enumerated() {
          let pointer = SwiftSyntax.literal("/x-lists/\(list.list.name.asPointerToken)")
          let columns = "DatabaseSchema.\(DefinitionRenderer(model: list.table).property).values"
          writer.line("\(index == 0 ? "" : "+ ")\(SwiftSyntax.identifier(list.list.name)).all.map {")
          writer.indented { $0.line("StatementDeclaration($0, pointer: \(pointer), columns: \(columns))") }
          writer.line("}")
        }
      }
    }
  }

  private func list(_ declarations: [Call], to writer: inout SourceWriter) {
    if declarations.isEmpty { return writer.line("public static let declarations: [StatementDeclaration] = []") }
    writer.line("public static let declarations: [StatementDeclaration] = [")
    writer.indented { writer in
      for declaration in declarations { writer.call(declaration, ",") }
    }
    writer.line("]")
  }

  private func declarations(of table: TableModel) -> [Call] {
    let definition = DefinitionRenderer(model: table).property
    return table.statements.map { statement in
      let columns = statement.givesRows ? ["columns: DatabaseSchema.\(definition).values"] : []
      return Call(
        "StatementDeclaration",
        [
          "\(table.tableType).Statements.\(SwiftSyntax.member(statement.property))",
          "pointer: \(SwiftSyntax.literal("/x-tables/\(table.table.name.asPointerToken)"))",
        ] + columns)
    }
  }

  private func declarations(of query: QueryRenderer) -> [Call] {
    let table = query.table.map { ["columns: DatabaseSchema.\(DefinitionRenderer(model: $0).property).values"] } ?? []
    let parameters = query.parameters.isEmpty ? [] : [("parameters", query.parameters.map(value(_:)))]
    // Of a requirement, as QueryRenderer writes it.
    let counted = [Call(".init", ["\"count\"", ".int"]), Call(".init", ["\"quotient\"", ".int", "isNullable: true"])]
    return query.statements.enumerated().map { index, statement in
      let columns = query.query.rows == .required ? [counted[index]] : query.columns?.map(value(_:))
      return Call(
        "StatementDeclaration",
        [
          "Statements.\(SwiftSyntax.member(statement.property))",
          "pointer: \(SwiftSyntax.literal("/x-queries/\(query.query.name.asPointerToken)"))",
        ], lists: parameters + (columns.map { [("columns", $0)] } ?? []), last: table)
    }
  }

  private func value(_ column: ColumnCoding) -> Call {
    Call(
      ".init",
      [SwiftSyntax.literal(column.column.name), column.columnType]
        + (column.column.isNullable ? ["isNullable: true"] : []))
  }
}
