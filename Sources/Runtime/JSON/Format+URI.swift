extension Format {
  /// What besides a URI is accepted.
  package struct URIKind: OptionSet, Sendable {
    package let rawValue: Int

    /// A reference, which may lack the scheme.
    package static let reference = URIKind(rawValue: 1)
    /// Characters beyond ASCII (RFC 3987).
    package static let international = URIKind(rawValue: 2)

    package init(rawValue: Int) {
      self.rawValue = rawValue
    }
  }

  /// Whether a text is a URI (RFC 3986 §3), or what `kind` allows besides.
  package static func isURI(_ text: String, _ kind: URIKind = []) -> Bool {
    var rest = Array(text.utf8)[...]
    let fragment = rest.cut(at: "#")
    let query = rest.cut(at: "?")
    let isMember = { (extra: StaticString) in { isPathText($0, extra, kind) } }
    for part in [query, fragment].compactMap(\.self) where !isEscaped(part, isMember("/?:@")) { return false }

    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), !rest[..<colon].contains(UInt8(ascii: "/")) {
      let scheme = rest[..<colon]
      guard let first = scheme.first, isLetter(first) else { return false }
      guard scheme.allSatisfy({ isAlphanumeric($0) || "+-.".utf8.contains($0) }) else { return false }
      rest = rest[(colon + 1)...]
    } else if !kind.contains(.reference) {
      return false
    }
    guard rest.starts(with: "//".utf8) else { return isEscaped(rest, isMember("/:@")) }
    rest = rest.dropFirst(2)
    let path = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    return isAuthority(rest[..<path], kind) && isEscaped(rest[path...], isMember("/:@"))
  }

  /// RFC 3986 §3.2.
  private static func isAuthority(_ authority: ArraySlice<UInt8>, _ kind: URIKind) -> Bool {
    var rest = authority
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      guard isEscaped(rest[..<at], { isPathText($0, ":", kind) }) else { return false }
      rest = rest[(at + 1)...]
    }
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let address = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
      guard isIPv6(address) || futureAddress.matches(address) else { return false }
      rest = rest[(end + 1)...]
      return rest.isEmpty || rest.first == UInt8(ascii: ":") && rest.dropFirst().allSatisfy(isDigit)
    }
    let port = rest.cut(at: ":") ?? []
    return port.allSatisfy(isDigit) && isEscaped(rest, { isPathText($0, "", kind) })
  }

  /// `unreserved`, `sub-delims` and some more.
  private static func isPathText(_ byte: UInt8, _ more: StaticString, _ kind: URIKind) -> Bool {
    isAlphanumeric(byte) || "-._~!$&'()*+,;=".utf8.contains(byte)
      || more.withUTF8Buffer { $0.contains(byte) } || byte >= 0x80 && kind.contains(.international)
  }

  /// Whether each byte is a member or begins a percent-encoded byte.
  private static func isEscaped(_ bytes: ArraySlice<UInt8>, _ isMember: (UInt8) -> Bool) -> Bool {
    var rest = bytes
    while let byte = rest.popFirst() {
      if isMember(byte) { continue }
      guard byte == UInt8(ascii: "%"), rest.count >= 2, rest.prefix(2).allSatisfy(isHexadecimal) else { return false }
      rest = rest.dropFirst(2)
    }
    return true
  }

  /// `IPvFuture`.
  private static let futureAddress = Pattern(#"^[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+$"#)
}

extension Format {
  /// Whether a text is four decimal numbers up to 255 without leading zeros, with dots between.
  package static func isIPv4(_ text: String) -> Bool {
    isIPv4(Array(text.utf8)[...])
  }

  private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
    let numbers = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return numbers.count == 4
      && numbers.allSatisfy { digits in
        guard 1...3 ~= digits.count, digits.allSatisfy(isDigit) else { return false }
        if digits.count > 1, digits.first == UInt8(ascii: "0") { return false }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
      }
  }

  /// Whether a text is an IPv6 address (RFC 4291 §2.2): eight groups, a run of zeros at most once as `::`, the last two
  /// groups perhaps an IPv4 address.
  package static func isIPv6(_ text: String) -> Bool {
    let colon = UInt8(ascii: ":")
    let bytes = Array(text.utf8)
    guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) else {
      return groups(bytes[...], mayEndInIPv4: true) == 8
    }
    let head = bytes[..<gap].isEmpty ? 0 : groups(bytes[..<gap], mayEndInIPv4: false)
    let tail = bytes[(gap + 2)...].isEmpty ? 0 : groups(bytes[(gap + 2)...], mayEndInIPv4: true)
    guard let head, let tail else { return false }
    return head + tail <= 7
  }

  /// How many groups of 16 bits a text has; nil when something else is between its colons.
  private static func groups(_ bytes: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
    var parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    if mayEndInIPv4, let last = parts.last, isIPv4(last) {
      parts.removeLast()
      count = 2
    }
    guard parts.allSatisfy({ 1...4 ~= $0.count && $0.allSatisfy(isHexadecimal) }) else { return nil }
    return count + parts.count
  }
}

extension ArraySlice<UInt8> {
  /// Cuts off what follows the first such character, which is dropped; nil when there is none.
  fileprivate mutating func cut(at character: Unicode.Scalar) -> ArraySlice<UInt8>? {
    guard let index = firstIndex(of: UInt8(ascii: character)) else { return nil }
    defer { self = self[..<index] }
    return self[(index + 1)...]
  }
}
