/// Text and parameters of one segment in turn, such as `{name}.json`; a pattern for a segment in a `switch`.
///
/// The text is compared as it is sent, so that a percent-encoded sign belongs to a parameter (RFC 3986 §2.2). A parameter
/// ends where the text behind it occurs first, and the last one where the text at the end begins; each has one byte at
/// least.
public struct SegmentPattern: Sendable {
  private let literals: [String]

  /// What stands before the first parameter, between any two, and behind the last one, percent-encoded.
  public init(_ literals: String...) {
    self.literals = literals
  }

  /// What the parameters have of a segment, still encoded; nil for one that is not of the pattern.
  func parts(of segment: Path.Segment) -> [Substring]? {
    guard let first = literals.first, let last = literals.last else { return nil }
    var rest = segment.encoded.utf8
    guard rest.starts(with: first.utf8) else { return nil }
    rest = rest.dropFirst(first.utf8.count)
    guard rest.count > last.utf8.count, rest.suffix(last.utf8.count).elementsEqual(last.utf8) else { return nil }
    rest = rest.dropLast(last.utf8.count)
    // What looks like the text at the end is the end of `%2E`.
    if !last.isEmpty, rest.suffix(2).contains(UInt8(ascii: "%")) { return nil }
    var parts: [Substring] = []
    for literal in literals.dropFirst().dropLast() {
      guard let end = Self.end(of: rest, before: literal) else { return nil }
      parts.append(Substring(rest[..<end]))
      rest = rest[end...].dropFirst(literal.utf8.count)
    }
    if rest.isEmpty { return nil }
    return parts + [Substring(rest)]
  }

  /// Where a text occurs first behind one byte or an encoded one.
  private static func end(of rest: Substring.UTF8View, before literal: String) -> Substring.UTF8View.Index? {
    var end = rest
    while let byte = end.first {
      end = end.dropFirst(byte == UInt8(ascii: "%") ? 3 : 1)
      if end.starts(with: literal.utf8) { return end.startIndex }
    }
    return nil
  }
}

public func ~= (pattern: SegmentPattern, segment: Path.Segment?) -> Bool {
  segment.flatMap(pattern.parts) != nil
}
