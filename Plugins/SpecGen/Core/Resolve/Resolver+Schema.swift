extension Resolver {
  /// Keys that say nothing about which values are allowed.
  private static let annotations: Set<String> = [
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
    "$comment", "$id", "$anchor", "$schema", "x-swift-name", "x-example-from", "x-renamed-from",
  ]

  /// What a schema means. `name` is the Swift type that it becomes when it needs one.
  mutating func schema(
    _ schema: OpenAPI.Schema, as name: String, isDeclared: Bool = false, isHidden: Bool = false
  ) -> ResolvedSchema? {
    var name = name
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
    case .object, .enumeration:
      if resolved.typeName == nil {
        resolved.typeName = name
        if !isDeclared && !isHidden {
          typeNames.take(
            name, for: "the schema at \(schema.pointer)", at: schema.place,
            advice: "give it an \"x-swift-name\"", &diagnostics)
        }
      }
    default: break
    }
    return resolved
  }

  private mutating func meaning(of schema: OpenAPI.Schema, as name: String, isHidden: Bool) -> ResolvedSchema? {
    if let reference = schema.reference { return self.reference(reference, in: schema) }
    if let all = schema.allOf {
      diagnostics.error(
        .unsupportedSchema, at: all.place,
        "\"allOf\" is not supported by SpecGen yet; write the properties of all parts into one schema")
      return nil
    }
    if schema.anyOf != nil && schema.oneOf != nil {
      diagnostics.error(
        .unsupportedSchema, at: schema.oneOf?.place ?? schema.place,
        "\"anyOf\" and \"oneOf\" together are not supported by SpecGen; keep one of the two")
      return nil
    }
    if let composition = schema.anyOf ?? schema.oneOf {
      return nullable(composition, in: schema, as: name, isHidden: isHidden)
    }
    return SchemaReading(schema: schema, name: name, isHidden: isHidden).resolve(&self)
  }

  private mutating func reference(_ reference: Located<String>, in schema: OpenAPI.Schema) -> ResolvedSchema? {
    for (key, place) in schema.keys.sorted(by: { $0.value.start < $1.value.start })
    where key != "$ref" && !Self.annotations.contains(key) {
      diagnostics.error(
        .unsupportedSchema, at: place,
        "\"\(key)\" beside \"$ref\" is not supported by SpecGen; write it into the schema that is referred to, or copy that schema here"
      )
      return nil
    }
    guard let name = declaredSchema(reference) else { return nil }
    return ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: .reference(name))
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

  /// `anyOf: [SCHEMA, {type: "null"}]`, in either order: the schema, or null.
  private mutating func nullable(
    _ composition: OpenAPI.Composition, in schema: OpenAPI.Schema, as name: String, isHidden: Bool
  ) -> ResolvedSchema? {
    let key = schema.anyOf == nil ? "oneOf" : "anyOf"
    for (other, place) in schema.keys.sorted(by: { $0.value.start < $1.value.start })
    where other != key && !Self.annotations.contains(other) {
      diagnostics.error(
        .unsupportedSchema, at: place,
        "\"\(other)\" beside \"\(key)\" is not supported by SpecGen; write it into its parts")
      return nil
    }
    let isNull = { (part: OpenAPI.Schema) in
      part.keys.keys.allSatisfy { $0 == "type" } && part.types.map(\.value) == ["null"]
    }
    let parts = composition.schemas.filter { !isNull($0) }
    guard composition.schemas.count == 2, parts.count == 1 else {
      diagnostics.error(
        .unsupportedSchema, at: composition.place,
        "of \"\(key)\" SpecGen supports only a schema or null: \"\(key): [SCHEMA, {type: 'null'}]\"; write one schema that holds the members of all, optional where they differ"
      )
      return nil
    }
    guard var resolved = self.schema(parts[0], as: name, isHidden: isHidden) else { return nil }
    resolved.isNullable = true
    return resolved
  }
}
