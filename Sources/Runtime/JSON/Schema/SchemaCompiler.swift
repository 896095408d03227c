/// Makes nodes of the text of schemas.
struct SchemaCompiler {
  private(set) var nodes: [SchemaNode] = [.refusing]
  private(set) var roots: [String: Int] = [:]

  /// The node that no value matches.
  static let refusing = 0

  mutating func compile(_ text: String) {
    let document = try? JSONReader.read(from: Array(text.utf8), depth: 1000) { $0.any() }
    guard let members = document?.object?.members else { return }
    for member in members {
      nodes.append(.refusing)
      roots[member.name] = nodes.count - 1
    }
    for (index, member) in members.enumerated() { nodes[index + 1] = node(member.value) }
  }

  /// A schema within another one; a reference and nothing else is what it refers to.
  private mutating func place(_ schema: JSONValue) -> Int {
    if let members = schema.object?.members, members.count == 1, members[0].name == "$ref" {
      return named(members[0].value)
    }
    let node = node(schema)
    nodes.append(node)
    return nodes.count - 1
  }

  private func named(_ name: JSONValue?) -> Int {
    name?.string.flatMap { roots[$0] } ?? SchemaCompiler.refusing
  }

  private mutating func node(_ schema: JSONValue) -> SchemaNode {
    if schema.bool == true { return SchemaNode() }
    guard let keywords = schema.object else { return .refusing }
    var node = SchemaNode()
    node.rules = values(keywords) + contents(keywords) + applied(keywords)
    if let items = keywords["unevaluatedItems"] { node.rules.append(.unevaluatedItems(place(items))) }
    if let members = keywords["unevaluatedProperties"] { node.rules.append(.unevaluatedMembers(place(members))) }
    node.asksForEvaluated = keywords["unevaluatedItems"] != nil || keywords["unevaluatedProperties"] != nil
    for anchor in keywords["$dynamicAnchors"]?.object?.members ?? [] {
      node.dynamicAnchors[anchor.name] = named(anchor.value)
    }
    return node
  }

  /// What is said of the value itself.
  private func values(_ keywords: JSONObject) -> [SchemaNode.Rule] {
    var rules: [SchemaNode.Rule] = []
    if let type = keywords["type"] {
      let names = type.array ?? [type]
      let types = SchemaNode.Types.all.filter { names.contains(.string($0.name)) }
      rules.append(.types(SchemaNode.Types(types.map { $0.type })))
    }
    if let value = keywords["const"] { rules.append(.oneValue(value)) }
    if let values = keywords["enum"]?.array { rules.append(.values(values)) }
    if keywords["readOnly"]?.bool == true { rules.append(.readOnly) }
    if let number = number(keywords) { rules.append(.number(number)) }
    if let string = string(keywords) { rules.append(.string(string)) }
    return rules
  }

  private func number(_ keywords: JSONObject) -> SchemaNode.NumberRules? {
    let names = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
    guard names.contains(where: { keywords[$0] != nil }) else { return nil }
    return SchemaNode.NumberRules(
      minimum: keywords["minimum"], maximum: keywords["maximum"], exclusiveMinimum: keywords["exclusiveMinimum"],
      exclusiveMaximum: keywords["exclusiveMaximum"], multipleOf: keywords["multipleOf"])
  }

  private func string(_ keywords: JSONObject) -> SchemaNode.StringRules? {
    let names = ["minLength", "maxLength", "x-max-bytes", "pattern", "format"]
    guard names.contains(where: { keywords[$0] != nil }) else { return nil }
    return SchemaNode.StringRules(
      minLength: keywords.count("minLength") ?? 0, maxLength: keywords.count("maxLength") ?? .max,
      maxBytes: keywords.count("x-max-bytes") ?? .max, pattern: keywords["pattern"]?.string.map { Pattern($0) },
      format: keywords["format"]?.string.flatMap(StringFormat.init))
  }

