/// References as RFC 3986 reads them, where a URI without a scheme is the path of a file.
enum URIReference {
  /// A reference in two: what is before `#`, and what is after it.
  static func split(_ reference: String) -> (resource: String, fragment: String) {
    guard let hash = reference.firstIndex(of: "#") else { return (reference, "") }
    return (String(reference[..<hash]), String(reference[reference.index(after: hash)...]))
  }

  static func hasScheme(_ uri: String) -> Bool {
    guard let colon = uri.firstIndex(of: ":"), let first = uri.first, first.isASCII, first.isLetter else {
      return false
    }
    return uri[..<colon].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  /// `reference`, which has no fragment, as seen from `base` (RFC 3986 §5.2).
  static func resolve(_ reference: String, from base: String) -> String {
    if reference.isEmpty { return base }
    if hasScheme(reference) { return reference }
    let (root, path) = root(of: base)
    if reference.hasPrefix("//"), let colon = root.firstIndex(of: ":") { return root[...colon] + reference }
    if reference.hasPrefix("/") { return root + normalized(reference) }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? (root.isEmpty ? "" : "/")
    return root + normalized(folder + reference)
  }

  /// A URI in two: `https://example.com` and `/a/b.yaml`, or nothing and a path.
  private static func root(of uri: String) -> (root: String, path: String) {
    guard hasScheme(uri), let colon = uri.firstIndex(of: ":") else { return ("", uri) }
    let rest = uri[uri.index(after: colon)...]
    guard rest.hasPrefix("//") else { return (String(uri[...colon]), String(rest)) }
    let path = rest.dropFirst(2).firstIndex(of: "/") ?? uri.endIndex
    return (String(uri[..<path]), String(uri[path...]))
  }

  /// A path without `.` and without `..` where something stands before it.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      if part == "." { continue }
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    let isFolder = !parts.isEmpty && (path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/.."))
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/") + (isFolder ? "/" : "")
  }

  /// `%20` is a space (RFC 3986 §2.1); what decodes to no text stays as it is.
  static func percentDecoded(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }

  /// The tokens of a JSON Pointer in a fragment: `/components/schemas/User`.
  static func tokens(ofPointer pointer: String) -> [String] {
    percentDecoded(pointer).split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      String($0).fromPointerToken
    }
  }
}
