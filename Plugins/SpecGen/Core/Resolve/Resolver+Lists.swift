extension Resolver {
  /// How many statements a list may be: one for each combination of filters and orders, with and without a cursor.
  static let greatestList = 512

  mutating func lists(_ operations: [ResolvedOperation], _ tables: [ResolvedTable]) -> [ResolvedList] {
    document.lists.compactMap { list in
      if document.queries.contains(where: { $0.name.value == list.name.value }) {
        diagnostics.error(
          .nameClash, at: list.name.place,
          "a query of \"x-queries\" has the name \"\(list.name.value)\" already, and both become functions of Queries; rename the query"
        )
      }
      guard let operation = operation(of: list, operations), let table = table(of: list, tables) else { return nil }
      let by = known(list.by, table.source, table.columns, in: "\"by\"")
      if by.count == list.by.count { checkIndex(list, table) }
      let filters = list.filters.compactMap { filter($0, table, operation) }
      let sorts = list.sorts.compactMap { sort($0, list, table) }
      checkSize(list)
      checkPaging(list, operation, sorts, table)
      guard let first = list.sorts.first else {
        diagnostics.error(
          .invalidList, at: list.name.place,
          "the list \"\(list.name.value)\" needs at least one \"sort\", by which its pages follow one another")
        return nil
      }
      let sortSchema = checkSort(list, operation)
      guard sorts.count == list.sorts.count, sorts.first?.name == first.name.value else { return nil }
      return ResolvedList(
        source: list, swiftName: operation.id, typeName: operation.typeName, filters: filters, sorts: sorts,
        sortSchema: sortSchema)
    }
  }

  // MARK: What a list is of

  private mutating func operation(
    of list: OpenAPI.List, _ operations: [ResolvedOperation]
  ) -> ResolvedOperation? {
    if let operation = operations.first(where: { $0.name == list.name.value }) { return operation }
    // An operation that is wrong has an error of its own.
    let written = document.paths.flatMap(\.operations).compactMap(\.id?.value)
    if written.contains(list.name.value) { return nil }
    diagnostics.error(
      .unknownOperation, at: list.name.place,
      "a list has the name of the operation that answers it, and there is no operation \"\(list.name.value)\""
        + Suggestion.text(for: list.name.value, among: written, else: "; write an \"operationId\""))
    return nil
  }

  private mutating func table(of list: OpenAPI.List, _ tables: [ResolvedTable]) -> ResolvedTable? {
    if let table = tables.first(where: { $0.source.name.value == list.table.value }) { return table }
    diagnostics.error(
      .unknownTable, at: list.table.place,
      "there is no table \"\(list.table.value)\""
        + Suggestion.text(
          for: list.table.value, among: tables.map(\.source.name.value),
          else: "; add it to \"x-tables\" or correct the name"))
    return nil
  }

  /// A page must not read the whole table: a key or an index leads with the columns that are always asked for.
  private mutating func checkIndex(_ list: OpenAPI.List, _ table: ResolvedTable) {
    let by = Set(list.by.map(\.value))
    let keys = [table.primaryKey] + table.uniqueKeys.filter { !$0.ignoresCase }.map(\.columns)
    let all = keys + table.indexes.map { $0.by + $0.order.map(\.column) }
    if by.isEmpty || all.contains(where: { Set($0.prefix(by.count)) == by }) { return }
    diagnostics.error(
      .invalidList, at: list.by[0].place,
      "no key or index of \"\(table.source.name.value)\" begins with \(by.sorted().map { "\"\($0)\"" }.joined(separator: ", ")), so each page would read the whole table; add one to its \"indexes\""
    )
  }

  // MARK: Filters

  private mutating func filter(
    _ filter: OpenAPI.Named<OpenAPI.List.Filter>, _ table: ResolvedTable, _ operation: ResolvedOperation
  ) -> ResolvedList.Filter? {
    let name = filter.name
    if ["limit", "cursor", "sort"].contains(name.value) {
      diagnostics.error(
        .nameClash, at: name.place,
        "\"\(name.value)\" is the name of a parameter that every list has, so a filter cannot have it; rename the filter"
      )
      return nil
    }
    let column = known([filter.value.column], table.source, table.columns, in: "this filter").first
    guard let parameter = parameter(name, operation) else { return nil }
    guard let column, let own = target(of: column.schema), let given = target(of: parameter.schema) else { return nil }
    check(filter, own, given, column)
    return ResolvedList.Filter(
      name: name, swiftName: parameter.swiftName, schema: parameter.schema, column: column.name.value,
      comparison: filter.value.comparison.value)
  }

  /// The query parameter of this name.
  private mutating func parameter(_ name: Located<String>, _ operation: ResolvedOperation) -> ResolvedParameter? {
    let parameters = operation.parameters.filter { $0.source.location.value == .query }
    if let parameter = parameters.first(where: { $0.source.name.value == name.value }) { return parameter }
    let names = parameters.map(\.source.name.value).filter { !["limit", "cursor", "sort"].contains($0) }
    diagnostics.error(
      .invalidList, at: name.place,
      "the operation \"\(operation.name)\" has no query parameter \"\(name.value)\" to filter by"
        + Suggestion.text(for: name.value, among: names, else: "; add it to its \"parameters\""))
    return nil
  }

  /// Whether the operator has a meaning for the column, and the parameter has the type that it asks for.
  private mutating func check(
    _ filter: OpenAPI.Named<OpenAPI.List.Filter>, _ own: ResolvedSchema, _ given: ResolvedSchema,
    _ column: ResolvedColumn
  ) {
    let comparison = filter.value.comparison
    let word = Self.typeWord(own)
    let suits =
      switch (comparison.value, own.kind) {
      case (.isNull, _): column.isNullable
      case (_, .array), (_, .map), (_, .json), (_, .ruled), (_, .object), (_, .choice): false
      case (_, .literal(let values)) where LiteralType(values) == .any: false
      case (.equal, _), (.different, _): true
      case (.contains, .string), (.prefix, .string): true
      case (.contains, _), (.prefix, _): false
      case (.among, .string), (.among, .enumeration), (.among, .constant), (.among, .integer), (.among, .uuid): true
      case (.among, _): false
      case (_, .boolean), (_, .enumeration), (_, .constant): false
      default: true
      }
    if !suits {
      diagnostics.error(
        .invalidList, at: comparison.place,
        comparison.value == .isNull
          ? "\"\(column.name.value)\" is never null, so the filter chooses nothing; remove it"
          : "\"\(comparison.value.rawValue)\" has no meaning for \"\(column.name.value)\", which is \(word); choose another operator or another column"
      )
      return
    }
    switch comparison.value {
    case .isNull: expect("a boolean", of: given, filter.name, for: "to say whether the column is null")
    case .among:
      guard case .array(let item, _) = given.kind, let item = target(of: item) else {
        return expect("an array", of: given, filter.name, for: "of the values that the column may have")
      }
      expect(word, of: item, filter.name, for: "in each item, as the column")
      checkEnumeration(own, item, filter.name)
    default:
      expect(word, of: given, filter.name, for: "as the column \"\(column.name.value)\"")
      checkEnumeration(own, given, filter.name)
    }
  }

  private mutating func expect(_ word: String, of given: ResolvedSchema, _ name: Located<String>, for what: String) {
    let actual =
      if case .array = given.kind { "an array" } else { Self.typeWord(given) }
    if actual == word { return }
    diagnostics.error(
      .columnType, at: name.place,
      "the parameter \"\(name.value)\" is \(actual), but it must be \(word) \(what); give both the same type")
  }

  /// A column that is an enum is compared with values of that enum.
  private mutating func checkEnumeration(_ own: ResolvedSchema, _ given: ResolvedSchema, _ name: Located<String>) {
    guard case .enumeration = own.kind, own.typeName != given.typeName else { return }
    diagnostics.error(
      .columnType, at: name.place,
      "the column is an enum and the parameter \"\(name.value)\" is not the same one; let both be a \"$ref\" to one schema"
    )
  }

  private mutating func checkSize(_ list: OpenAPI.List) {
    let filters = list.filters.count
    let count = filters > 16 ? Int.max : 2 * max(1, list.sorts.count) << filters
    if count <= Self.greatestList { return }
    diagnostics.error(
      .invalidList, at: list.filters.last?.name.place ?? list.name.place,
      "\(filters) filters and \(list.sorts.count) orders are more combinations than the \(Self.greatestList) statements that a list may have (orders × 2 × 2 to the power of the filters); write fewer"
    )
  }
}
