extension Loader {
  mutating func schema(_ node: YAMLNode, pointer: String) -> OpenAPI.Schema? {
    var schema = OpenAPI.Schema(place: node.place, pointer: pointer)
    if case .scalar(let scalar) = node.content, case .bool(let value) = scalar.value {
      schema.isNever = !value
      return schema
    }
    guard let fields = fields(node, .schema) else { return nil }
    // Keys of other tools say nothing here.
    schema.keys = fields.keys(of: .schema)
    schema.reference = string(fields["$ref"], "\"$ref\"")
    schema.types = types(fields["type"])
    schema.contentEncoding = string(fields["contentEncoding"], "\"contentEncoding\"")?.value
    schema.format = string(fields["format"], "\"format\"")
    schema.enumeration = fields["enum"].map { node in
      list(node, "\"enum\"").compactMap { located($0) }
    }
    if let node = fields["x-extensible-enum"] {
      schema.isOpen = true
      schema.enumeration = schema.enumeration ?? list(node, "\"x-extensible-enum\"").compactMap { located($0) }
    }
    schema.constant = located(fields["const"])
    annotate(&schema, fields)
    constrain(&schema, fields)
    content(&schema, fields)
    children(&schema, fields)
    return schema
  }

  private mutating func types(_ node: YAMLNode?) -> [Located<String>] {
    guard let node else { return [] }
    if case .sequence(let items) = node.content {
      if items.isEmpty {
        diagnostics.error(
          .invalidValue, at: node.place, "\"type\" needs at least one type; for any value, leave it out")
      }
      return strings(node, "\"type\"")
    }
    return string(node, "\"type\"").map { [$0] } ?? []
  }

  private mutating func annotate(_ schema: inout OpenAPI.Schema, _ fields: Fields) {
    schema.title = string(fields["title"], "\"title\"")?.value
    schema.description = string(fields["description"], "\"description\"")?.value
    schema.defaultValue = located(fields["default"])
    schema.examples = [located(fields["example"])].compactMap(\.self)
    schema.examples += list(fields["examples"], "\"examples\" of a schema").compactMap { located($0) }
    schema.isReadOnly = bool(fields["readOnly"], "\"readOnly\"") ?? false
    schema.isWriteOnly = bool(fields["writeOnly"], "\"writeOnly\"") ?? false
    schema.swiftName = string(fields["x-swift-name"], "\"x-swift-name\"")
    schema.caseNames = named(fields["x-swift-cases"], "\"x-swift-cases\"") {
      $0.string($1.value, "the name of a Swift case")
    }
    schema.exampleSource = exampleSource(fields["x-example-from"])
    schema.renamedFrom = string(fields["x-renamed-from"], "\"x-renamed-from\" of a column")
    schema.renamedValues = named(fields["x-values-renamed-from"], "\"x-values-renamed-from\"") {
      $0.string($1.value, "the old spelling of a value")
    }
    schema.contentMediaType = string(fields["contentMediaType"], "\"contentMediaType\"")
    _ = bool(fields["deprecated"], "\"deprecated\"")
    for key in ["$comment", "$id", "$anchor", "$schema", "$dynamicAnchor", "$dynamicRef"] {
      if let node = fields[key] { _ = string(node, "\"\(key)\"") }
    }
    externalDocs(fields["externalDocs"])
    readXML(fields)
  }

  /// How a value is written as XML, which handlers do themselves.
  private mutating func readXML(_ fields: Fields) {
    guard let node = fields["xml"], let place = fields.place(of: "xml"), let xml = self.fields(node, .xml) else {
      return
    }
    for key in ["name", "namespace", "prefix", "nodeType"] { _ = string(xml[key], "\"\(key)\"") }
    for key in ["attribute", "wrapped"] { _ = bool(xml[key], "\"\(key)\"") }
    self.xml = self.xml ?? place
  }

  private mutating func constrain(_ schema: inout OpenAPI.Schema, _ fields: Fields) {
    schema.minLength = size("minLength", fields)
    schema.maxLength = size("maxLength", fields)
    schema.maxBytes = size("x-max-bytes", fields)
    schema.minItems = size("minItems", fields)
    schema.maxItems = size("maxItems", fields)
    schema.uniqueItems = bool(fields["uniqueItems"], "\"uniqueItems\"") ?? false
    schema.pattern = string(fields["pattern"], "\"pattern\"")
    schema.minimum = number(fields["minimum"], "\"minimum\"")
    schema.maximum = number(fields["maximum"], "\"maximum\"")
    schema.exclusiveMinimum = number(fields["exclusiveMinimum"], "\"exclusiveMinimum\"")
    schema.exclusiveMaximum = number(fields["exclusiveMaximum"], "\"exclusiveMaximum\"")
    schema.multipleOf = number(fields["multipleOf"], "\"multipleOf\"")
    schema.minProperties = size("minProperties", fields)
    schema.maxProperties = size("maxProperties", fields)
  }

