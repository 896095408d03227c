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
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) } && labels.allSatisfy(isLabel)
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard 1...63 ~= label.count, label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return false }
    return label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
  }

  private static func isAtomText(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  /// Whether a text is a URI (RFC 3986 §3): a scheme, a colon, and only characters that a URI may have.
  package static func isURI(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, isLetter(bytes[0]) else { return false }
    guard bytes[..<colon].allSatisfy({ isAlphanumeric($0) || "+-.".utf8.contains($0) }) else { return false }
    var index = colon + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2]) else {
          return false
        }
        index += 2
      } else if !isAlphanumeric(bytes[index]), !"-._~:/?#[]@!$&'()*+,;=".utf8.contains(bytes[index]) {
        return false
      }
      index += 1
    }
    return bytes.count(where: { $0 == UInt8(ascii: "#") }) <= 1
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
  }
}
