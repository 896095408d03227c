extension Resolver {
  /// The schema with `allOf`, and with what stands beside a `$ref`, merged into one; a reference by itself stays one.
  /// nil after an error.
  mutating func flattened(_ schema: OpenAPI.Schema) -> OpenAPI.Schema? {
    if schema.isFlat { return schema }
    guard schema.allOf != nil || schema.reference != nil else { return schema.closed }
    var own = schema
    own.reference = nil
    own.allOf = nil
    own.keys["$ref"] = nil
    own.keys["allOf"] = nil
    var parts = parts(of: schema)
    if parts.count == 1, !own.constrains(besides: ["type"]) {
      guard var only = flattened(parts[0]) else { return nil }
      if addsNothing(own, to: only) {
        only = only.annotated(by: own)
        only.place = schema.place
        only.pointer = schema.pointer
        return only
      }
      parts[0] = only
    }
    var merged: OpenAPI.Schema?
    for part in parts {
      guard let part = expanded(part) else { return nil }
      guard let previous = merged else {
        merged = part
        continue
      }
      merged = SchemaMerge(previous, part).merged(&diagnostics)
      if merged == nil { return nil }
    }
    guard var result = merged else { return own.closed }
    // What is true of a part's values as examples, or of its own type, need not be true of the whole.
    result = result.withoutIdentity
    let unevaluated = own.unevaluatedProperties
    own.unevaluatedProperties = nil
    guard var result = SchemaMerge(result, own).merged(&diagnostics) else { return nil }
    result.unevaluatedProperties = unevaluated
    result.place = schema.place
    result.pointer = schema.pointer
    result.swiftName = own.swiftName
    result.inlineName = own.inlineName
    return result.withFittingValues.closed
  }

  /// What `$ref` and `allOf` say, each once, without parts that say nothing.
  private func parts(of schema: OpenAPI.Schema) -> [OpenAPI.Schema] {
    var parts: [OpenAPI.Schema] = []
    if let reference = schema.reference {
      parts.append(
        OpenAPI.Schema(
          place: schema.place, pointer: schema.pointer, keys: ["$ref": schema.keys["$ref"] ?? schema.place],
          reference: reference))
    }
    for part in schema.allOf?.schemas ?? [] {
      let isKnown = parts.contains { $0.reference != nil && $0.reference?.value == part.reference?.value }
      if part.keys.isEmpty && !part.isNever || (isKnown && !part.constrains(besides: ["$ref"])) { continue }
      parts.append(part)
    }
    return parts
  }

  /// Whether a schema says no more than that a value has the type that it has by the other one, which is flattened.
  private mutating func addsNothing(_ own: OpenAPI.Schema, to part: OpenAPI.Schema) -> Bool {
    if !own.constrains(besides: []) { return true }
    let types = typesByName(of: part)
    return !types.isEmpty && Set(types).isSubset(of: own.types.map(\.value))
  }

  /// The types of a flattened schema, or of what it refers to, where the types that are written there do not say enough.
  /// Each target is looked into once: chains of references would be followed again and again.
  mutating func typesByName(of schema: OpenAPI.Schema) -> [String] {
    guard let reference = schema.reference else { return schema.types.map(\.value) }
    if let known = typesOfTargets[reference.value] { return known }
    let written = Self.schemaName(reference.value).flatMap { schemaIndex[$0] }?.types.map(\.value) ?? []
    typesOfTargets[reference.value] = written
    if !written.isEmpty { return written }
    let types = silently { $0.expanded(schema)?.types.map(\.value) } ?? []
    typesOfTargets[reference.value] = types
    return types
  }

  /// How many schemas may be merged, each into the next.
  private static let greatestMerge = 24

  /// The schema without references: what it refers to in its place, merged.
  mutating func expanded(_ schema: OpenAPI.Schema) -> OpenAPI.Schema? {
    guard let flat = flattened(schema) else { return nil }
    guard let reference = flat.reference else { return flat }
    guard let name = declaredSchema(reference), let target = schemaIndex[name] else { return nil }
    if mergeStack.contains(name) {
      diagnostics.error(
        .referenceCycle, at: reference.place,
        "\"\(name)\" is merged into itself (\((mergeStack + [name]).joined(separator: " → "))), so no value could ever fit; let a property hold it"
      )
      return nil
    }
    if mergeStack.count == Self.greatestMerge {
      diagnostics.error(
        .tooDeep, at: reference.place,
        "\"\(name)\" is merged through \(Self.greatestMerge) schemas that are merged themselves; merge fewer of them")
      return nil
    }
    mergeStack.append(name)
    defer { mergeStack.removeLast() }
    guard var result = expanded(target) else { return nil }
    if let owner = declaredTypeNames[name] { result.name(inlineTypesAfter: owner) }
    result.discriminator = result.anyOf == nil && result.oneOf == nil ? nil : result.discriminator
    return result.annotated(by: flat)
  }

  /// Tries something; what it finds wrong is told elsewhere.
  mutating func silently<Result>(_ body: (inout Resolver) -> Result) -> Result {
    let known = diagnostics
    defer { diagnostics = known }
    return body(&self)
  }
}

