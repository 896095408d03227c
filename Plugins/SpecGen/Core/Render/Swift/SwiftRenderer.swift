/// Renders types, operations and the router.
///
/// `Schemas`, `Schemas+JSON`, `Operations` and `Operations+HTTP` are a file a shard, with the number of the shard behind the
/// first word where there are several; `Router`, `Outgoing`, `Events`, `Patterns`, `Problems` and `Rules` are one each.
enum SwiftRenderer {
  static func files(for api: API, shards count: Int = OutputFiles.shards) -> [GeneratedFile] {
    let types = TypeTable(api)
    let expression = ReadExpression(patterns: PatternTable(api), types: types)
    let authentication = api.authentication
    let forms = CodingRenderer.forms(of: api, types)
    let parts = Shards(api, count: count).parts(of: api)
    return parts.enumerated().flatMap { index, part in
      let number = count == 1 ? "" : "\(index + 1)"
      return [
        SchemasRenderer(api: part, types: types).file(number),
        CodingRenderer(api: part, types: types, expression: expression, forms: forms).file(number),
        OperationsRenderer(api: part, types: types).file(number),
        DispatchRenderer(api: part, authentication: authentication, types: types, expression: expression).file(number),
      ]
    } + [
      RouterRenderer(api: api).file(),
      OperationsRenderer(api: api, types: types).outgoing(),
      EventsRenderer.file(for: api),
      expression.patterns.file(),
      ProblemsRenderer.file(for: api),
      RulesRenderer.file(for: api),
    ]
  }
}
