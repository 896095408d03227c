extension Resolver {
  mutating func queries(_ tables: [ResolvedTable]) -> [ResolvedQuery] {
    var names = NameScope("the queries", reserved: ["self", "statements"])
    return document.queries.compactMap { query in
      let swiftName = names.lowerCamel(query.name, &diagnostics)
      if query.rows.value == .required { names.take("\(swiftName)Quotient", for: query.name, &diagnostics) }
      let typeName = SwiftName.upperCamel(query.name.value) ?? "Query"
      let parameters = columns(query.parameters, typeName, "the parameters of \"\(query.name.value)\"")
      let result = result(of: query, typeName, tables)
      checkRows(query)
      let postgres = sql(query.postgres, query, "$", tables)
      let sqlite = sql(query.sqlite, query, "?", tables)
      if postgres.isKnown && sqlite.isKnown { checkUse(query, postgres.used.union(sqlite.used)) }
      guard let result else { return nil }
      return ResolvedQuery(
        source: query, swiftName: swiftName, typeName: typeName, postgres: postgres.text, sqlite: sqlite.text,
        parameters: parameters, result: result,
        isRead: isRead(query))
    }
  }

  private mutating func columns(
    _ entries: [OpenAPI.Named<OpenAPI.Schema>], _ typeName: String, _ what: String
  ) -> [ResolvedColumn] {
    var names = NameScope(what, reserved: ["hashValue", "self"])
    return entries.compactMap { entry in
      let swiftName = names.lowerCamel(entry.name, &diagnostics)
      checkSQLName(entry.name, "a parameter or a column")
      let name = typeName + (SwiftName.upperCamel(entry.name.value) ?? "")
      guard let schema = schema(entry.value, as: name) else { return nil }
      return ResolvedColumn(
        name: entry.name, swiftName: swiftName, schema: schema, isNullable: isNullable(schema), isPublic: false)
    }
  }

  private mutating func result(
    of query: OpenAPI.Query, _ typeName: String, _ tables: [ResolvedTable]
  ) -> ResolvedQuery.Result? {
    switch query.result {
    case nil: return ResolvedQuery.Result.none
    case .table(let name):
      if tables.contains(where: { $0.source.name.value == name.value }) { return .table(name.value) }
      diagnostics.error(
        .unknownTable, at: name.place,
        "there is no table \"\(name.value)\""
          + Suggestion.text(
            for: name.value, among: tables.map(\.source.name.value),
            else: "; add it to \"x-tables\" or name \"columns\""))
      return nil
    case .columns(let entries, let place):
      if entries.isEmpty {
        diagnostics.error(
          .invalidQuery, at: place, "a result needs at least one column; remove \"result\" if no row is read")
      }
      typeNames.take(typeName + "Row", for: "the query \"\(query.name.value)\"", at: query.name.place, &diagnostics)
      return .columns(columns(entries, typeName, "the columns of \"\(query.name.value)\""))
    }
  }

  private mutating func checkRows(_ query: OpenAPI.Query) {
    let rows = query.rows
    switch (rows.value, query.result) {
    case (.many, nil), (.one, nil):
      diagnostics.error(
        .invalidQuery, at: rows.place,
        "\"rows: \(rows.value.rawValue)\" reads rows, so the query needs a \"result\"; add it, or write \"rows: none\" or \"rows: count\""
      )
    case (.none, .some), (.count, .some), (.required, .some):
      diagnostics.error(
        .invalidQuery, at: rows.place,
        "\"rows: \(rows.value.rawValue)\" reads no row, so \"result\" has no meaning; remove it, or write \"rows: many\" or \"rows: one\""
      )
    default: break
    }
  }

  /// Without `effect`, a SELECT that answers rows reads; everything else writes.
  private mutating func isRead(_ query: OpenAPI.Query) -> Bool {
    let words = [query.postgres, query.sqlite].map { SQLText.firstWord($0.value) }
    if query.rows.value == .required, words.contains(where: { $0 != "SELECT" }) {
      diagnostics.error(
        .invalidQuery, at: query.rows.place, "only a SELECT can be required; write another \"rows\" or another SQL")
    }
    guard let effect = query.effect else {
      return words == ["SELECT", "SELECT"] && [.many, .one, .required].contains(query.rows.value)
    }
    if effect.value == .read, let word = words.first(where: { ["INSERT", "UPDATE", "DELETE"].contains($0) }) {
      diagnostics.error(
        .invalidQuery, at: effect.place, "\(word) writes, so the effect is not \"read\"; write \"effect: write\"")
    }
    return effect.value == .read
  }

  /// The text for one database: `:name` numbered, `{columns}` spelled out.
  private mutating func sql(
    _ source: Located<String>, _ query: OpenAPI.Query, _ sign: String, _ tables: [ResolvedTable]
  ) -> (text: String, used: Set<String>, isKnown: Bool) {
    let names = query.parameters.map(\.name.value)
    var text = ""
    var used: Set<String> = []
    var isKnown = true
    for token in SQLText.tokens(source.value) {
      switch token {
      case .text(let plain): text += plain
      case .parameter(let name):
        guard let index = names.firstIndex(of: name) else {
          isKnown = false
          report(
            source,
            "\":\(name)\" is no parameter of this query"
              + Suggestion.text(for: name, among: names, else: "; add it to \"parameters\""))
          continue
        }
        used.insert(name)
        text += "\(sign)\(index + 1)"
      case .columns(let alias):
        guard case .table(let name) = query.result else {
          // Without any result the rows are told to need one.
          if query.result != nil || [.none, .count, .required].contains(query.rows.value) {
            report(source, "\"{columns}\" stands for the columns of a table; give the query \"result: {table: NAME}\"")
          }
          continue
        }
        // An unknown table has been told about.
        guard let table = tables.first(where: { $0.source.name.value == name.value }) else { continue }
        let prefix = alias.map { "\($0)." } ?? ""
        text += table.columns.map { prefix + SQLSyntax.identifier($0.name.value) }.joined(separator: ", ")
      case .positional(let written):
        report(
          source, "\"\(written)\" is a parameter without a name; write \":name\" and declare it under \"parameters\"")
      case .unclosed(let what):
        report(source, "\(what) has no end; close it")
      }
    }
    return (text, used, isKnown)
  }

  private mutating func report(_ sql: Located<String>, _ message: String) {
    if !diagnostics.contains(where: { $0.place == sql.place && $0.message == message }) {
      diagnostics.error(.invalidQuery, at: sql.place, message)
    }
  }

  private mutating func checkUse(_ query: OpenAPI.Query, _ used: Set<String>) {
    for parameter in query.parameters where !used.contains(parameter.name.value) {
      diagnostics.error(
        .invalidQuery, at: parameter.name.place,
        "the query never uses \":\(parameter.name.value)\"; use it or remove the parameter")
    }
  }
}