  /// Apart from the other schemas within, so that the values on the way to it take no room on the stack while those are
  /// read: a document may nest them deeply.
  private mutating func content(_ schema: inout OpenAPI.Schema, _ fields: Fields) {
    guard let node = fields["contentSchema"] else { return }
    schema.contentSchema = self.schema(node, pointer: "\(schema.pointer)/contentSchema").map { OpenAPI.Boxed($0) }
  }

  private mutating func size(_ key: String, _ fields: Fields) -> Located<Int>? {
    guard let node = fields[key] else { return nil }
    return integer(node, "\"\(key)\"", in: 0...Int.max)
  }

  private mutating func children(_ schema: inout OpenAPI.Schema, _ fields: Fields) {
    let pointer = schema.pointer
    schema.items = fields["items"]
      .flatMap { items($0, pointer: "\(pointer)/items") }
      .map { OpenAPI.Boxed($0) }
    if let node = fields["properties"] {
      schema.properties = named(node, "\"properties\"") {
        $0.schema($1.value, pointer: "\(pointer)/properties/\($1.key.value.asPointerToken)")
      }
    }
    schema.required = strings(fields["required"], "\"required\" of a schema")
    schema.additionalProperties = members("additionalProperties", fields, pointer)
    schema.unevaluatedProperties = members("unevaluatedProperties", fields, pointer)
    schema.discriminator = fields["discriminator"].flatMap { discriminator($0) }
    schema.anyOf = composition("anyOf", fields, pointer)
    schema.oneOf = composition("oneOf", fields, pointer)
    schema.allOf = composition("allOf", fields, pointer)
    // Most schemas have none of these, so that one question is enough.
    if SchemaKeywords.seldom.isDisjoint(with: schema.keys.keys) { return }
    for key in ["$defs"] + SchemaKeywords.beyondTypes { check(key, fields, pointer) }
    for (key, other) in Self.companions {
      guard let place = fields.place(of: key), fields[other] == nil else { continue }
      diagnostics.warning(
        .keywordMismatch, at: place, "\"\(key)\" says nothing without \"\(other)\"; add that, or remove it")
    }
  }

  /// Each of them says something only beside another one.
  private static let companions = [
    (key: "then", other: "if"), (key: "else", other: "if"), (key: "minContains", other: "contains"),
    (key: "maxContains", other: "contains"),
  ]

  private mutating func items(_ node: YAMLNode, pointer: String) -> OpenAPI.Schema? {
    guard case .sequence = node.content else { return schema(node, pointer: pointer) }
    wrongType(
      node, "\"items\" must be one schema, which is that of every item",
      "write \"prefixItems\" for a schema each (JSON Schema 2020-12 §10.3.1.1)")
    return nil
  }

  /// Reads the schemas of a keyword that only the lowering to rules understands, for what is wrong with them.
  private mutating func check(_ key: String, _ fields: Fields, _ pointer: String) {
    guard let node = fields[key] else { return }
    if SchemaKeywords.schemas.contains(key) {
      _ = schema(node, pointer: "\(pointer)/\(key)")
    } else if SchemaKeywords.lists.contains(key) {
      _ = composition(key, fields, pointer)
    } else if SchemaKeywords.maps.contains(key) {
      _ = named(node, "\"\(key)\"") { loader, entry in
        loader.schema(entry.value, pointer: "\(pointer)/\(key)/\(entry.key.value.asPointerToken)")
      }
    } else if SchemaKeywords.counts.contains(key) {
      _ = size(key, fields)
    }
  }

  private mutating func members(
    _ key: String, _ fields: Fields, _ pointer: String
  ) -> OpenAPI.AdditionalProperties? {
    guard let node = fields[key] else { return nil }
    if case .scalar(let scalar) = node.content, case .bool(let value) = scalar.value { return .allowed(value) }
    return schema(node, pointer: "\(pointer)/\(key)").map { .schema(.init($0)) }
  }

  private mutating func discriminator(_ node: YAMLNode) -> OpenAPI.Discriminator? {
    guard let fields = fields(node, .discriminator),
      let name = required("propertyName", in: fields, .discriminator).flatMap({ string($0, "\"propertyName\"") })
    else { return nil }
    let mapping = named(fields["mapping"], "\"mapping\"") { $0.string($1.value, "a reference of \"mapping\"") }
    return OpenAPI.Discriminator(propertyName: name, mapping: mapping, place: node.place)
  }

  private mutating func composition(_ key: String, _ fields: Fields, _ pointer: String) -> OpenAPI.Composition? {
    guard let node = fields[key], let place = fields.place(of: key) else { return nil }
    let schemas = list(node, "\"\(key)\"").enumerated().compactMap { index, item in
      schema(item, pointer: "\(pointer)/\(key)/\(index)")
    }
    return OpenAPI.Composition(schemas: schemas, place: place)
  }
}
