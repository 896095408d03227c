/// Reads `const` and `enum`.
struct ValuesReading {
  let schema: OpenAPI.Schema
  let values: [Located<DocumentValue>]
  /// Besides null; empty when the schema names none.
  let types: [String]
  let isNullable: Bool

  func resolve(_ resolver: inout Resolver) -> ResolvedSchema? {
    let key = schema.constant == nil ? "enum" : "const"
    if let place = schema.keys["x-extensible-enum"], schema.keys["enum"] != nil || schema.constant != nil {
      resolver.diagnostics.error(
        .contradiction, at: place,
        "\"x-extensible-enum\" allows other values, which \"\(key)\" beside it refuses; keep one of the two")
      return nil
    }
    if schema.constant != nil, schema.enumeration != nil {
      if refuse(["enum"], beside: key, &resolver) { return nil }
    }
    if schema.isOpen, let key = Self.constraints.first(where: { schema.keys[$0] != nil }) {
      resolver.diagnostics.error(
        .contradiction, at: schema.keys[key] ?? schema.place,
        "\"\(key)\" is not checked of the other values that \"x-extensible-enum\" lets come; remove it, or use \"enum\""
      )
      return nil
    }
    guard check(&resolver), checkConstraints(beside: key, &resolver) else { return nil }
    let others = values.filter { $0.value != .null }
    let takesNull = others.count < values.count && (isNullable || (types.isEmpty && schema.types.isEmpty))
    if others.isEmpty { return resolved(.literal([.null]), true) }
    let isText = others.allSatisfy { if case .string = $0.value { true } else { false } }
    if !isText, let place = schema.keys["x-extensible-enum"] {
      resolver.diagnostics.error(
        .invalidEnum, at: place, "\"x-extensible-enum\" lists strings; quote its values, or use \"enum\"")
    }
    if !isText, let place = schema.keys["x-values-renamed-from"] {
      resolver.diagnostics.error(
        .invalidRename, at: place, "\"x-values-renamed-from\" is for an enum of strings; remove the key")
    }
    guard isText else { return resolved(.literal(others.map(\.value)), takesNull) }
    // An enum may be of a type that allows null without listing it: then null is no value of it.
    if schema.constant != nil, case .string(let text) = others[0].value { return resolved(.constant(text), takesNull) }
    var result = resolved(enumeration(others, &resolver), takesNull)
    result.isOpen = schema.isOpen
    return result
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

  private static let constraints = [
    "format", "contentEncoding", "minLength", "maxLength", "pattern", "x-max-bytes", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
  ]

  /// What is said beside the values says nothing more, when it is true of each of them.
  private func checkConstraints(beside key: String, _ resolver: inout Resolver) -> Bool {
    let constraints = schema.keys.filter { key, _ in Self.constraints.contains(key) }
    if constraints.isEmpty { return true }
    var rest = schema.undocumented
    rest.constant = nil
    rest.enumeration = nil
    let types = schema.types.map(\.value) + SchemaKeywords.types.sorted()
    let typed = Dictionary(grouping: values) { value in types.first { value.value.isOf(type: $0) } ?? "null" }
    var isClean = true
    for (type, values) in typed {
      rest.types = [Located(type, at: schema.place)]
      rest.keys = constraints.filter { key, _ in SchemaReading.typesOfKey[key]?.contains(type) ?? false }
      if rest.keys.isEmpty { continue }
      let reading = SchemaReading(schema: rest, name: "", isHidden: true)
      guard let resolved = reading.resolve(&resolver) else { return false }
      for value in values {
        guard let fault = ValueCheck(resolver: resolver).fault(value.value, resolved) else { continue }
        isClean = false
        resolver.diagnostics.error(
          .invalidEnum, at: value.place,
          "\(value.value.json) can never be the value: by what stands beside \"\(key)\" it \(fault); correct one of the two"
        )
      }
    }
    return isClean
  }

  private func enumeration(
    _ values: [Located<DocumentValue>], _ resolver: inout Resolver
  ) -> ResolvedSchema.Kind {
    let texts = values.compactMap { value -> Located<String>? in
      if case .string(let text) = value.value { Located(text, at: value.place) } else { nil }
    }
    var names = NameScope("the values of this enum", reserved: ["allCases"])
    let cases = zip(texts, swiftNames(of: texts, in: names)).map { text, swiftName in
      names.take(swiftName, for: text, advice: "name them in \"x-swift-cases\"", &resolver.diagnostics)
      return EnumerationType.Case(value: text.value, swiftName: swiftName)
    }
    checkNames(texts, &resolver)
    return .enumeration(SchemaReading(schema: schema, name: "", isHidden: false).renamed(cases, &resolver))
  }

  /// The names of the cases: those of `x-swift-cases`, else the values as Swift writes them.
  private func swiftNames(of values: [Located<String>], in scope: NameScope) -> [String] {
    let own = Dictionary(schema.caseNames.map { ($0.name.value, $0.value.value) }, uniquingKeysWith: { $1 })
    let names = scope.names(for: values.map { $0.value.isEmpty ? "empty" : $0.value })
    return values.indices.map { own[values[$0].value] ?? names[$0] ?? "value\($0 + 1)" }
  }

  /// `x-swift-cases` names values of the enum and Swift's names for them.
  private func checkNames(_ values: [Located<String>], _ resolver: inout Resolver) {
    for entry in schema.caseNames {
      if !values.contains(where: { $0.value == entry.name.value }) {
        resolver.diagnostics.error(
          .invalidName, at: entry.name.place,
          "\"\(entry.name.value)\" is no value of this enum"
            + Suggestion.text(for: entry.name.value, among: values.map(\.value), else: "; remove it"))
      }
      if !SwiftName.isIdentifier(entry.value.value) || entry.value.value.first?.isUppercase == true {
        resolver.diagnostics.error(
          .invalidName, at: entry.value.place,
          "\"\(entry.value.value)\" is no name of a Swift case; write it in lower camel case"
            + (SwiftName.lowerCamel(entry.value.value).map { ", as in \"\($0)\"" } ?? ""))
      }
    }
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
