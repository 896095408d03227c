extension Loader {
  mutating func problem(_ entry: YAMLNode.Entry) -> OpenAPI.Problem? {
    guard let fields = fields(entry.value, .problem) else { return nil }
    let status = required("status", in: fields, .problem).flatMap { integer($0, "\"status\"", in: 400...599) }
    let title = required("title", in: fields, .problem).flatMap { string($0, "\"title\"") }
    let detail = required("detail", in: fields, .problem).flatMap { string($0, "\"detail\"") }
    guard let status, let title, let detail else { return nil }
    return OpenAPI.Problem(code: entry.key, status: status, title: title.value, detail: detail.value)
  }

  mutating func table(_ entry: YAMLNode.Entry) -> OpenAPI.Table? {
    guard let fields = fields(entry.value, .table) else { return nil }
    let pointer = "#/x-tables/\(entry.key.value.asPointerToken)"
    var table = OpenAPI.Table(name: entry.key, pointer: pointer)
    table.description = string(fields["description"], "\"description\"")?.value
    table.schema = string(fields["schema"], "\"schema\" of a table")
    table.columns = schemas(fields["columns"], "\"columns\"", "\(pointer)/columns")
    table.omitted = strings(fields["omit"], "\"omit\"")
    if let node = required("primaryKey", in: fields, .table) { table.primaryKey = strings(node, "\"primaryKey\"") }
    table.uniqueKeys = list(fields["unique"], "\"unique\"").compactMap { uniqueKey($0) }
    table.indexes = list(fields["indexes"], "\"indexes\"").compactMap { index($0) }
    table.references = list(fields["references"], "\"references\"").compactMap { reference($0) }
    table.searched = fields["search"].flatMap { self.fields($0, .search) }.map {
      strings(required("columns", in: $0, .search), "\"columns\"")
    }
    table.renamedFrom = string(fields["x-renamed-from"], "\"x-renamed-from\" of a table")
    return table
  }

  private mutating func uniqueKey(_ node: YAMLNode) -> OpenAPI.Table.UniqueKey? {
    guard let fields = fields(node, .uniqueKey) else { return nil }
    return OpenAPI.Table.UniqueKey(
      columns: strings(required("columns", in: fields, .uniqueKey), "\"columns\""),
      ignoresCase: bool(fields["ignoreCase"], "\"ignoreCase\"") ?? false,
      name: string(fields["name"], "\"name\""), place: node.place)
  }

  private mutating func index(_ node: YAMLNode) -> OpenAPI.Table.Index? {
    guard let fields = fields(node, .index) else { return nil }
    let by = strings(fields["by"], "\"by\"")
    let order = strings(required("order", in: fields, .index), "\"order\"")
    guard let name = required("name", in: fields, .index).flatMap({ string($0, "\"name\"") }) else { return nil }
    return OpenAPI.Table.Index(name: name, by: by, order: order)
  }

  private mutating func reference(_ node: YAMLNode) -> OpenAPI.Table.Reference? {
    guard let fields = fields(node, .tableReference) else { return nil }
    let columns = strings(required("columns", in: fields, .tableReference), "\"columns\"")
    let table = required("table", in: fields, .tableReference).flatMap { string($0, "\"table\"") }
    let action = required("onDelete", in: fields, .tableReference)
      .flatMap { choice($0, "\"onDelete\"", of: Reference.Action.self) }
    guard let table, let action else { return nil }
    return OpenAPI.Table.Reference(columns: columns, table: table, onDelete: action.value)
  }

  mutating func query(_ entry: YAMLNode.Entry) -> OpenAPI.Query? {
    guard let fields = fields(entry.value, .query) else { return nil }
    let pointer = "#/x-queries/\(entry.key.value.asPointerToken)"
    let sql = required("sql", in: fields, .query).flatMap { self.sql($0) }
    let rows = required("rows", in: fields, .query).flatMap { choice($0, "\"rows\"", of: NamedQuery.Rows.self) }
    let effect = choice(fields["effect"], "\"effect\"", of: OpenAPI.Query.Effect.self)
    let description = string(fields["description"], "\"description\"")?.value
    let parameters = schemas(fields["parameters"], "\"parameters\" of a query", "\(pointer)/parameters")
    let result = fields["result"].flatMap { self.result($0, "\(pointer)/result") }
    guard let sql, let rows else { return nil }
    return OpenAPI.Query(
      name: entry.key, pointer: pointer, description: description, postgres: sql.postgres, sqlite: sql.sqlite,
      parameters: parameters, result: result, rows: rows, effect: effect)
  }

  private mutating func sql(_ node: YAMLNode) -> (postgres: Located<String>, sqlite: Located<String>)? {
    guard case .mapping = node.content else {
      return string(node, "\"sql\"").map { ($0, $0) }
    }
    guard let fields = fields(node, .sql) else { return nil }
    let postgres = required("postgres", in: fields, .sql).flatMap { string($0, "\"postgres\"") }
    let sqlite = required("sqlite", in: fields, .sql).flatMap { string($0, "\"sqlite\"") }
    guard let postgres, let sqlite else { return nil }
    return (postgres, sqlite)
  }

  private mutating func result(_ node: YAMLNode, _ pointer: String) -> OpenAPI.Query.Result? {
    guard let fields = fields(node, .queryResult) else { return nil }
    switch (fields["table"], fields["columns"]) {
    case (let table?, nil): return string(table, "\"table\"").map(OpenAPI.Query.Result.table)
    case (nil, let columns?):
      return .columns(schemas(columns, "\"columns\" of a result", "\(pointer)/columns"), columns.place)
    default:
      diagnostics.error(
        .invalidValue, at: node.place, "the result of a query is either \"table\" or \"columns\"; write one of the two")
      return nil
    }
  }

  private mutating func schemas(
    _ node: YAMLNode?, _ what: String, _ pointer: String
  ) -> [OpenAPI.Named<OpenAPI.Schema>] {
    named(node, what) { $0.schema($1.value, pointer: "\(pointer)/\($1.key.value.asPointerToken)") }
  }
}
