/// What a mapping may hold: the keys that SpecGen honours at this place, and those of the standard that it does not.
struct Shape {
  /// With an article, as messages say it: `an operation`.
  var name: String
  var keys: [String]
  /// Keys of OpenAPI, JSON Schema or their elder versions that SpecGen does not honour here, each with what to write
  /// instead where there is something.
  var unsupported: [String: String]
  /// `keys`, to be looked up.
  private let known: Set<String>

  init(name: String, keys: [String], unsupported: [String: String] = [:]) {
    self.name = name
    self.keys = keys
    self.unsupported = unsupported
    known = Set(keys)
  }

  func knows(_ key: String) -> Bool { known.contains(key) }

  /// Whose keywords mean something only together, and the others.
  enum Family {
    case schema, other
  }

  var family: Family { name == Shape.schema.name ? .schema : .other }

  /// Whether it describes a value by its `schema`, which is where the keywords of one belong.
  var describesValue: Bool { [Shape.parameter, .header, .mediaType].contains { $0.name == name } }
}

extension Shape {
  /// Every `x-` key that SpecGen honours somewhere. Those of other tools are none of its business.
  static let ownExtensions: Set<String> = Set(
    [document, operation, parameter, mediaType, response, schema, table].flatMap(\.keys).filter { $0.hasPrefix("x-") })

  static let document = Shape(
    name: "the document",
    keys: [
      "openapi", "info", "servers", "tags", "security", "paths", "webhooks", "components", "externalDocs",
      "jsonSchemaDialect", "$self", "x-problems", "x-tables", "x-queries", "x-lists", "x-remote", "x-specgen",
    ])
  static let options = Shape(name: "x-specgen", keys: ["access", "outputs", "tags", "paths", "security"])
  static let info = Shape(
    name: "the info object",
    keys: ["title", "version", "summary", "description", "termsOfService", "contact", "license"])
  static let contact = Shape(name: "a contact", keys: ["name", "url", "email"])
  static let license = Shape(name: "a license", keys: ["name", "identifier", "url"])
  static let server = Shape(name: "a server", keys: ["url", "description", "variables", "name"])
  static let serverVariable = Shape(name: "a server variable", keys: ["enum", "default", "description"])
  static let tag = Shape(
    name: "a tag", keys: ["name", "summary", "description", "parent", "kind", "externalDocs"])
  static let externalDocs = Shape(name: "external documentation", keys: ["description", "url"])
  static let components = Shape(
    name: "the components",
    keys: [
      "schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes", "examples", "links",
      "callbacks", "pathItems",
    ],
    unsupported: ["mediaTypes": "write the media type where it is used"])

  static let pathItem = Shape(
    name: "a path item",
    keys: ["summary", "description", "parameters", "servers"]
      + Operation.Method.allCases.map(\.rawValue),
    unsupported: ["$ref": "", "additionalOperations": ""])
  static let operation = Shape(
    name: "an operation",
    keys: [
      "operationId", "tags", "summary", "description", "externalDocs", "parameters", "requestBody", "responses",
      "deprecated", "security", "callbacks", "servers", "x-swift-name",
    ],
    unsupported: [
      "consumes": "name the media types in \"content\" of the request body",
      "produces": "name the media types in \"content\" of the responses",
    ])
  static let parameter = Shape(
    name: "a parameter",
    keys: [
      "name", "in", "description", "required", "deprecated", "schema", "content", "style", "explode", "allowReserved",
      "allowEmptyValue", "example", "examples", "x-example-from", "x-swift-name",
    ],
    unsupported: ["collectionFormat": "write \"style\" and \"explode\""])
  static let exampleSource = Shape(name: "an x-example-from", keys: ["operation", "pointer"])
  static let example = Shape(
    name: "an example", keys: ["summary", "description", "value", "dataValue", "externalValue", "serializedValue"],
    unsupported: ["$ref": ""])
  static let requestBody = Shape(name: "a request body", keys: ["description", "required", "content"])
  static let mediaType = Shape(
    name: "a media type", keys: ["schema", "itemSchema", "x-itemSchema", "encoding", "example", "examples"],
    unsupported: ["prefixEncoding": "", "itemEncoding": ""])
  static let encoding = Shape(
    name: "an encoding", keys: ["contentType", "headers", "style", "explode", "allowReserved"],
    unsupported: ["encoding": "", "prefixEncoding": "", "itemEncoding": ""])
  static let response = Shape(
    name: "a response", keys: ["summary", "description", "headers", "content", "links", "x-codes"],
    unsupported: ["schema": "write \"content: {application/json: {schema: …}}\""])
  static let link = Shape(
    name: "a link", keys: ["operationRef", "operationId", "parameters", "requestBody", "description", "server"])
  static let header = Shape(
    name: "a header",
    keys: [
      "description", "required", "deprecated", "schema", "content", "style", "explode", "example", "examples",
    ])
  static let reference = Shape(name: "a reference", keys: ["$ref", "summary", "description"])
  static let securityScheme = Shape(
    name: "a security scheme",
    keys: [
      "type", "description", "scheme", "bearerFormat", "name", "in", "flows", "openIdConnectUrl", "oauth2MetadataUrl",
      "deprecated",
    ])
  static let flows = Shape(
    name: "the flows of a security scheme",
    keys: ["implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"])
  static let flow = Shape(
    name: "a flow",
    keys: ["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"])

