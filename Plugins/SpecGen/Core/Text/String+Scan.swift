import Glibc

/// Questions that are asked of every text of a document, answered by the C library: a debug build answers them as fast.
extension String {
  /// ASCII without its control characters.
  static let printable = String((0x20..<0x7F).map { Character(Unicode.Scalar($0)) })

  /// Whether none of these ASCII characters is in the text, and no U+0000 either.
  func isFree(of characters: String) -> Bool {
    withCString { text in characters.withCString { strcspn(text, $0) } } == utf8.count
  }

  /// Whether another text, which has no U+0000, stands in this one.
  func contains(text other: String) -> Bool {
    withCString { start in
      other.withCString { other in
        var offset = 0
        while offset <= utf8.count {
          if strstr(start + offset, other) != nil { return true }
          offset += strlen(start + offset) + 1
        }
        return false
      }
    }
  }

  /// Whether the text consists of these ASCII characters alone.
  func consists(of characters: String) -> Bool {
    withCString { text in characters.withCString { strspn(text, $0) } } == utf8.count
  }

  /// The text with another one in place of every Unicode scalar but for these ASCII characters, which stay.
  func replacing(allBut characters: String, with replacement: (Unicode.Scalar) -> String) -> String {
    var result = ""
    let end = utf8.count
    withCString { text in
      var offset = 0
      while offset < end {
        let plain = characters.withCString { strspn(text + offset, $0) }
        if plain > 0 {
          result += String(decoding: UnsafeRawBufferPointer(start: text + offset, count: plain), as: UTF8.self)
          offset += plain
        } else {
          let scalar = unicodeScalars[utf8.index(startIndex, offsetBy: offset)]
          result += replacement(scalar)
          offset += UTF8.width(scalar)
        }
      }
    }
    return result
  }
}