  /// What is said of items and members.
  private mutating func contents(_ keywords: JSONObject) -> [SchemaNode.Rule] {
    [array(keywords).map(SchemaNode.Rule.array), object(keywords).map(SchemaNode.Rule.object)].compactMap(\.self)
  }

  private mutating func array(_ keywords: JSONObject) -> SchemaNode.ArrayRules? {
    let names = ["minItems", "maxItems", "uniqueItems", "prefixItems", "items", "contains"]
    guard names.contains(where: { keywords[$0] != nil }) else { return nil }
    return SchemaNode.ArrayRules(
      minItems: keywords.count("minItems") ?? 0, maxItems: keywords.count("maxItems") ?? .max,
      areUnique: keywords["uniqueItems"]?.bool == true, prefix: places(keywords["prefixItems"]),
      items: keywords["items"].map { place($0) }, contains: keywords["contains"].map { place($0) },
      minContains: keywords.count("minContains") ?? 1, maxContains: keywords.count("maxContains") ?? .max)
  }

  private mutating func object(_ keywords: JSONObject) -> SchemaNode.ObjectRules? {
    let names = [
      "minProperties", "maxProperties", "required", "properties", "patternProperties", "additionalProperties",
      "propertyNames", "dependentRequired",
    ]
    guard names.contains(where: { keywords[$0] != nil }) else { return nil }
    var rules = SchemaNode.ObjectRules(
      minProperties: keywords.count("minProperties") ?? 0, maxProperties: keywords.count("maxProperties") ?? .max,
      required: keywords.names("required"), additional: keywords["additionalProperties"].map { place($0) },
      names: keywords["propertyNames"].map { place($0) })
    for property in keywords.members(of: "properties") {
      rules.properties[ExactText(text: property.name)] = place(property.value)
    }
    for property in keywords.members(of: "patternProperties") {
      rules.patterns.append((Pattern(property.name), place(property.value)))
    }
    for dependent in keywords.members(of: "dependentRequired") {
      rules.dependent.append((dependent.name, (dependent.value.array ?? []).compactMap(\.string)))
    }
    return rules
  }

  /// What other schemas say of the same value.
  private mutating func applied(_ keywords: JSONObject) -> [SchemaNode.Rule] {
    var rules: [SchemaNode.Rule] = []
    if let name = keywords["$ref"] { rules.append(.reference(named(name))) }
    if let reference = keywords["$dynamicRef"] {
      rules.append(
        .dynamicReference(anchor: reference["anchor"]?.string ?? "", otherwise: named(reference["schema"])))
    }
    if let schemas = keywords["allOf"] { rules.append(.all(places(schemas))) }
    if let schemas = keywords["anyOf"] { rules.append(.any(places(schemas))) }
    if let schemas = keywords["oneOf"] { rules.append(.one(places(schemas))) }
    if let schema = keywords["not"] { rules.append(.not(place(schema))) }
    if let condition = keywords["if"] {
      rules.append(
        .condition(
          place(condition), then: keywords["then"].map { place($0) }, otherwise: keywords["else"].map { place($0) }))
    }
    let dependent = keywords.members(of: "dependentSchemas").map { (name: $0.name, node: place($0.value)) }
    if !dependent.isEmpty { rules.append(.dependent(dependent)) }
    return rules
  }

  private mutating func places(_ schemas: JSONValue?) -> [Int] {
    (schemas?.array ?? []).map { place($0) }
  }
}

extension JSONObject {
  /// A number of characters, items or members; more than fits is no bound.
  fileprivate func count(_ keyword: String) -> Int? {
    self[keyword]?.integer.map { Int($0) }
  }

  fileprivate func members(of keyword: String) -> [Member] {
    self[keyword]?.object?.members ?? []
  }

  fileprivate func names(_ keyword: String) -> [String] {
    (self[keyword]?.array ?? []).compactMap(\.string)
  }
}