  static let schema = Shape(
    name: "a schema",
    keys: [
      "$ref", "type", "format", "enum", "const", "title", "description", "default", "example", "examples",
      "deprecated", "readOnly", "writeOnly", "externalDocs", "$comment", "$id", "$anchor", "$schema",
      "$dynamicAnchor", "$defs", "minLength", "maxLength", "pattern",
      "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "items", "minItems", "maxItems",
      "uniqueItems", "properties", "required", "additionalProperties", "unevaluatedProperties", "minProperties",
      "maxProperties", "anyOf", "oneOf", "allOf", "discriminator", "contentEncoding", "contentMediaType",
      "contentSchema", "xml",
      "x-max-bytes",
      "x-extensible-enum", "x-swift-name", "x-swift-cases", "x-example-from", "x-renamed-from", "x-values-renamed-from",
    ] + SchemaKeywords.beyondTypes,
    unsupported: [
      "nullable": "it is of OpenAPI 3.0; write \"type: [string, 'null']\", or \"anyOf: [{$ref: …}, {type: 'null'}]\"",
      "definitions": "write them under \"components\", or as \"$defs\"",
      "additionalItems": "write \"prefixItems\" for the first items and \"items\" for the others",
      "dependencies": "write \"dependentRequired\" or \"dependentSchemas\"", "$vocabulary": "",
    ])
  static let xml = Shape(
    name: "the xml of a schema", keys: ["name", "namespace", "prefix", "attribute", "wrapped", "nodeType"])

  static let discriminator = Shape(name: "a discriminator", keys: ["propertyName", "mapping"])

  static let problem = Shape(name: "a problem", keys: ["status", "title", "detail"])
  static let table = Shape(
    name: "a table",
    keys: [
      "schema", "description", "columns", "omit", "primaryKey", "unique", "indexes", "references", "search",
      "x-renamed-from",
    ])
  static let search = Shape(name: "a search", keys: ["columns"])
  static let uniqueKey = Shape(name: "a unique key", keys: ["columns", "ignoreCase", "name"])
  static let index = Shape(name: "an index", keys: ["name", "by", "order"])
  static let tableReference = Shape(name: "a reference of a table", keys: ["columns", "table", "onDelete"])
  static let query = Shape(
    name: "a query", keys: ["description", "sql", "parameters", "result", "rows", "effect"])
  static let sql = Shape(name: "the sql of a query", keys: ["postgres", "sqlite"])
  static let list = Shape(name: "a list", keys: ["description", "table", "by", "filters", "sort"])
  static let filter = Shape(name: "a filter", keys: ["column", "operator"])
  static let queryResult = Shape(name: "the result of a query", keys: ["columns", "table"])
}
