/// The path of a request, cut at its slashes and percent-decoded (RFC 3986 §2.1, §3.3).
public struct Path: Sendable {
  /// One segment; string literals are patterns for it in a `switch`.
  public struct Segment: Sendable, Hashable {
    /// Percent-decoded; nil when that cannot be done.
    public let text: String?
    /// As it was sent.
    let encoded: Substring
  }

  private let segments: [Segment]

  /// Cuts a path such as `/chat/send`; nil when it does not begin with a slash or has an empty segment, since there is
  /// nothing at such a path.
  public init?(_ path: Substring) {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    let rest = path.dropFirst()
    if rest.isEmpty {
      segments = []
      return
    }
    var segments: [Segment] = []
    segments.reserveCapacity(4)
    for part in rest.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.isEmpty { return nil }
      segments.append(Segment(text: PercentEncoding.decode(part), encoded: Substring(part)))
    }
    self.segments = segments
  }

  /// The number of segments; 0 for `/`.
  public var count: Int { segments.count }

  /// A segment, from 0; nil behind the last one.
  public subscript(index: Int) -> Segment? {
    index < segments.count ? segments[index] : nil
  }
}

/// Lets a string literal be a pattern for a segment that may be missing.
public func ~= (literal: StaticString, segment: Path.Segment?) -> Bool {
  guard var text = segment?.text, text.utf8.count == literal.utf8CodeUnitCount else { return false }
  return literal.withUTF8Buffer { literal in text.withUTF8 { $0.elementsEqual(literal) } }
}
