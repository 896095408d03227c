/// Writes a list of `x-lists`: what an operation asks for of it, its query and its statements.
struct ListRenderer {
  struct Filter {
    let parameter: ColumnCoding
    let column: ColumnCoding
    let comparison: ListQuery.Filter.Comparison
  }

  let list: ListQuery
  let table: TableModel
  let by: [ColumnCoding]
  let filters: [Filter]

  init?(_ list: ListQuery, tables: [TableModel], types: TypeTable) {
    guard let table = tables.first(where: { $0.table.name == list.table }) else { return nil }
    self.list = list
    self.table = table
    by = table.columns(named: list.by)
    filters = list.filters.compactMap { filter in
      table.columns(named: [filter.column]).first.map {
        Filter(parameter: ColumnCoding(filter.parameter, types: types), column: $0, comparison: filter.comparison)
      }
    }
  }

  var statementCount: Int { 2 * list.sorts.count << filters.count }

  private var name: String { SwiftSyntax.identifier(list.name) }

  // MARK: What is asked for

  func writePage(to writer: inout SourceWriter) {
    let filters = filters.map { (name: $0.parameter.column.swiftName, type: $0.parameter.rowType, value: "nil") }
    let sort = list.sortType.map {
      [(name: "sort", type: $0.swiftType, value: ".\(SwiftSyntax.member(list.sorts[0].swiftName))")]
    }
    let properties: [(name: String, type: String, initialValue: String?)] =
      (filters + (sort ?? [])).map { ($0.name, $0.type, $0.value) } + [
        ("cursor", "String?", "nil"), ("limit", "Int", nil),
      ]
    writer.block("extension \(list.typeName)") { writer in
      writer.doc(["What is asked for of the list; a filter that is nil leaves nothing out.", "`\(list.pointer)`"])
      writer.block("public struct Page: Sendable, Hashable") { writer in
        for property in properties {
          writer.line("public var \(SwiftSyntax.identifier(property.name)): \(property.type)")
        }
        writer.line()
        writer.memberwiseInitializer(properties)
        writer.line()
        writer.doc(["What a request asks for."])
        writer.block("public init(_ input: Input)") { writer in
          let arguments = properties.map {
            "\(SwiftSyntax.parameter($0.name)): input.\(SwiftSyntax.member($0.name))"
          }
          writer.call("self.init", arguments)
        }
      }
    }
  }

  // MARK: The query

  func writeFunction(to writer: inout SourceWriter) {
    let page = SwiftName.free("page", "request", besides: by.map(\.column.swiftName))
    writer.block("extension Queries") { writer in
      writer.doc([
        list.description,
        "A page of the list that `\(list.name)` answers; nil when the cursor is none of this list, or one of another order or of other filters.",
        "`\(list.pointer)`",
      ])
      writer.list(
        "public static func \(name)(",
        by.map { "\($0.label): \($0.valueType)" } + ["_ \(page): \(list.typeName).Page"],
        ") -> Query<ListPage<\(table.rowType)>>? {")
      writer.indented { writer in
        if list.sorts.count > 1 { writeOrder(page, to: &writer) }
        let keys = by.map { $0.value(of: $0.name, isOptional: false) }
        let values = filters.map { $0.parameter.value(of: "\(page).\($0.parameter.member)") }
        writer.line("\(list.sorts.count > 1 ? "return " : "")Lists.\(SwiftSyntax.member(list.name)).page(")
        writer.indented { writer in
          writer.array("keys: ", keys, ",")
          writer.array("filters: ", values, ",")
          writer.line("order: \(list.sorts.count > 1 ? "order" : "0"), after: \(page).cursor, limit: \(page).limit,")
          writer.line("row: \(table.rowType).init(reading:)")
        }
        writer.line(") { row in")
        writer.indented { writePlace(page, to: &$0) }
        writer.line("}")
      }
      writer.line("}")
    }
  }

  private func writeOrder(_ page: String, to writer: inout SourceWriter) {
    writer.line("let order =")
    writer.indented { writer in
      writer.line("switch \(page).sort {")
      for (index, sort) in list.sorts.enumerated() {
        writer.line("case .\(SwiftSyntax.member(sort.swiftName)): \(index)")
      }
      writer.line("}")
    }
  }

