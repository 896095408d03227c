/// What a mapping of an OpenAPI document is, which says where within it references may stand.
enum NodeKind: String, Sendable {
  case document, components, pathItem, operation, parameter, header, requestBody, mediaType, encoding, response
  case schema, discriminator, example, securityScheme, link, callback
  case table, query, queryResult
  /// A mapping of names to values of one kind, which may stand in a file of its own.
  case tables, queries, lists, problems

  /// What the values of a member are.
  enum Child {
    case one(NodeKind)
    case list(NodeKind)
    case map(NodeKind)
  }

  /// The section of `components` that referenced values of this kind move to; nil for those that are written in the
  /// place of their references.
  var section: String? {
    switch self {
    case .schema: "schemas"
    case .parameter: "parameters"
    case .header: "headers"
    case .requestBody: "requestBodies"
    case .response: "responses"
    default: nil
    }
  }

  /// Whether a mapping of this kind may be a `$ref`.
  var isReferable: Bool {
    switch self {
    case .pathItem, .parameter, .header, .requestBody, .response, .schema, .example, .securityScheme, .link, .callback,
      .tables, .queries, .lists, .problems:
      true
    default: false
    }
  }

  /// What the value at the end of a way from here is; nil where this does not say it.
  func kind(at tokens: [String]) -> NodeKind? {
    var tokens = tokens[...]
    var child: Child = .one(self)
    while true {
      switch child {
      case .one(let kind):
        guard let token = tokens.popFirst() else { return kind }
        guard let next = kind.child(token) else { return nil }
        child = next
      case .list(let kind), .map(let kind):
        guard tokens.popFirst() != nil else { return nil }
        child = .one(kind)
      }
    }
  }

  /// With an article, as messages say it.
  var name: String {
    switch self {
    case .pathItem: "a path item"
    case .requestBody: "a request body"
    case .mediaType: "a media type"
    case .securityScheme: "a security scheme"
    case .operation: "an operation"
    case .example: "an example"
    case .encoding: "an encoding"
    case .queryResult: "the result of a query"
    default: "a \(rawValue)"
    }
  }

  func child(_ key: String) -> Child? {
    switch self {
    case .tables: .one(.table)
    case .queries: .one(.query)
    case .callback: .one(.pathItem)
    default: Self.children[self]?[key]
    }
  }

  private static let parameterLike: [String: Child] = [
    "schema": .one(.schema), "content": .map(.mediaType), "examples": .map(.example),
  ]

  private static let children: [NodeKind: [String: Child]] = [
    .document: [
      "paths": .map(.pathItem), "webhooks": .map(.pathItem), "components": .one(.components),
      "x-tables": .one(.tables), "x-queries": .one(.queries), "x-lists": .one(.lists),
      "x-problems": .one(.problems),
    ],
    .components: [
      "schemas": .map(.schema), "responses": .map(.response), "parameters": .map(.parameter),
      "requestBodies": .map(.requestBody), "headers": .map(.header), "securitySchemes": .map(.securityScheme),
      "examples": .map(.example), "links": .map(.link), "callbacks": .map(.callback), "pathItems": .map(.pathItem),
    ],
    .pathItem: [
      "parameters": .list(.parameter), "get": .one(.operation), "put": .one(.operation), "post": .one(.operation),
      "delete": .one(.operation), "options": .one(.operation), "head": .one(.operation), "patch": .one(.operation),
      "trace": .one(.operation), "query": .one(.operation),
    ],
    .operation: [
      "parameters": .list(.parameter), "requestBody": .one(.requestBody), "responses": .map(.response),
      "callbacks": .map(.callback),
    ],
    .parameter: parameterLike,
    .header: parameterLike,
    .requestBody: ["content": .map(.mediaType)],
    .mediaType: [
      "schema": .one(.schema), "itemSchema": .one(.schema), "x-itemSchema": .one(.schema), "examples": .map(.example),
      "encoding": .map(.encoding),
    ],
    .encoding: ["headers": .map(.header)],
    .response: ["headers": .map(.header), "content": .map(.mediaType), "links": .map(.link)],
    .schema: [
      "items": .one(.schema), "additionalProperties": .one(.schema), "not": .one(.schema), "if": .one(.schema),
      "then": .one(.schema), "else": .one(.schema), "contains": .one(.schema), "propertyNames": .one(.schema),
      "unevaluatedItems": .one(.schema), "unevaluatedProperties": .one(.schema), "contentSchema": .one(.schema),
      "properties": .map(.schema), "patternProperties": .map(.schema), "dependentSchemas": .map(.schema),
      "$defs": .map(.schema), "definitions": .map(.schema), "allOf": .list(.schema), "anyOf": .list(.schema),
      "oneOf": .list(.schema), "prefixItems": .list(.schema), "discriminator": .one(.discriminator),
    ],
    .table: ["columns": .map(.schema)],
    .query: ["parameters": .map(.schema), "result": .one(.queryResult)],
    .queryResult: ["columns": .map(.schema)],
  ]
}
