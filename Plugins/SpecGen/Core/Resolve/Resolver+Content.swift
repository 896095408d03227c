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
    if isNullable(resolved) {
      diagnostics.error(
        .unsupportedSchema, at: source.place, "a body that may be null is not supported by SpecGen; remove null")
    }
    shared[source.pointer] = resolved
    for example in media.examples { check(example, is: resolved, .invalidExample) }
    return resolved
  }
}
