/// Reads the keywords of one schema that is neither a reference nor a composition.
struct SchemaReading {
  let schema: OpenAPI.Schema
  let name: String
  let isHidden: Bool

  private static let types = ["string", "integer", "number", "boolean", "object", "array", "null"]

  /// The type that a keyword speaks of.
  private static let typesOfKey: [String: [String]] = [
    "minLength": ["string"], "maxLength": ["string"], "pattern": ["string"], "x-max-bytes": ["string"],
    "minimum": ["integer", "number"], "maximum": ["integer", "number"], "exclusiveMinimum": ["integer", "number"],
    "exclusiveMaximum": ["integer", "number"], "multipleOf": ["integer", "number"],
    "items": ["array"], "minItems": ["array"], "maxItems": ["array"], "uniqueItems": ["array"],
    "properties": ["object"], "required": ["object"], "additionalProperties": ["object"],
    "format": ["string", "integer", "number"], "x-values-renamed-from": ["string"],
  ]

  func resolve(_ resolver: inout Resolver) -> ResolvedSchema? {
    guard let type = type(&resolver) else { return nil }
    guard checkKeys(type.name, &resolver) else { return nil }
    guard let kind = kind(type.name, &resolver) else { return nil }
    return ResolvedSchema(
      place: schema.place, pointer: schema.pointer, kind: kind, isNullable: type.isNullable)
  }

