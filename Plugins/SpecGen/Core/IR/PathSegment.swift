/// What stands between two slashes of a path.
enum PathSegment: Equatable, Sendable {
  case literal(String)
  /// The parameter's name as written; it fills the whole segment.
  case parameter(String)
  /// Text and parameters in turn: `{name}.json`.
  case mixed(SegmentTemplate)
}

/// A segment of text and parameters in turn, of which no two are side by side.
///
/// A parameter ends where the text behind it occurs first, and the last one where the text at the end begins; each has
/// one sign at least.
struct SegmentTemplate: Equatable, Sendable {
  /// What stands before the first parameter, between any two, and behind the last one: one more than parameters.
  var literals: [String]
  /// Their names as written.
  var parameters: [String]

  /// Whether a text is one of the template.
  func takes(_ text: String) -> Bool {
    guard let first = literals.first, let last = literals.last, text.hasPrefix(first) else { return false }
    var rest = text.dropFirst(first.count)
    guard rest.hasSuffix(last) else { return false }
    rest = rest.dropLast(last.count)
    for literal in literals.dropFirst().dropLast() {
      var end = rest.dropFirst()
      while !end.isEmpty, !end.hasPrefix(literal) { end = end.dropFirst() }
      if end.isEmpty { return false }
      rest = end.dropFirst(literal.count)
    }
    return !rest.isEmpty
  }

  /// Whether some text may be one of either; so it is unless their beginnings or their ends differ.
  func overlaps(_ other: SegmentTemplate) -> Bool {
    let (first, otherFirst) = (literals.first ?? "", other.literals.first ?? "")
    let (last, otherLast) = (literals.last ?? "", other.literals.last ?? "")
    return (first.hasPrefix(otherFirst) || otherFirst.hasPrefix(first))
      && (last.hasSuffix(otherLast) || otherLast.hasSuffix(last))
  }

  /// The text behind a parameter, as it is sent; empty for the last one, whose end is that of the segment.
  func end(of parameter: String) -> String {
    guard let index = parameters.firstIndex(of: parameter), index < parameters.count - 1 else { return "" }
    return Self.encoded(literals[index + 1])
  }

  /// A text as it is sent (RFC 3986 §3.3).
  static func encoded(_ text: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { text, byte in
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCII, scalar.properties.isAlphabetic || "0123456789-._~!$&'()*+,;=:@".unicodeScalars.contains(scalar)
      {
        text.unicodeScalars.append(scalar)
      } else {
        text += "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
      }
    }
  }
}

extension PathSegment {
  /// The names of its parameters, as written.
  var parameters: [String] {
    switch self {
    case .literal: []
    case .parameter(let name): [name]
    case .mixed(let template): template.parameters
    }
  }

  /// The segment with a text for each parameter.
  func text(
    literal: (String) -> String = { $0 }, _ parameter: (String) -> String
  ) -> String {
    switch self {
    case .literal(let text): literal(text)
    case .parameter(let name): parameter(name)
    case .mixed(let template):
      zip(template.literals, template.parameters).map { literal($0) + parameter($1) }.joined()
        + literal(template.literals.last ?? "")
    }
  }

  /// The segment without the names of its parameters: two of one shape are the same.
  var shape: String {
    switch self {
    case .literal(let text): text
    case .parameter: "{}"
    case .mixed(let template): template.literals.joined(separator: "{}")
    }
  }

  /// The place among others that take the same text (OpenAPI 3.1 §4.8.8.2): the more concrete one comes first.
  var rank: Int {
    switch self {
    case .literal: 0
    case .mixed: 1
    case .parameter: 2
    }
  }

  /// Whether a text is one of the segment.
  func takes(_ text: String) -> Bool {
    switch self {
    case .literal(let own): own == text
    case .parameter: true
    case .mixed(let template): template.takes(text)
    }
  }

  /// Whether some text may be one of either.
  func overlaps(_ other: PathSegment) -> Bool {
    switch (self, other) {
    case (.literal(let text), let other), (let other, .literal(let text)): other.takes(text)
    case (.mixed(let left), .mixed(let right)): left.overlaps(right)
    default: true
    }
  }
}