extension OpenAPI.Schema {
  /// Whether there is nothing to merge: a reference by itself, or neither a reference nor `allOf`.
  var isFlat: Bool {
    allOf == nil && unevaluatedProperties == nil && (reference == nil || !constrains(besides: ["$ref"]))
  }

  /// Whether it says which values are allowed by other keys than these.
  func constrains(besides keys: Set<String>) -> Bool {
    isNever || self.keys.keys.contains { !keys.contains($0) && !SchemaKeywords.annotations.contains($0) }
  }

  /// With the documentation and the like of another schema, where that has it.
  func annotated(by other: OpenAPI.Schema) -> OpenAPI.Schema {
    var result = self
    result.title = other.title ?? title
    result.description = other.description ?? description
    result.defaultValue = other.defaultValue ?? defaultValue
    result.examples = other.examples.isEmpty ? examples : other.examples
    result.isReadOnly = isReadOnly || other.isReadOnly
    result.isWriteOnly = isWriteOnly || other.isWriteOnly
    result.swiftName = other.swiftName ?? (reference == nil ? swiftName : nil)
    result.exampleSource = other.exampleSource ?? exampleSource
    result.renamedFrom = other.renamedFrom ?? renamedFrom
    result.contentMediaType = other.contentMediaType ?? contentMediaType
    result.contentSchema = other.contentSchema ?? contentSchema
    for (key, place) in other.keys where SchemaKeywords.annotations.contains(key) { result.keys[key] = place }
    return result
  }

  /// Without what is said of a value as a whole, once it is a part of another one.
  fileprivate var withoutIdentity: OpenAPI.Schema {
    var result = self
    result.title = nil
    result.swiftName = nil
    result.inlineName = nil
    if properties != nil {
      result.description = nil
      result.defaultValue = nil
      result.examples = []
      result.exampleSource = nil
    }
    return result
  }

  /// `unevaluatedProperties` where every property is known: what `additionalProperties` says.
  fileprivate var closed: OpenAPI.Schema {
    guard let unevaluated = unevaluatedProperties, anyOf == nil, oneOf == nil, reference == nil else { return self }
    var result = self
    result.unevaluatedProperties = nil
    let place = result.keys.removeValue(forKey: "unevaluatedProperties")
    guard additionalProperties == nil else { return result }
    result.additionalProperties = unevaluated
    result.keys["additionalProperties"] = place ?? self.place
    return result
  }

  /// Lets inline objects and enums keep the names that they have where they were declared.
  mutating func name(inlineTypesAfter owner: String) {
    for index in properties?.indices ?? 0..<0 {
      guard let property = properties?[index], property.value.inlineName == nil else { continue }
      properties?[index].value.inlineName = owner + (SwiftName.upperCamel(property.name.value) ?? "")
    }
  }

  /// Of the values that an `enum` of one part lists, those that the other parts allow.
  fileprivate var withFittingValues: OpenAPI.Schema {
    var result = self
    guard enumeration != nil || constant != nil else { return result }
    result.enumeration = enumeration?.filter { fits($0.value) }
    for key in Self.scalarConstraints { result.keys[key] = nil }
    result.minLength = nil
    result.maxLength = nil
    result.minimum = nil
    result.maximum = nil
    result.exclusiveMinimum = nil
    result.exclusiveMaximum = nil
    result.multipleOf = nil
    return result
  }

  private static let scalarConstraints = [
    "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
  ]

  private func fits(_ value: DocumentValue) -> Bool {
    if !types.isEmpty, !types.contains(where: { value.isOf(type: $0.value) }) { return false }
    if case .string(let text) = value {
      let length = text.unicodeScalars.count
      return length >= minLength?.value ?? 0 && length <= maxLength?.value ?? .max
    }
    guard let number = value.double else { return true }
    return number >= minimum?.value.double ?? -.infinity && number <= maximum?.value.double ?? .infinity
      && number > exclusiveMinimum?.value.double ?? -.infinity
      && number < exclusiveMaximum?.value.double ?? .infinity
      && multipleOf?.value.double.map(number.isMultiple(of:)) ?? true
  }
}
