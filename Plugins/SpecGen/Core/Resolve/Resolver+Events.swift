extension Resolver {
  /// The events of a `text/event-stream` response (OpenAPI 3.2 §4.14.4): each alternative of the item's schema is one.
  ///
  /// - Parameter name: the Swift type where the schema stands inline.
  mutating func events(_ media: OpenAPI.MediaType, _ name: String) -> ResolvedEvents? {
    guard let item = media.itemSchema else {
      diagnostics.error(
        .missingKey, at: media.name.place,
        "\"\(media.name.value)\" needs an \"x-itemSchema\" that says which events there are")
      return nil
    }
    guard let (schema, typeName) = eventSchema(item, name) else { return nil }
    if let known = eventTypes[schema.pointer] { return known }
    typeNames.take(
      typeName, for: "the events at \(schema.pointer)", at: schema.place, advice: "give them an \"x-swift-name\"",
      &diagnostics)
    var names = NameScope("the events of \(typeName)")
    let cases = alternatives(of: schema, as: typeName, depth: 0).compactMap { part in
      event(part, of: typeName, &names)
    }
    let events = ResolvedEvents(
      typeName: typeName, pointer: schema.pointer, title: schema.title, description: schema.description, cases: cases)
    eventTypes[schema.pointer] = events
    return events
  }

  /// What an item's schema refers to, and the name of its Swift type.
  private mutating func eventSchema(_ item: OpenAPI.Schema, _ name: String) -> (OpenAPI.Schema, String)? {
    var schema = item
    var name = item.swiftName?.value ?? name
    for _ in 0...schemaIndex.count where schema.isFlat {
      guard let reference = schema.reference else { break }
      guard let declared = declaredSchema(reference), let next = schemaIndex[declared] else { return nil }
      schema = next
      name = declaredTypeNames[declared] ?? name
    }
    return (schema, name)
  }

  /// The alternatives of alternatives, each with what stands beside them merged into it and without references.
  private mutating func alternatives(of schema: OpenAPI.Schema, as name: String, depth: Int) -> [OpenAPI.Schema] {
    guard let expanded = expanded(schema) else { return [] }
    guard expanded.oneOf != nil || expanded.anyOf != nil else { return [expanded] }
    guard depth < Self.greatestNesting else {
      diagnostics.error(
        .tooDeep, at: schema.place,
        "events are nested in more than \(Self.greatestNesting) choices; write them in one \"oneOf\"")
      return []
    }
    let written = (expanded.oneOf ?? expanded.anyOf)?.schemas ?? []
    return zip(written, parts(ofChoice: expanded, as: name)).flatMap { written, part in
      // A merge has no description of its own.
      let description = written.description ?? target(ofReferenceIn: written)?.description
      return alternatives(of: part, as: name, depth: depth + 1).map { alternative in
        var alternative = alternative
        alternative.description = alternative.description ?? description
        return alternative
      }
    }
  }

  private static let greatestNesting = 8

  private func target(ofReferenceIn schema: OpenAPI.Schema) -> OpenAPI.Schema? {
    schema.reference.flatMap { Self.schemaName($0.value) }.flatMap { schemaIndex[$0] }
  }

  // MARK: One event

  private static let eventFields = ["event", "data", "id", "retry"]

  private mutating func event(
    _ schema: OpenAPI.Schema, of typeName: String, _ names: inout NameScope
  ) -> ResolvedEvents.Case? {
    guard let properties = schema.properties, !properties.isEmpty else {
      diagnostics.error(
        .invalidEvent, at: schema.place,
        "an event is an object; write its properties, such as \"event: {const: NAME}\" and \"data: {type: string}\"")
      return nil
    }
    for property in properties where !Self.eventFields.contains(property.name.value) {
      diagnostics.error(
        .invalidEvent, at: property.name.place,
        "an event has no \"\(property.name.value)\""
          + Suggestion.text(
            for: property.name.value, among: Self.eventFields,
            else: "; it has \"event\", \"data\", \"id\" and \"retry\" (WHATWG HTML §9.2.6); put the value into \"data\""
          )
      )
    }
    var name: Located<String>?
    if let property = properties.first(where: { $0.name.value == "event" }) {
      guard let read = eventName(property) else { return nil }
      name = read
    }
    let swiftName = names.lowerCamel(name ?? Located("message", at: schema.place), &diagnostics)
    var payload = ResolvedEvents.Payload.none
    if let property = properties.first(where: { $0.name.value == "data" }) {
      guard let read = eventData(property, as: typeName + (SwiftName.upperCamel(swiftName) ?? "")) else { return nil }
      payload = read
    }
    return .init(
      name: name?.value, swiftName: swiftName, payload: payload, description: schema.description ?? schema.title)
  }

  private mutating func eventName(_ property: OpenAPI.Named<OpenAPI.Schema>) -> Located<String>? {
    guard let schema = expanded(property.value) else { return nil }
    guard let name = schema.texts.first, schema.texts.count == 1 else {
      diagnostics.error(
        .invalidEvent, at: property.value.place,
        "the name of an event must be one text, since each event is a case of its own; write \"const: NAME\", and an alternative for each name"
      )
      return nil
    }
    let place = schema.constant?.place ?? property.value.place
    if name.isEmpty || name.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) {
      diagnostics.error(
        .invalidEvent, at: place, "the name of an event is one line of text; write a word such as \"delta\"")
      return nil
    }
    return Located(name, at: place)
  }

  private mutating func eventData(
    _ property: OpenAPI.Named<OpenAPI.Schema>, as typeName: String
  ) -> ResolvedEvents.Payload? {
    guard let schema = expanded(property.value) else { return nil }
    let types = schema.types.map(\.value)
    if !types.isEmpty && types != ["string"] || schema.properties != nil || schema.items != nil {
      diagnostics.error(
        .invalidEvent, at: property.value.place,
        "\"data\" of an event is a text; write \"type: string\", and for JSON \"contentMediaType: application/json\" and the schema as \"contentSchema\""
      )
      return nil
    }
    if let text = schema.texts.first, schema.texts.count == 1 { return .constant(text) }
    guard let content = schema.contentSchema?.value else {
      return schema.contentMediaType.map { MediaTypeName($0.value).isJSON } ?? false ? .json(nil) : .text
    }
    guard let mediaType = schema.contentMediaType, MediaTypeName(mediaType.value).isJSON else {
      let message =
        "\"contentSchema\" says what JSON is in a text; write \"contentMediaType: application/json\" beside it"
      diagnostics.error(.invalidEvent, at: schema.contentMediaType?.place ?? content.place, message)
      return nil
    }
    guard let resolved = self.schema(content, as: typeName) else { return nil }
    if isNullable(resolved) {
      diagnostics.error(
        .invalidEvent, at: content.place,
        "data that may be null is not supported by SpecGen; leave \"data\" out of an event that has none")
    }
    return .json(resolved)
  }
}
