extension Resolver {
  mutating func unsupported(_ media: OpenAPI.MediaType, _ what: String, _ supported: [String]) {
    diagnostics.error(
      .unsupportedValue, at: media.name.place,
      "the media type \"\(media.name.value)\" of \(what) is not supported by SpecGen"
        + Suggestion.text(
          for: media.name.value, among: supported,
          else: "; use \(supported.map { "\"\($0)\"" }.joined(separator: " or "))"))
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
