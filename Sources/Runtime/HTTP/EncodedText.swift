/// A text as it stands in a request: it is cut where its style says, and decoded after that, so that a separator within
/// a value is none.
struct EncodedText: Sendable {
  /// What the bytes mean.
  enum Coding: Sendable {
    /// Percent-encoding (RFC 3986 §2.1).
    case percent
    /// Percent-encoding with `+` for a space (WHATWG URL §5.1).
    case form
    /// Themselves; space around parts says nothing (RFC 9110 §5.6.1).
    case field
    /// Themselves.
    case plain
  }

  let text: Substring
  let coding: Coding

  /// What the text says; nil when it is not encoded well.
  var decoded: String? {
    switch coding {
    case .percent: PercentEncoding.decode(text.utf8)
    case .form: PercentEncoding.decode(text.utf8, plusIsSpace: true)
    case .field: String(text.trimmedSpace)
    case .plain: String(text)
    }
  }

  /// The parts between separators; one part when there is none.
  func split(at separator: UInt8) -> [EncodedText] {
    text.utf8.split(separator: separator, omittingEmptySubsequences: false).map {
      EncodedText(text: Substring($0), coding: coding)
    }
  }

  /// The parts between separators that may be percent-encoded themselves, as a space and a `|` in a URL must be.
  ///
  /// - Parameter encoded: the two digits, in capitals.
  func split(at separator: UInt8, orEncoded encoded: StaticString) -> [EncodedText] {
    var parts: [EncodedText] = []
    let bytes = text.utf8
    var start = bytes.startIndex
    var index = start
    func cut(to next: Substring.Index) {
      parts.append(EncodedText(text: text[start..<index], coding: coding))
      start = next
      index = next
    }
    while index < bytes.endIndex {
      let byte = bytes[index]
      let next = bytes.index(after: index)
      if byte == separator || (byte == UInt8(ascii: "+") && separator == UInt8(ascii: " ") && coding == .form) {
        cut(to: next)
      } else if byte == UInt8(ascii: "%"), coding != .plain, bytes[next...].prefix(2).isDigits(encoded) {
        cut(to: bytes.index(next, offsetBy: 2))
      } else {
        index = next
      }
    }
    cut(to: index)
    return parts
  }

  /// Name and value around the first `=`; nil when there is none.
  var pair: (name: EncodedText, value: EncodedText)? {
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return (
      EncodedText(text: text[..<mark], coding: coding),
      EncodedText(text: text[text.utf8.index(after: mark)...], coding: coding)
    )
  }

  /// What follows a prefix; nil when the text does not begin with it.
  func dropping(_ prefix: some StringProtocol) -> EncodedText? {
    guard text.utf8.starts(with: prefix.utf8) else { return nil }
    return EncodedText(text: Substring(text.utf8.dropFirst(prefix.utf8.count)), coding: coding)
  }
}

extension Substring.UTF8View {
  /// Whether the bytes are two hexadecimal digits, whose letters may be small.
  fileprivate func isDigits(_ digits: StaticString) -> Bool {
    digits.withUTF8Buffer { digits in
      elementsEqual(digits) { byte, digit in
        byte == digit || (digit >= UInt8(ascii: "A") && byte == digit | 0x20)
      }
    }
  }
}
