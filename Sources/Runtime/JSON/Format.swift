/// Formats of strings that are checked by hand.
package enum Format {
  /// Whether a text is an email address as people have them.
  ///
  /// A local part of dots between atoms (RFC 5322 §3.2.3, characters beyond ASCII included as in RFC 6531), at most 64
  /// bytes, and a domain of labels (letters, digits, inner hyphens, characters beyond ASCII), at most 255 bytes. Quoted
  /// local parts, comments and address literals are refused; whether mail arrives only a mail can tell.
  package static func isEmail(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at <= 64, bytes.count - at - 1 <= 255 else { return false }
    let atoms = bytes[..<at].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let labels = bytes[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
      && labels.allSatisfy { isLabel($0) { isAlphanumeric($0) || $0 >= 0x80 } }
  }

  /// Whether a text is a host name (RFC 1123 §2.1): labels of at most 63 bytes, 253 altogether.
  ///
  /// A label with hyphens at its third and fourth place is one of RFC 5890 §2.3.1, which must be `xn--` and more.
  package static func isHostname(_ text: String) -> Bool {
    let labels = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return text.utf8.count <= 253
      && labels.allSatisfy { label in
        guard isLabel(label, isAlphanumeric) else { return false }
        guard label.dropFirst(2).starts(with: "--".utf8) else { return true }
        return label.count > 4 && label.prefix(2).elementsEqual("xn".utf8) { $0 | 0x20 == $1 }
      }
  }

  /// Whether a text is Base64 (RFC 4648 §4) with its padding.
  package static func isBase64(_ text: String) -> Bool {
    let bytes = text.utf8
    let digits = bytes.prefix { isAlphanumeric($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    let padding = bytes.dropFirst(digits.count)
    return bytes.count % 4 == 0 && padding.count <= 2 && padding.allSatisfy { $0 == UInt8(ascii: "=") }
  }

  /// RFC 3339 appendix A.
  static let duration: Pattern = {
    let time = #"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"#
    let date = #"(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)"#
    return Pattern("^P(?:\(date)(?:\(time))?|\(time)|\\d+W)$")
  }()

  /// RFC 6901 §3.
  static let jsonPointer = Pattern("^(?:/(?:[^~/]|~[01])*)*$")

  static let relativeJSONPointer = Pattern("^(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)$")

  /// RFC 6570 §2.
  static let uriTemplate: Pattern = {
    let character = "(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})"
    let variable = #"\#(character)(?:\.?\#(character))*(?:\*|:[1-9][0-9]{0,3})?"#
    let expression = #"\{[+#./;?&=,!@|]?\#(variable)(?:,\#(variable))*\}"#
    return Pattern("^(?:[^\\x00-\\x20\\x7f\"%<>\\\\^`{|}]|%[0-9A-Fa-f]{2}|\(expression))*$")
  }()

  private static func isLabel(_ label: ArraySlice<UInt8>, _ isMember: (UInt8) -> Bool) -> Bool {
    guard 1...63 ~= label.count, label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return false }
    return label.allSatisfy { isMember($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isAtomText(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
  }
}
