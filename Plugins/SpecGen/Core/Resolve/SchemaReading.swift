/// Reads the keywords of one schema that is neither a reference nor a composition.
struct SchemaReading {
  let schema: OpenAPI.Schema
  let name: String
  let isHidden: Bool

  private static let types = ["string", "integer", "number", "boolean", "object", "array", "null"]

  /// What the types of other languages are called here.
  private static let meanings = [
    "any": "no \"type\"", "bool": "\"boolean\"", "date": "\"string\" with \"format: date\"",
    "datetime": "\"string\" with \"format: date-time\"", "date-time": "\"string\" with \"format: date-time\"",
    "decimal": "\"number\"", "dict": "\"object\"", "double": "\"number\" with \"format: double\"",
    "file": "\"string\" with \"format: binary\"", "float": "\"number\" with \"format: float\"",
    "int": "\"integer\"", "list": "\"array\"", "long": "\"integer\" with \"format: int64\"", "map": "\"object\"",
    "text": "\"string\"", "uuid": "\"string\" with \"format: uuid\"",
  ]

  /// The type that a keyword speaks of.
  static let typesOfKey: [String: [String]] = [
    "minLength": ["string"], "maxLength": ["string"], "pattern": ["string"], "x-max-bytes": ["string"],
    "minimum": ["integer", "number"], "maximum": ["integer", "number"], "exclusiveMinimum": ["integer", "number"],
    "exclusiveMaximum": ["integer", "number"], "multipleOf": ["integer", "number"],
    "items": ["array"], "minItems": ["array"], "maxItems": ["array"], "uniqueItems": ["array"],
    "properties": ["object"], "required": ["object"], "additionalProperties": ["object"],
    "minProperties": ["object"], "maxProperties": ["object"], "discriminator": ["object"],
    "contentEncoding": ["string"], "x-extensible-enum": ["string"], "format": ["string", "integer", "number"],
    "x-values-renamed-from": ["string"],
  ]

  func resolve(_ resolver: inout Resolver) -> ResolvedSchema? {
    guard checkTypes(&resolver) else { return nil }
    let types = schema.types.map(\.value)
    let others = types.filter { type in type != "null" && !(type == "integer" && types.contains("number")) }
    let isNullable = types.contains("null")
    if let values = schema.constant.map({ [$0] }) ?? schema.enumeration {
      checkKeys(others, &resolver)
      return ValuesReading(schema: schema, values: values, types: others, isNullable: isNullable).resolve(&resolver)
    }
    if schema.types.isEmpty, let reading = untyped(&resolver) { return reading }
    if others.isEmpty && isNullable { return resolved(.literal([.null]), isNullable: true) }
    checkKeys(others, &resolver)
    if let place = schema.keys["x-values-renamed-from"] {
      resolver.diagnostics.error(
        .invalidRename, at: place,
        "\"x-values-renamed-from\" is for the values of an \"enum\"; add one or remove the key")
    }
    if others.count > 1 { return choice(among: others, isNullable: isNullable, &resolver) }
    return kind(others.first, &resolver).map { resolved($0, isNullable: isNullable) }
  }

  /// A schema without a type that has keywords: they say its type where all of them speak of one. Nil without keywords.
  private func untyped(_ resolver: inout Resolver) -> ResolvedSchema?? {
    var types = Set<String>()
    var first: (key: String, place: Place)?
    for (key, place) in schema.keys.sorted(by: { $0.value.start < $1.value.start }) {
      guard let meant = Self.typesOfKey[key] else { continue }
      first = first ?? (key, place)
      if key == "format", let format = schema.format?.value {
        let isNumber = ["int32", "int64", "float", "double"].contains(format)
        types.insert(isNumber ? (format.hasPrefix("int") ? "integer" : "number") : "string")
      } else {
        types.insert(meant.contains("number") ? "number" : meant[0])
      }
    }
    if types == ["integer", "number"] { types = ["integer"] }
    guard let first else { return nil }
    guard types.count == 1, let type = types.first else {
      return resolver.beyondStructs(schema, Located("keywords of several types without a \"type\"", at: first.place))
    }
    resolver.diagnostics.note(
      .keywordMismatch, at: first.place,
      "\"\(first.key)\" without a \"type\" allows values of every other type; it is read as if \"type: \(type)\" stood beside it"
    )
    var typed = schema
    typed.types = [Located(type, at: first.place)]
    return SchemaReading(schema: typed, name: name, isHidden: isHidden).resolve(&resolver)
  }

