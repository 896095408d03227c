extension Resolver {
  /// What a schema means. `name` is the Swift type that it becomes when it needs one.
  mutating func schema(
    _ schema: OpenAPI.Schema, as name: String, isDeclared: Bool = false, isHidden: Bool = false
  ) -> ResolvedSchema? {
    // What is nested deeply is seldom merged: the common way needs little of the stack.
    if schema.isFlat { return resolved(schema, as: name, isDeclared: isDeclared, isHidden: isHidden) }
    return merged(schema, as: name, isDeclared: isDeclared, isHidden: isHidden)
  }

  private mutating func merged(
    _ schema: OpenAPI.Schema, as name: String, isDeclared: Bool, isHidden: Bool
  ) -> ResolvedSchema? {
    guard var flat = flattened(schema) else { return nil }
    flat.sources = sources(of: schema)
    return resolved(flat, as: name, isDeclared: isDeclared, isHidden: isHidden)
  }

  /// - Parameter schema: flattened.
  private mutating func resolved(
    _ schema: OpenAPI.Schema, as name: String, isDeclared: Bool, isHidden: Bool
  ) -> ResolvedSchema? {
    // Merged into itself, a schema would need a type within a type within a type.
    guard openSchemas.insert(schema.pointer).inserted else {
      return beyondStructs(schema, Located("a schema that is merged with what it is a part of", at: schema.place))
    }
    defer { openSchemas.remove(schema.pointer) }
    var name = schema.inlineName ?? name
    if !isDeclared, let own = schema.swiftName {
      guard SwiftName.isType(own.value) else {
        diagnostics.error(
          .invalidName, at: own.place,
          "\"\(own.value)\" is no name of a Swift type; use letters and digits, and begin with a capital")
        return nil
      }
      name = own.value
    }
    guard var resolved = meaning(of: schema, as: name, isHidden: isHidden) else { return nil }
    resolved.title = schema.title ?? resolved.title
    resolved.description = schema.description ?? resolved.description
    resolved.defaultValue = schema.defaultValue ?? resolved.defaultValue
    if !schema.examples.isEmpty { resolved.examples = schema.examples }
    resolved.exampleSource = schema.exampleSource ?? resolved.exampleSource
    resolved.renamedFrom = schema.renamedFrom ?? resolved.renamedFrom
    note(renamesIn: schema)
    resolved.isReadOnly = resolved.isReadOnly || schema.isReadOnly
    resolved.isWriteOnly = resolved.isWriteOnly || schema.isWriteOnly
    if schema.isReadOnly && schema.isWriteOnly {
      diagnostics.error(
        .contradiction, at: schema.keys["writeOnly"] ?? schema.place,
        "a value cannot be both \"readOnly\" and \"writeOnly\"; keep one of the two")
    }
    switch resolved.kind {
    case .object, .enumeration, .choice:
      if resolved.typeName == nil {
        resolved.typeName = name
        // A schema that is merged into another one is met again there.
        if !isDeclared && !isHidden && inlineTypes.insert(schema.pointer + " " + name).inserted {
          typeNames.take(
            name, for: "the schema at \(schema.pointer)", at: schema.place,
            advice: "give it an \"x-swift-name\"", &diagnostics)
        }
      }
    default: break
    }
    return resolved
  }

  /// - Parameter schema: flattened.
  private mutating func meaning(of schema: OpenAPI.Schema, as name: String, isHidden: Bool) -> ResolvedSchema? {
    if schema.isNever {
      diagnostics.error(
        .unsupportedSchema, at: schema.place, "the schema \"false\" takes no value at all; remove what it stands for")
      return nil
    }
    if let reference = schema.reference {
      guard let name = declaredSchema(reference) else { return nil }
      return ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: .reference(name))
    }
    if let reason = schema.reasonBeyondStructs { return beyondStructs(schema, reason) }
    if schema.anyOf != nil || schema.oneOf != nil { return choice(schema, as: name, isHidden: isHidden) }
    if let discriminator = schema.discriminator {
      let heirs = heirs(of: schema)
      if heirs.count > 1 { return family(schema, of: heirs, as: name, isHidden: isHidden) }
      diagnostics.warning(
        .keywordMismatch, at: schema.keys["discriminator"] ?? discriminator.place,
        "the discriminator has nothing to tell apart: there is no \"oneOf\" or \"anyOf\" beside it, and no two schemas have this one in their \"allOf\"; add one, or remove it"
      )
    }
    return SchemaReading(schema: schema, name: name, isHidden: isHidden).resolve(&self)
  }

  /// The key of `components/schemas` that a reference names.
  mutating func declaredSchema(_ reference: Located<String>) -> String? {
    if let name = Self.schemaName(reference.value), schemaIndex[name] != nil { return name }
    return component(reference, "schemas", names: document.components.schemas.map(\.name.value))
  }

  /// The key of a section of `components` that a reference names.
  mutating func component(_ reference: Located<String>, _ kind: String, names: [String]) -> String? {
    guard let name = Self.componentName(reference.value, kind) else {
      let isLocal = reference.value.hasPrefix("#")
      diagnostics.error(
        .unsupportedReference, at: reference.place,
        isLocal
          ? "a reference here must be to \"#/components/\(kind)/NAME\", not to \"\(reference.value)\""
          : "a reference out of this file (\"\(reference.value)\") is not supported by SpecGen; copy what it names into \"#/components/\(kind)\""
      )
      return nil
    }
    if names.contains(name) { return name }
    if isWritten("#/components/\(kind)/\(name.asPointerToken)") { return nil }
    diagnostics.error(
      .unknownReference, at: reference.place,
      "there is no \"\(name)\" in \"#/components/\(kind)\""
        + Suggestion.text(for: name, among: names, else: "; add it or correct the name"))
    return nil
  }
}
