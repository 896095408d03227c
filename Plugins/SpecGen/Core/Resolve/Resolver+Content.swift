extension Resolver {
  mutating func unsupported(_ media: OpenAPI.MediaType, _ what: String, _ supported: [String]) {
    diagnostics.error(
      .unsupportedValue, at: media.name.place,
      "the media type \"\(media.name.value)\" of \(what) is not supported by SpecGen"
        + Suggestion.text(
          for: media.name.value, among: supported,
          else: "; use \(supported.map { "\"\($0)\"" }.joined(separator: " or "))"))
  }

  /// As ``schema(of:_:isHidden:)``, with the first name that no other body or answer of the operation has used.
  mutating func schema(
    of media: OpenAPI.MediaType, firstFreeOf names: @autoclosure () -> [String]
  ) -> ResolvedSchema? {
    // What is declared has a name.
    if let source = media.schema, source.reference != nil, source.isFlat { return schema(of: media, "") }
    let names = names()
    let name = names.first { !contentNames.contains($0) } ?? names[0]
    let count = inlineTypes.count
    defer { if inlineTypes.count > count { contentNames.insert(name) } }
    return schema(of: media, name)
  }

  /// Says that a schema is documentation only, since nothing reads or writes values of it in such a media type.
  mutating func tellUnread(_ media: OpenAPI.MediaType, _ what: String) {
    diagnostics.warning(
      .unsupportedSchema, at: media.schema?.place ?? media.name.place,
      "\"\(media.name.value)\" is \(what) to SpecGen, so that this schema is documentation and nothing is checked; write \"{type: string\(what == "bytes" ? ", format: binary" : "")}\", or use a media type of JSON"
    )
  }

  /// The schema of a body or response in one media type; any JSON value where none is written.
  mutating func schema(
    of media: OpenAPI.MediaType, _ name: String, isHidden: Bool = false
  ) -> ResolvedSchema? {
    guard let source = media.schema else {
      return ResolvedSchema(place: media.name.place, pointer: "", kind: .json)
    }
    if let known = shared[source.pointer] { return known }
    guard let resolved = self.schema(source, as: name, isHidden: isHidden) else { return nil }
    let name = MediaTypeName(media.name.value)
    if isNullable(resolved), !name.isJSON, !name.isLines {
      diagnostics.error(
        .unsupportedSchema, at: source.place,
        "nothing in \"\(media.name.value)\" says null, which this schema allows; remove it, or use \"application/json\""
      )
    }
    shared[source.pointer] = resolved
    for example in media.examples { check(example, is: resolved, .invalidExample) }
    return resolved
  }
}
