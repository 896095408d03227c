extension Resolver {
  /// `/a/{b}` in segments; nil after an error.
  mutating func segments(_ path: Located<String>) -> [PathSegment]? {
    var segments: [PathSegment] = []
    if path.value == "/" { return [] }
    let parts = path.value.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let text = String(part)
      // `/notes/` is another path than `/notes`.
      let isSlashAtEnd = part.isEmpty && index > 0 && index == parts.count - 1
      if part.isEmpty && !isSlashAtEnd || SegmentTemplate.isBroken(text) {
        diagnostics.error(
          .invalidValue, at: path.place,
          "a path has no empty segment within it, no \"?\", \"#\" or space; correct \"\(path.value)\"")
        return nil
      }
      guard let segment = segment(text, of: path) else { return nil }
      segments.append(segment)
    }
    var names: Set<String> = []
    for name in segments.flatMap(\.parameters) where !names.insert(name).inserted {
      diagnostics.error(
        .pathParameter, at: path.place, "the path names \"{\(name)}\" twice; give the second one another name")
      return nil
    }
    return segments
  }

  private mutating func segment(_ text: String, of path: Located<String>) -> PathSegment? {
    guard text.contains(where: { "{}".contains($0) }) else { return .literal(text) }
    guard let template = SegmentTemplate(text) else {
      diagnostics.error(
        .pathParameter, at: path.place,
        "the braces of \"\(text)\" do not pair; write a parameter as in \"{name}\"")
      return nil
    }
    if template.parameters.contains("") {
      diagnostics.error(
        .pathParameter, at: path.place, "a path parameter needs a name between the braces")
      return nil
    }
    if template.literals.dropFirst().dropLast().contains("") {
      diagnostics.error(
        .pathParameter, at: path.place,
        "nothing tells where the first parameter of \"\(text)\" ends; put text between the two, as in \"{a}-{b}\"")
      return nil
    }
    return template.literals == ["", ""] ? .parameter(template.parameters[0]) : .mixed(template)
  }

  /// Two segments of text and parameters that could take the same text behind the same beginning are an error, whatever
  /// follows them: the router decides a segment at a time, and which of the two is meant would be a guess.
  mutating func checkAmbiguity(
    _ path: Located<String>, _ segments: [PathSegment],
    besides others: [(path: Located<String>, segments: [PathSegment])]
  ) {
    for other in others {
      for (left, right) in zip(segments, other.segments) {
        guard left.overlaps(right) else { break }
        guard left.rank == 1, right.rank == 1, left.shape != right.shape else { continue }
        diagnostics.error(
          .duplicatePath, at: path.place,
          "one segment may be both that of \"\(path.value)\" and that of \"\(other.path.value)\"; let their texts begin or end with other signs",
          notes: [.init(place: other.path.place, message: "the other one is here")])
        return
      }
    }
  }
}

extension SegmentTemplate {
  /// A segment as it is written; nil when its braces do not pair.
  fileprivate init?(_ text: String) {
    self.init(literals: [], parameters: [])
    var rest = text[...]
    while let start = rest.firstIndex(of: "{") {
      guard let end = rest[start...].firstIndex(of: "}") else { return nil }
      literals.append(String(rest[..<start]))
      parameters.append(String(rest[rest.index(after: start)..<end]))
      rest = rest[rest.index(after: end)...]
    }
    literals.append(String(rest))
    if (literals + parameters).contains(where: { $0.contains { "{}".contains($0) } }) { return nil }
  }

  /// Whether a segment has, outside of its braces, what cannot be in a path.
  fileprivate static func isBroken(_ text: String) -> Bool {
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if depth <= 0, "?#".contains(character) || character.isWhitespace { return true }
    }
    return false
  }
}
