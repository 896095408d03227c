/// A pattern as a regular expression of JavaScript: what the runtime reads more freely than ECMA-262's `u` flag does is
/// spelt out.
struct ClientPattern {
  private var scalars: ArraySlice<Unicode.Scalar>
  private var text = ""

  /// The literal of a pattern that can be used.
  static func literal(_ pattern: String) -> String {
    var writer = ClientPattern(scalars: Array(pattern.unicodeScalars)[...])
    while let scalar = writer.scalars.popFirst() { writer.write(scalar) }
    return "/\(writer.text.isEmpty ? "(?:)" : writer.text)/u"
  }

  private static let syntax: Set<Unicode.Scalar> = [
    "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/",
  ]

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\\": text += escape(inClass: false)
    case "[": writeClass()
    case "(" where scalars.starts(with: "?<".unicodeScalars) && !["=", "!"].contains(scalars.dropFirst(2).first):
      // A name means nothing without references, and must not occur twice.
      _ = through(">")
      text += "(?:"
    case "{" where "0"..."9" ~= scalars.first ?? " ": text += "{" + through("}")
    case "{", "}", "]": text += "\\\(scalar)"
    default: text += plain(scalar)
    }
  }

  private mutating func writeClass() {
    text += "["
    if scalars.first == "^" { text.unicodeScalars.append(scalars.removeFirst()) }
    while let scalar = scalars.first, scalar != "]" {
      let first = classAtom()
      text += first
      guard scalars.first == "-", let next = scalars.dropFirst().first, next != "]" else { continue }
      scalars.removeFirst()
      let last = classAtom()
      // Beside a class such as `\w` a hyphen is one.
      text += (isSet(first) || isSet(last) ? "\\-" : "-") + last
    }
    _ = scalars.popFirst()
    text += "]"
  }

  private mutating func classAtom() -> String {
    guard let scalar = scalars.popFirst() else { return "" }
    if scalar == "\\" { return escape(inClass: true) }
    return scalar == "-" ? "\\-" : plain(scalar)
  }

  private func isSet(_ atom: String) -> Bool {
    guard atom.hasPrefix("\\"), let letter = atom.dropFirst().first else { return false }
    return "dDwWsSpP".contains(letter)
  }

  /// What a backslash and that which follows it are written as.
  private mutating func escape(inClass: Bool) -> String {
    guard let scalar = scalars.popFirst() else { return "" }
    if ClientPattern.syntax.contains(scalar) || inClass && scalar == "-" { return "\\\(scalar)" }
    guard scalar.properties.isAlphabetic || "0"..."9" ~= scalar else { return plain(scalar) }
    let hasBraces = ["p", "P", "u"].contains(scalar) && scalars.first == "{"
    return "\\\(scalar)" + (hasBraces ? through("}") : "")
  }

  /// What stands up to a character, which is the last of it.
  private mutating func through(_ end: Unicode.Scalar) -> String {
    var passed = ""
    while let scalar = scalars.popFirst() {
      passed.unicodeScalars.append(scalar)
      if scalar == end { break }
    }
    return passed
  }

  /// A character that stands for itself, as it can stand in a literal.
  private func plain(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "/": "\\/"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\u{2028}", "\u{2029}", "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FEFF}":
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }
}