  private func kind(_ type: String?, _ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    if let constant = schema.constant { return self.constant(constant, type, &resolver) }
    if let values = schema.enumeration { return enumeration(values, type, &resolver) }
    if let place = schema.keys["x-values-renamed-from"] {
      resolver.diagnostics.error(
        .invalidRename, at: place,
        "\"x-values-renamed-from\" is for the values of an \"enum\"; add one or remove the key")
    }
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

  /// The one type besides null; no name at all means any value.
  private func type(_ resolver: inout Resolver) -> (name: String?, isNullable: Bool)? {
    for type in schema.types where !Self.types.contains(type.value) {
      resolver.diagnostics.error(
        .invalidValue, at: type.place,
        "\"\(type.value)\" is no type of JSON Schema"
          + Suggestion.text(
            for: type.value, among: Self.types,
            else: "; it must be \(Self.types.map { "\"\($0)\"" }.joined(separator: ", "))"))
      return nil
    }
    let names = schema.types.map(\.value)
    let others = names.filter { $0 != "null" }
    let place = schema.keys["type"] ?? schema.place
    if Set(names).count < names.count {
      resolver.diagnostics.error(.invalidValue, at: place, "the types in a list must differ; remove the second one")
      return nil
    }
    if others.count > 1 {
      resolver.diagnostics.error(
        .unsupportedSchema, at: place,
        "several types beside null are not supported by SpecGen yet (\(others.joined(separator: ", "))); choose one")
      return nil
    }
    if names == ["null"] {
      resolver.diagnostics.error(
        .unsupportedSchema, at: place,
        "a value that is always null is not supported by SpecGen; give the other type too, as in \"[string, 'null']\"")
      return nil
    }
    if others.isEmpty, let inferred = inferredType() { return (inferred, false) }
    return (others.first, names.contains("null"))
  }

  /// `enum` and `const` of strings need no `type`.
  private func inferredType() -> String? {
    let values = schema.enumeration ?? schema.constant.map { [$0] } ?? []
    let areStrings = !values.isEmpty && values.allSatisfy { if case .string = $0.value { true } else { false } }
    return areStrings ? "string" : nil
  }

  /// A keyword that speaks of another type has no effect, which is never what was meant.
  private func checkKeys(_ type: String?, _ resolver: inout Resolver) -> Bool {
    var isClean = true
    for (key, place) in schema.keys {
      guard let types = Self.typesOfKey[key], !types.contains(type ?? "") else { continue }
      isClean = false
      let meant = types.map { "\"\($0)\"" }.joined(separator: " or ")
      resolver.diagnostics.error(
        .keywordMismatch, at: place,
        type.map { "\"\(key)\" says nothing about a value of type \"\($0)\"; it is for \(meant)" }
          ?? "\"\(key)\" needs a \"type\" beside it; add \"type: \(types[0])\"")
    }
    return isClean
  }

  private func constant(
    _ constant: Located<DocumentValue>, _ type: String?, _ resolver: inout Resolver
  ) -> ResolvedSchema.Kind? {
    guard case .string(let text) = constant.value, type == "string" else {
      resolver.diagnostics.error(
        .unsupportedSchema, at: constant.place,
        "only a string is supported as \"const\" by SpecGen yet; use an enum or a bound")
      return nil
    }
    return refuse(["enum", "format", "minLength", "maxLength", "pattern", "x-max-bytes"], beside: "const", &resolver)
      ? nil : .constant(text)
  }

  private func enumeration(
    _ values: [Located<DocumentValue>], _ type: String?, _ resolver: inout Resolver
  ) -> ResolvedSchema.Kind? {
    if refuse(["format", "minLength", "maxLength", "pattern", "x-max-bytes"], beside: "enum", &resolver) { return nil }
    guard type == "string" else {
      resolver.diagnostics.error(
        .unsupportedSchema, at: schema.keys["enum"] ?? schema.place,
        "an enum of anything but strings is not supported by SpecGen yet; add \"type: string\" and write strings, or use bounds"
      )
      return nil
    }
    var cases: [EnumerationType.Case] = []
    var names = NameScope("the values of this enum", reserved: ["allCases"])
    for value in values {
      if case .null = value.value, schema.types.contains(where: { $0.value == "null" }) { continue }
      guard case .string(let text) = value.value else {
        resolver.diagnostics.error(
          .invalidEnum, at: value.place, "a value of an enum of strings must be a string; put it between quotes")
        continue
      }
      if cases.contains(where: { $0.value == text }) {
        resolver.diagnostics.error(
          .invalidEnum, at: value.place, "\"\(text)\" is already a value of this enum; remove it")
        continue
      }
      let name = text.isEmpty ? "empty" : text
      let swiftName = names.lowerCamel(Located(name, at: value.place), &resolver.diagnostics)
      cases.append(.init(value: text, swiftName: swiftName))
    }
    if cases.isEmpty {
      resolver.diagnostics.error(
        .invalidEnum, at: schema.keys["enum"] ?? schema.place, "an enum needs at least one value")
    }
    return .enumeration(renamed(cases, &resolver))
  }

  /// Whether one of the keys is there although it makes no sense beside another.
  private func refuse(_ keys: [String], beside other: String, _ resolver: inout Resolver) -> Bool {
    var found = false
    for key in keys {
      guard let place = schema.keys[key] else { continue }
      found = true
      resolver.diagnostics.error(
        .contradiction, at: place,
        "\"\(key)\" beside \"\(other)\" adds nothing, for \"\(other)\" says it all; remove it")
    }
    return found
  }

  private func array(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    resolver.checkOrder(schema.minItems, schema.maxItems, "minItems", "maxItems")
    guard let items = schema.items else {
      if schema.keys["items"] == nil {
        resolver.diagnostics.error(
          .missingKey, at: schema.place, "an array needs \"items\"; write \"items: {}\" if they may be anything")
      }
      return nil
    }
    guard let item = resolver.schema(items.value, as: name + "Item", isHidden: isHidden) else { return nil }
    // Whether a referred item may be null is known when all declarations are: Translate asks the resolver's result.
    return .array(
      item,
      ArrayConstraints(
        minItems: schema.minItems?.value, maxItems: schema.maxItems?.value, uniqueItems: schema.uniqueItems,
        itemsAreNullable: item.isNullable))
  }

  private func object(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    guard let properties = schema.properties, !properties.isEmpty else { return map(&resolver) }
    if case .schema(let values) = schema.additionalProperties {
      resolver.diagnostics.error(
        .unsupportedSchema, at: schema.keys["additionalProperties"] ?? values.value.place,
        "\"additionalProperties\" with a schema beside \"properties\" is not supported by SpecGen yet; say true or false"
      )
      return nil
    }
    var names = NameScope("the properties of this object", reserved: ["hashValue", "self"])
    var resolved: [ResolvedSchema.Property] = []
    for property in properties {
      let swiftName = names.lowerCamel(property.name, &resolver.diagnostics)
      let typeName = name + (SwiftName.upperCamel(property.name.value) ?? "")
      guard let value = resolver.schema(property.value, as: typeName, isHidden: isHidden) else { continue }
      let isRequired = schema.required.contains { $0.value == property.name.value }
      resolved.append(.init(name: property.name, swiftName: swiftName, isRequired: isRequired, schema: value))
    }
    checkRequired(properties.map(\.name.value), &resolver)
    return .object(
      .init(properties: resolved, refusesUnknownMembers: schema.additionalProperties == .allowed(false)))
  }

  private func checkRequired(_ properties: [String], _ resolver: inout Resolver) {
    var seen: Set<String> = []
    for name in schema.required {
      if !seen.insert(name.value).inserted {
        resolver.diagnostics.error(.unknownProperty, at: name.place, "\"\(name.value)\" is already required; remove it")
      } else if !properties.contains(name.value) {
        resolver.diagnostics.error(
          .unknownProperty, at: name.place,
          "\"required\" names \"\(name.value)\", which is no property of this schema"
            + Suggestion.text(for: name.value, among: properties, else: "; add it to \"properties\" or remove it"))
      }
    }
  }

  /// An object without properties: any members, those of one schema, or none.
  private func map(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    checkRequired([], &resolver)
    switch schema.additionalProperties {
    case .allowed(false): return .object(.init(properties: [], refusesUnknownMembers: true))
    case .allowed(true), nil:
      return .map(ResolvedSchema(place: schema.place, pointer: schema.pointer + "/additionalProperties", kind: .json))
    case .schema(let values):
      guard let value = resolver.schema(values.value, as: name + "Value", isHidden: isHidden) else { return nil }
      if value.isNullable {
        resolver.diagnostics.error(
          .unsupportedSchema, at: values.value.place,
          "null as a value of a map is not supported by SpecGen yet; remove it")
        return nil
      }
      return .map(value)
    }
  }
}
