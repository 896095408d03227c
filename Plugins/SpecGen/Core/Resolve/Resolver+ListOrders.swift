extension Resolver {
  // MARK: Orders

  mutating func sort(
    _ sort: OpenAPI.Named<OpenAPI.List.Sort>, _ list: OpenAPI.List, _ table: ResolvedTable
  ) -> ListQuery.Sort? {
    let name = sort.name
    let swiftName = SwiftName.lowerCamel(name.value) ?? "_"
    switch sort.value {
    case .index(let index):
      guard let found = table.indexes.first(where: { $0.name == index.value }) else {
        diagnostics.error(
          .invalidList, at: index.place,
          "the table \"\(table.source.name.value)\" has no index \"\(index.value)\""
            + Suggestion.text(
              for: index.value, among: table.indexes.map(\.name), else: "; name one, or write a list of columns"))
        return nil
      }
      if Set(found.by) != Set(list.by.map(\.value)) {
        diagnostics.error(
          .invalidList, at: index.place,
          "the index \"\(index.value)\" sorts the rows of one \(found.by.map { "\"\($0)\"" }.joined(separator: ", ")), and the list is of one \(list.by.map { "\"\($0.value)\"" }.joined(separator: ", ")); write a list of columns"
        )
      }
      return ListQuery.Sort(name: name.value, swiftName: swiftName, order: found.order)
    case .columns(let columns, let place):
      let order = columns.map { entry in
        let isDescending = entry.value.hasPrefix("-")
        return (
          column: Located(String(entry.value.dropFirst(isDescending ? 1 : 0)), at: entry.place),
          isDescending: isDescending
        )
      }
      if order.isEmpty {
        diagnostics.error(.invalidList, at: place, "an order needs at least one column")
        return nil
      }
      let names = list.by + order.map(\.column)
      let all = known(names, table.source, table.columns, in: "this order")
      guard all.count == names.count else { return nil }
      for (column, entry) in zip(all.dropFirst(list.by.count), order) {
        guard let target = target(of: column.schema), ["JSON", "bytes"].contains(Self.typeWord(target)) else {
          continue
        }
        diagnostics.error(
          .columnType, at: entry.column.place,
          "\"\(column.name.value)\" is \(Self.typeWord(target)), which has no order here; remove it")
      }
      checkPage(
        Located("the order \"\(name.value)\"", at: place), order.map(\.column), all, of: table.source, table.columns)
      return ListQuery.Sort(
        name: name.value, swiftName: swiftName,
        order: order.map { .init(column: $0.column.value, isDescending: $0.isDescending) })
    }
  }

  /// The parameter `sort` must offer exactly the orders that there are, the first one by default.
  mutating func checkSort(_ list: OpenAPI.List, _ operation: ResolvedOperation) -> ResolvedSchema? {
    let names = list.sorts.map(\.name.value)
    let parameter = operation.parameters.first {
      $0.source.location.value == .query && $0.source.name.value == "sort"
    }
    guard let parameter else {
      if names.count > 1 {
        diagnostics.error(
          .invalidList, at: list.sorts[1].name.place,
          "the operation \"\(operation.name)\" has no query parameter \"sort\" that chooses between the orders; add it, an enum of \(names.joined(separator: ", "))"
        )
      }
      return nil
    }
    guard let schema = target(of: parameter.schema) else { return nil }
    guard case .enumeration(let cases) = schema.kind, Set(cases.map(\.value)) == Set(names) else {
      diagnostics.error(
        .invalidList, at: parameter.source.schema.place,
        "the parameter \"sort\" must be an enum of the orders of \"x-lists\": \(names.joined(separator: ", "))")
      return nil
    }
    let isFirst = (parameter.schema.defaultValue ?? schema.defaultValue)?.value == names.first.map(DocumentValue.string)
    if !isFirst {
      diagnostics.error(
        .invalidList, at: parameter.source.schema.place,
        "the first order is what an absent \"sort\" means; write \"default: \(names.first ?? "")\"")
    }
    return parameter.schema
  }

  // MARK: Pages

  /// Every list has a limit and a cursor, and its cursors fit into what the parameter allows.
  mutating func checkPaging(
    _ list: OpenAPI.List, _ operation: ResolvedOperation, _ sorts: [ListQuery.Sort], _ table: ResolvedTable
  ) {
    let parameters = operation.parameters.filter { $0.source.location.value == .query }
    let limit = parameters.first { $0.source.name.value == "limit" }
    let target = limit.flatMap { self.target(of: $0.schema) }
    let isInteger = if case .integer = target?.kind { true } else { false }
    let isGiven = limit?.source.isRequired == true || (limit?.schema.defaultValue ?? target?.defaultValue) != nil
    if !isInteger || !isGiven {
      diagnostics.error(
        .invalidList, at: limit?.source.schema.place ?? list.name.place,
        "the operation \"\(operation.name)\" needs a query parameter \"limit\", an integer with a default: the greatest number of rows on a page"
      )
    }
    let cursor = parameters.first { $0.source.name.value == "cursor" }
    guard let cursor, !cursor.source.isRequired, case .string(let constraints) = self.target(of: cursor.schema)?.kind
    else {
      diagnostics.error(
        .invalidList, at: cursor?.source.schema.place ?? list.name.place,
        "the operation \"\(operation.name)\" needs a query parameter \"cursor\", a string that may be left out: where the page before ended"
      )
      return
    }
    guard let greatest = constraints.maxLength else { return }
    for (sort, source) in zip(sorts, list.sorts) {
      let length = cursorLength(sort, table)
      if length.map({ $0 <= greatest }) ?? false { continue }
      diagnostics.error(
        .invalidList, at: source.name.place,
        "a cursor of the order \"\(sort.name)\" can have \(length.map { "\($0)" } ?? "any number of") characters, but the parameter \"cursor\" takes \(greatest); raise its \"maxLength\", or bound the text that sorts"
      )
    }
  }

  /// The most characters that a cursor of this order has: base64url of five bytes and of each value; nil without bound.
  private func cursorLength(_ sort: ListQuery.Sort, _ table: ResolvedTable) -> Int? {
    var bytes = 5
    for entry in sort.order {
      guard let column = table.columns.first(where: { $0.name.value == entry.column }),
        let schema = target(of: column.schema)
      else { return nil }
      switch schema.kind {
      case .boolean: bytes += 2
      case .uuid: bytes += 17
      case .date: bytes += 11
      case .enumeration(let cases): bytes += 5 + (cases.map(\.value.utf8.count).max() ?? 0)
      case .constant(let text): bytes += 5 + text.utf8.count
      case .string(let constraints):
        guard let length = constraints.maxBytes ?? constraints.maxLength.map({ 4 * $0 }) else { return nil }
        bytes += 5 + length
      default: bytes += 9
      }
    }
    return (bytes * 4 + 2) / 3
  }
}
