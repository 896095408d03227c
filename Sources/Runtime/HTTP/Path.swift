/// The path of a request, cut at its slashes (RFC 3986 §3.3).
public struct Path: Sendable {
  /// One segment; string literals are patterns for it in a `switch`.
  public struct Segment: Sendable, Hashable {
    /// As it was sent.
    let encoded: Substring

    /// Percent-decoded (RFC 3986 §2.1); nil when that cannot be done.
    public var text: String? { PercentEncoding.decode(encoded.utf8) }

    /// Whether nothing stands between the slash and the path's end.
    public var isEmpty: Bool { encoded.isEmpty }

    /// Whether the text is another one than what was sent; most are the same, and need no decoding to be compared.
    fileprivate var isEncoded: Bool { encoded.utf8.contains(UInt8(ascii: "%")) }
  }

  private let segments: [Segment]

  /// Cuts a path such as `/chat/send`; nil when it does not begin with a slash or has an empty segment, since there is
  /// nothing at such a path.
  ///
  /// - Parameter mayEndInSlash: whether the last segment may be empty, as in `/chat/`.
  public init?(_ path: Substring, mayEndInSlash: Bool = false) {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    let rest = path.dropFirst()
    if rest.isEmpty {
      segments = []
      return
    }
    var segments: [Segment] = []
    segments.reserveCapacity(4)
    for part in rest.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.isEmpty, !mayEndInSlash || part.endIndex < rest.endIndex || segments.isEmpty { return nil }
      segments.append(Segment(encoded: Substring(part)))
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
  guard let segment else { return false }
  return literal.withUTF8Buffer { literal in
    segment.isEncoded
      ? segment.text?.utf8.elementsEqual(literal) ?? false : segment.encoded.utf8.elementsEqual(literal)
  }
}