  private func writePlace(_ page: String, to writer: inout SourceWriter) {
    let places = list.sorts.map { sort in
      table.columns(named: sort.order.map(\.column)).map { $0.value(of: "row.\($0.member)", isOptional: false) }
    }
    if places.count == 1 { return writer.array("", places[0], "") }
    writer.line("switch \(page).sort {")
    for (sort, place) in zip(list.sorts, places) {
      writer.array("case .\(SwiftSyntax.member(sort.swiftName)): ", place, "")
    }
    writer.line("}")
  }

  // MARK: The statements

  func writeStatements(number: String, to writer: inout SourceWriter) {
    writer.line("static let \(name) = ListStatements(")
    writer.indented { writer in
      writer.line("number: \(number), name: \(SwiftSyntax.literal(list.name)),")
      writer.piece("select: ", select, ",")
      writer.array("keys: ", by.map(\.columnType), ",")
      writeFilters(to: &writer)
      writeOrders(to: &writer)
    }
  }

  private var select: ListSQL {
    let conditions = by.enumerated().map { "\($1.sqlName) = $\($0 + 1)" }
    return ListSQL(
      "SELECT \(table.columnList) FROM \(table.sqlName) WHERE "
        + (conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")))
  }

  private func writeFilters(to writer: inout SourceWriter) {
    if filters.isEmpty { return writer.line("filters: [],") }
    writer.line("filters: [")
    writer.indented { writer in
      for (index, filter) in filters.enumerated() {
        let sql = ListSQL(filter.comparison, filter.column, by.count + index + 1)
        let start = "\(SwiftSyntax.literal(filter.parameter.column.name)), \(filter.parameter.columnType), "
        if SourceWriter.piece(".init(\(start)", sql, "),").count <= writer.room {
          writer.piece(".init(\(start)", sql, "),")
        } else {
          writer.line(".init(")
          writer.indented { writer in
            writer.line(start.trimmed)
            writer.piece("", sql, "),")
          }
        }
      }
    }
    writer.line("],")
  }

  private func writeOrders(to writer: inout SourceWriter) {
    writer.line("orders: [")
    writer.indented { writer in
      for sort in list.sorts {
        let columns = table.columns(named: sort.order.map(\.column))
        let keyset = { (dialect: (ListSQL) -> String) in
          Keyset(columns: zip(columns, sort.order).map { (dialect(ListSQL(ordering: $0)), $1.isDescending) })
        }
        let first = by.count + filters.count + 1
        let (postgres, sqlite) = (keyset(\.postgres), keyset(\.sqlite))
        writer.line(".init(")
        writer.indented { writer in
          writer.array("\(SwiftSyntax.literal(sort.name)), ", columns.map(\.columnType), ",")
          writer.piece(
            "after: ",
            ListSQL(
              postgres: postgres.condition(after: first),
              sqlite: SQLSyntax.sqlite(sqlite.condition(after: first))), ",")
          writer.piece(
            "clause: ", ListSQL(postgres: "ORDER BY \(postgres.order)", sqlite: "ORDER BY \(sqlite.order)"), "),")
        }
      }
    }
    writer.line("])")
  }
}

extension SourceWriter {
  fileprivate static func piece(_ head: String, _ sql: ListSQL, _ tail: String) -> String {
    let arguments = ["postgres: \(SwiftSyntax.literal(sql.postgres))", "sqlite: \(SwiftSyntax.literal(sql.sqlite))"]
    return "\(head).init(\(arguments.joined(separator: ", ")))\(tail)"
  }

  /// Writes a piece of SQL as an argument.
  fileprivate mutating func piece(_ head: String, _ sql: ListSQL, _ tail: String) {
    let single = Self.piece(head, sql, tail)
    if single.count <= room { return line(single) }
    line("\(head).init(")
    indented { writer in
      writer.sql("postgres", sql.postgres)
      writer.sql("sqlite", sql.sqlite, ")\(tail)")
    }
  }
}
