extension Resolver {
  /// Checks the columns' names against those that generated code has in the functions and types of a table.
  mutating func checkNames(of table: OpenAPI.Table, _ columns: [ResolvedColumn]) {
    let swiftNames = Dictionary(columns.map { ($0.name.value, $0.swiftName) }, uniquingKeysWith: { first, _ in first })
    for index in table.indexes {
      for name in index.by where ["after", "key", "limit"].contains(swiftNames[name.value]) {
        diagnostics.error(
          .nameClash, at: name.place,
          "a page has the parameters \"after\", \"key\" and \"limit\" already, so an index cannot begin with the column \"\(name.value)\"; rename the column"
        )
      }
      for entry in index.order {
        let name = entry.value.hasPrefix("-") ? String(entry.value.dropFirst()) : entry.value
        guard swiftNames[name] == "cursor" else { continue }
        diagnostics.error(
          .nameClash, at: entry.place,
          "the place of a row in an index has a \"cursor\" already, so an index cannot be sorted by the column \"\(name)\"; rename the column"
        )
      }
    }
    for name in table.primaryKey where swiftNames[name.value] == "changes" {
      diagnostics.error(
        .nameClash, at: name.place,
        "an update has the parameter \"changes\" already, so the primary key cannot have the column \"\(name.value)\"; rename the column"
      )
    }
    let key = Set(table.primaryKey.map(\.value))
    for column in columns where column.swiftName == "isEmpty" && !key.contains(column.name.value) {
      diagnostics.error(
        .nameClash, at: column.name.place,
        "the changes of a row have an \"isEmpty\" already, so a table cannot have the column \"\(column.name.value)\"; rename it"
      )
    }
    checkUniqueKeys(of: table)
  }

  /// Each key has a function that finds its row, named after its columns.
  private mutating func checkUniqueKeys(of table: OpenAPI.Table) {
    var seen: [[String]: Place] = [:]
    for key in table.uniqueKeys where !key.columns.isEmpty {
      let columns = key.columns.map(\.value)
      if let first = seen[columns] {
        diagnostics.error(
          .tableKey, at: key.place, "another unique key has the same columns; keep one of the two",
          notes: [.init(place: first, message: "the other one is here")])
      } else {
        seen[columns] = key.place
      }
    }
  }
}
