/// Reads `const` and `enum`.
struct ValuesReading {
  let schema: OpenAPI.Schema
  let values: [Located<DocumentValue>]
  /// Besides null; empty when the schema names none.
  let types: [String]
  let isNullable: Bool

  func resolve(_ resolver: inout Resolver) -> ResolvedSchema? {
    let key = schema.constant == nil ? "enum" : "const"
    if schema.constant != nil, schema.enumeration != nil {
      if refuse(["enum"], beside: key, &resolver) { return nil }
    }
    let constraints = [
      "format", "minLength", "maxLength", "pattern", "x-max-bytes", "minimum", "maximum",
      "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    ]
    if refuse(constraints, beside: key, &resolver) { return nil }
    guard check(&resolver) else { return nil }
    let others = values.filter { $0.value != .null }
    let takesNull = others.count < values.count && (isNullable || (types.isEmpty && schema.types.isEmpty))
    if others.isEmpty { return resolved(.literal([.null]), true) }
    let isText = others.allSatisfy { if case .string = $0.value { true } else { false } }
    if !isText, let place = schema.keys["x-values-renamed-from"] {
      resolver.diagnostics.error(
        .invalidRename, at: place, "\"x-values-renamed-from\" is for an enum of strings; remove the key")
    }
    guard isText else { return resolved(.literal(others.map(\.value)), takesNull) }
    // An enum may be of a type that allows null without listing it: then null is no value of it.
    if schema.constant != nil, case .string(let text) = others[0].value { return resolved(.constant(text), takesNull) }
    return resolved(enumeration(others, &resolver), takesNull)
  }

  private func resolved(_ kind: ResolvedSchema.Kind, _ isNullable: Bool) -> ResolvedSchema {
    ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: kind, isNullable: isNullable)
  }

  /// Each value once, and of the schema's type.
  private func check(_ resolver: inout Resolver) -> Bool {
    if values.isEmpty {
      resolver.diagnostics.error(
        .invalidEnum, at: schema.keys["enum"] ?? schema.place, "an enum needs at least one value")
      return false
    }
    var isClean = true
    for (index, value) in values.enumerated() {
      if values[..<index].contains(where: { $0.value.isSame(as: value.value) }) {
        isClean = false
        resolver.diagnostics.error(
          .invalidEnum, at: value.place, "\(value.value.json) is already a value of this enum; remove it")
      } else if !schema.types.isEmpty, !schema.types.contains(where: { value.value.isOf(type: $0.value) }) {
        isClean = false
        let words = schema.types.map { "\"\($0.value)\"" }.joined(separator: " or ")
        var advice = "correct it or the type"
        if case .string = value.value {
        } else if types == ["string"], value.value != .null {
          advice = "put it between quotes"
        }
        resolver.diagnostics.error(
          .invalidEnum, at: value.place, "\(value.value.json) is no value of type \(words); \(advice)")
      }
    }
    return isClean
  }

  private func enumeration(
    _ values: [Located<DocumentValue>], _ resolver: inout Resolver
  ) -> ResolvedSchema.Kind {
    var cases: [EnumerationType.Case] = []
    var names = NameScope("the values of this enum", reserved: ["allCases"])
    for value in values {
      guard case .string(let text) = value.value else { continue }
      let name = text.isEmpty ? "empty" : text
      let swiftName = names.lowerCamel(Located(name, at: value.place), &resolver.diagnostics)
      cases.append(.init(value: text, swiftName: swiftName))
    }
    return .enumeration(SchemaReading(schema: schema, name: "", isHidden: false).renamed(cases, &resolver))
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
}
