extension Loader {
  mutating func list(_ entry: YAMLNode.Entry) -> OpenAPI.List? {
    guard let fields = fields(entry.value, .list) else { return nil }
    let description = string(fields["description"], "\"description\"")?.value
    let table = required("table", in: fields, .list).flatMap { string($0, "\"table\" of a list") }
    let by = strings(required("by", in: fields, .list), "\"by\"")
    let filters = named(fields["filters"], "\"filters\"") { $0.filter($1.value, of: $1.key) }
    let sorts = named(required("sort", in: fields, .list), "\"sort\"") { $0.sort($1.value) }
    guard let table else { return nil }
    return OpenAPI.List(
      name: entry.key, pointer: "#/x-lists/\(entry.key.value.asPointerToken)", description: description, table: table,
      by: by, filters: filters, sorts: sorts, place: entry.key.place)
  }

  /// `updated_after: {column: updated_at, operator: '>='}`, or `pinned: pinned`.
  private mutating func filter(_ node: YAMLNode, of name: Located<String>) -> OpenAPI.List.Filter? {
    guard case .mapping = node.content else {
      return string(node, "the column of a filter").map {
        OpenAPI.List.Filter(column: $0, comparison: Located(.equal, at: $0.place))
      }
    }
    guard let fields = fields(node, .filter) else { return nil }
    let column = fields["column"].map { string($0, "\"column\" of a filter") } ?? name
    let comparison =
      fields["operator"].map { choice($0, "\"operator\"", of: ListQuery.Filter.Comparison.self) }
      ?? Located(.equal, at: node.place)
    guard let column, let comparison else { return nil }
    return OpenAPI.List.Filter(column: column, comparison: comparison)
  }

  /// `recent: by_user`, or `title: [title, id]`.
  private mutating func sort(_ node: YAMLNode) -> OpenAPI.List.Sort? {
    guard case .sequence = node.content else { return string(node, "the index of a sort").map(OpenAPI.List.Sort.index) }
    return .columns(strings(node, "the columns of a sort"), node.place)
  }
}
