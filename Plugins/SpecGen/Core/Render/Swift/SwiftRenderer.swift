/// Renders types, operations and the router: `Schemas.swift`, `Schemas+JSON.swift`, `Operations.swift`, `Router.swift`, `Rules.swift`.
public enum SwiftRenderer {
  public static func files(for api: API) -> [GeneratedFile] {
    let types = TypeTable(api)
    let expression = ReadExpression(patterns: PatternTable(api), types: types)
    return [
      SchemasRenderer(api: api, types: types).file(),
      CodingRenderer(api: api, types: types, expression: expression).file(),
      OperationsRenderer(api: api, types: types).file(),
      RouterRenderer(api: api, types: types, expression: expression).file(),
      RulesRenderer.file(for: api),
    ]
  }
}
