extension Resolver {
  /// A search looks for words in text, always among the rows of one owner.
  mutating func checkSearch(of table: OpenAPI.Table, _ columns: [ResolvedColumn]) {
    guard let searched = table.searched else { return }
    let found = known(searched, table, columns, in: "this search")
    if searched.isEmpty {
      diagnostics.error(
        .invalidSearch, at: table.name.place, "the search of \"\(table.name.value)\" needs at least one column")
    }
    for column in found {
      guard let target = target(of: column.schema) else { continue }
      if case .string = target.kind { continue }
      let place = searched.first { $0.value == column.name.value }?.place ?? table.name.place
      diagnostics.error(
        .columnType, at: place,
        "\"\(column.name.value)\" is \(Self.typeWord(target)) and no text that has words; remove it from the search")
    }
    if table.primaryKey.count == 1 {
      diagnostics.error(
        .invalidSearch, at: table.primaryKey[0].place,
        "a search is always among the rows of one owner, whose column leads the primary key; put the owner's column before \"\(table.primaryKey[0].value)\", or remove \"search\""
      )
    }
    for name in columns.map(\.name) where ["search_key", "search_owner"].contains(name.value) {
      diagnostics.error(
        .nameClash, at: name.place,
        "a search has a column \"\(name.value)\" of its own on SQLite, so its table cannot have one; rename it")
    }
  }
}
