extension Resolver {
  /// A schema that no Swift type can say: a JSON value that the runtime checks. `reason` is what of it cannot be said:
  /// "two choices at once".
  mutating func beyondStructs(_ schema: OpenAPI.Schema, _ reason: Located<String>) -> ResolvedSchema? {
    var ruled = ruled ?? RuledSchemas(document.value)
    let use = ruled.use(of: schema.sources.isEmpty ? [schema.pointer] : schema.sources)
    self.ruled = ruled
    checkRequired(ofRuled: schema)
    guard let use else {
      diagnostics.error(
        .unsupportedSchema, at: reason.place,
        "no Swift type can say \(reason.value), and what was merged here is written nowhere as one schema; write it in one place"
      )
      return nil
    }
    if !diagnostics.contains(where: { $0.code == .jsonValue && $0.place == reason.place }) {
      diagnostics.note(
        .jsonValue, at: reason.place,
        "no Swift type can say \(reason.value), so this becomes a JSONValue that is checked as it is read")
    }
    return ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: .ruled(use))
  }

  /// `required` of a schema with `properties`, where no other keyword may bring in the property.
  private mutating func checkRequired(ofRuled schema: OpenAPI.Schema) {
    let others: Set = ["anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "patternProperties", "$dynamicRef"]
    guard let properties = schema.properties, others.isDisjoint(with: schema.keys.keys) else { return }
    SchemaReading(schema: schema, name: "", isHidden: true).checkRequired(properties.map(\.name.value), &self)
  }

  /// Where a schema is written: at its pointer, or where its parts are if it is a merge of several, which has the pointer
  /// of one of them.
  func sources(of schema: OpenAPI.Schema) -> [String] {
    guard let parts = schema.allOf?.schemas, parts.contains(where: { $0.pointer == schema.pointer }) else {
      return [schema.pointer]
    }
    return parts.flatMap { sources(of: $0) }
  }
}

extension OpenAPI.Schema {
  /// What of the schema no Swift type can say: `"not"`.
  var reasonBeyondStructs: Located<String>? {
    if let beyondStructs { return beyondStructs }
    if SchemaKeywords.seldom.isDisjoint(with: keys.keys) { return nil }
    for key in SchemaKeywords.beyondTypes {
      if let place = keys[key] { return Located("\"\(key)\"", at: place) }
    }
    return nil
  }
}
