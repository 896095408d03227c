import Glibc

/// Questions that are asked of every text of a document, answered by the C library: a debug build answers them as fast.
extension String {
  /// Whether none of these ASCII characters is in the text, and no U+0000 either.
  func isFree(of characters: String) -> Bool {
    withCString { text in characters.withCString { strcspn(text, $0) } } == utf8.count
  }

  /// Whether the text consists of these ASCII characters alone.
  func consists(of characters: String) -> Bool {
    withCString { text in characters.withCString { strspn(text, $0) } } == utf8.count
  }
}