  private func resolved(_ kind: ResolvedSchema.Kind, isNullable: Bool) -> ResolvedSchema {
    ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: kind, isNullable: isNullable)
  }

  /// Several types besides null: each with the keywords that speak of it.
  private func choice(among types: [String], isNullable: Bool, _ resolver: inout Resolver) -> ResolvedSchema? {
    var choice = schema
    choice.types = []
    choice.keys = ["anyOf": schema.keys["type"] ?? schema.place]
    choice.anyOf = .init(
      schemas: types.map { type in
        var part = schema
        part.pointer += "/type/\(type)"
        part.types = schema.types.filter { $0.value == type }
        part.keys = schema.keys.filter { key, _ in Self.typesOfKey[key]?.contains(type) ?? (key == "type") }
        return part.undocumented
      }, place: schema.keys["type"] ?? schema.place)
    var resolved = resolver.choice(choice, as: name, isHidden: isHidden)
    resolved?.isNullable = isNullable
    return resolved
  }

  private func kind(_ type: String?, _ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    switch type {
    case "string": return StringReading(schema: schema).kind(&resolver)
    case "integer": return NumberReading(schema: schema).integer(&resolver)
    case "number": return NumberReading(schema: schema).number(&resolver)
    case "boolean": return .boolean
    case "array": return array(&resolver)
    case "object": return object(&resolver)
    default: return .json
    }
  }

  private func checkTypes(_ resolver: inout Resolver) -> Bool {
    for type in schema.types where !Self.types.contains(type.value) {
      resolver.diagnostics.error(
        .invalidValue, at: type.place,
        "\"\(type.value)\" is no type of JSON Schema"
          + (Self.meanings[type.value.lowercased()].map { "; write \($0)" }
            ?? Suggestion.text(
              for: type.value, among: Self.types,
              else: "; it must be \(Self.types.map { "\"\($0)\"" }.joined(separator: ", "))")))
      return false
    }
    if schema.types.count < 2 || Set(schema.types.map(\.value)).count == schema.types.count { return true }
    resolver.diagnostics.error(
      .invalidValue, at: schema.keys["type"] ?? schema.place,
      "the types in a list must differ; remove the second one")
    return false
  }

  /// A keyword that speaks of another type has no effect, which is never what was meant.
  private func checkKeys(_ types: [String], _ resolver: inout Resolver) {
    // Without a type, `const` and `enum` say it.
    if types.isEmpty { return }
    for (key, place) in schema.keys {
      guard let meant = Self.typesOfKey[key], !meant.contains(where: types.contains) else { continue }
      let words = meant.map { "\"\($0)\"" }.joined(separator: " or ")
      let own = types.map { "\"\($0)\"" }.joined(separator: " or ")
      resolver.diagnostics.warning(
        .keywordMismatch, at: place,
        "\"\(key)\" says nothing about a value of type \(own); it is for \(words)")
    }
  }

  /// The schema of an array's items: without one they may be anything. Nil for one that could not be read.
  private var items: OpenAPI.Boxed<OpenAPI.Schema>? {
    if schema.items != nil || schema.keys["items"] != nil { return schema.items }
    return .init(OpenAPI.Schema(place: schema.place, pointer: schema.pointer + "/items"))
  }

  private func array(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    resolver.checkOrder(schema.minItems, schema.maxItems, "minItems", "maxItems")
    guard let items else { return nil }
    guard let item = resolver.schema(items.value, as: name + "Item", isHidden: isHidden) else { return nil }
    // Whether a referred item may be null is known when all declarations are: Translate asks the resolver's result.
    return .array(
      item,
      ArrayConstraints(
        minItems: schema.minItems?.value, maxItems: schema.maxItems?.value, uniqueItems: schema.uniqueItems,
        itemsAreNullable: item.isNullable))
  }
}
