extension SchemaReading {
  func object(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    resolver.checkOrder(schema.minProperties, schema.maxProperties, "minProperties", "maxProperties")
    guard let properties = schema.properties, !properties.isEmpty else { return map(&resolver) }
    var names = NameScope("the properties of this object", reserved: ["hashValue", "self"])
    var resolved: [ResolvedSchema.Property] = []
    var refused: [String] = []
    var known: [String] = []
    let swiftNames = names.names(for: properties.map { $0.name.value })
    for (var property, swiftName) in zip(properties, swiftNames) {
      if property.value.isNever {
        refused.append(property.name.value)
        continue
      }
      known.append(property.name.value)
      let swiftName = resolver.takeName(of: &property, swiftName, in: &names)
      let typeName = name + (SwiftName.upperCamel(property.name.value) ?? "")
      guard let value = resolver.schema(property.value, as: typeName, isHidden: isHidden) else { continue }
      let isRequired = schema.required.contains { $0.value == property.name.value }
      resolved.append(.init(name: property.name, swiftName: swiftName, isRequired: isRequired, schema: value))
    }
    checkRequired(known, &resolver)
    var object = ResolvedSchema.Object(
      properties: resolved, refusesUnknownMembers: schema.additionalProperties == .allowed(false),
      refusedMembers: refused, minProperties: schema.minProperties?.value, maxProperties: schema.maxProperties?.value)
    if case .schema(let others) = schema.additionalProperties {
      let taken = resolved.map(\.swiftName)
      guard let value = resolver.schema(others.value, as: name + "Value", isHidden: isHidden) else { return nil }
      object.otherMembers = .init(
        swiftName: SwiftName.free("additionalProperties", "otherMembers", "rest", besides: taken), schema: value)
    }
    return .object(object)
  }

  func checkRequired(_ properties: [String], _ resolver: inout Resolver) {
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
    var constraints = MapConstraints(
      minProperties: schema.minProperties?.value, maxProperties: schema.maxProperties?.value)
    switch schema.additionalProperties {
    case .allowed(false): return .object(.init(properties: [], refusesUnknownMembers: true))
    case .allowed(true), nil:
      let any = ResolvedSchema(
        place: schema.place, pointer: schema.pointer + "/additionalProperties", kind: .json)
      return .map(any, constraints)
    case .schema(let values):
      guard let value = resolver.schema(values.value, as: name + "Value", isHidden: isHidden) else { return nil }
      // Whether a referred value may be null is known when all declarations are.
      constraints.valuesAreNullable = value.isNullable
      return .map(value, constraints)
    }
  }
}

extension Resolver {
  /// The Swift name of a property: its `x-swift-name` where that begins with a small letter, which is its own then and
  /// not its type's; else the name as Swift writes it.
  mutating func takeName(
    of property: inout OpenAPI.Named<OpenAPI.Schema>, _ name: String?, in names: inout NameScope
  ) -> String {
    guard let own = property.value.swiftName, own.value.first?.isLowercase == true || own.value.first == "_" else {
      guard let name else {
        return names.lowerCamel(property.name, advice: "give it an \"x-swift-name\"", &diagnostics)
      }
      names.take(name, for: property.name, advice: "give it an \"x-swift-name\"", &diagnostics)
      return name
    }
    property.value.swiftName = nil
    property.value.keys["x-swift-name"] = nil
    if !SwiftName.isIdentifier(own.value) {
      diagnostics.error(
        .invalidName, at: own.place, "\"\(own.value)\" is no name of a Swift property; use letters and digits")
    }
    names.take(own.value, for: property.name, advice: "give one of the two another \"x-swift-name\"", &diagnostics)
    return own.value
  }
}

extension OpenAPI.Schema {
  /// Without what documents it, and what concerns the place where it stands.
  var undocumented: OpenAPI.Schema {
    var result = self
    for key in SchemaKeywords.annotations { result.keys[key] = nil }
    result.title = nil
    result.description = nil
    result.defaultValue = nil
    result.examples = []
    result.exampleSource = nil
    result.swiftName = nil
    result.inlineName = nil
    result.renamedFrom = nil
    result.isReadOnly = false
    result.isWriteOnly = false
    return result
  }
}
