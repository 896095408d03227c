/// A `.env` as dotenv users write it.
///
/// Lines of `NAME=value`, with or without `export`; comments at the start of a line and behind a blank; values in
/// single quotes as they stand, in double quotes with `\n`, `\r`, `\t`, `\"`, `\\` and `\$`, both over several lines;
/// `${NAME}` outside single quotes means the environment's variable or an earlier line's. The last line of a name wins.
struct DotEnv {
  struct Entry: Hashable {
    let name: String
    let value: String
    let line: Int
  }

  /// In the order of the file.
  private(set) var entries: [Entry] = []

  private var rest: Substring.UnicodeScalarView
  private var line = 1
  private let environment: [String: String]

  /// - Throws: `ConfigurationError` that names the line.
  init(_ text: String, environment: [String: String] = [:]) throws(ConfigurationError) {
    let plain = text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    rest = plain
    self.environment = environment
    while !rest.isEmpty { try readLine() }
  }

  private mutating func readLine() throws(ConfigurationError) {
    skipBlanks()
    guard let first = rest.first else { return }
    if first.isLineEnd {
      skipLineEnd()
      return
    }
    if first == "#" {
      skipToLineEnd()
      return
    }
    let start = line
    var name = readName()
    if name == "export", rest.first?.isBlank == true {
      skipBlanks()
      name = readName()
    }
    skipBlanks()
    guard !name.isEmpty, rest.first == "=" else {
      throw ConfigurationError(".env:\(start): expected NAME=value")
    }
    rest.removeFirst()
    let value = try readValue()
    entries.append(Entry(name: name, value: value, line: start))
  }

  private mutating func readName() -> String {
    let name = rest.prefix { $0 == "_" || $0 == "." || $0 == "-" || ($0.isASCII && $0.properties.isAlphanumeric) }
    rest = rest[name.endIndex...]
    return String(name)
  }

  private mutating func readValue() throws(ConfigurationError) -> String {
    let gap = rest.first?.isBlank == true
    skipBlanks()
    switch rest.first {
    case "'": return try readQuoted("'")
    case "\"": return try readQuoted("\"")
    case "#" where gap:
      skipToLineEnd()
      return ""
    default: return try readPlain()
    }
  }

  /// Up to the end of the line or a comment, which begins with a blank and `#`.
  private mutating func readPlain() throws(ConfigurationError) -> String {
    var value = ""
    var lastWasBlank = false
    while let scalar = rest.first, !scalar.isLineEnd {
      if scalar == "#", lastWasBlank { break }
      if scalar == "$", let expanded = try readReference() {
        value += expanded
      } else {
        value.unicodeScalars.append(scalar)
        rest.removeFirst()
      }
      lastWasBlank = scalar.isBlank
    }
    skipToLineEnd()
    while value.unicodeScalars.last?.isBlank == true { value.unicodeScalars.removeLast() }
    return value
  }

  private mutating func readQuoted(_ quote: Unicode.Scalar) throws(ConfigurationError) -> String {
    let start = line
    rest.removeFirst()
    var value = ""
    while let scalar = rest.first, scalar != quote {
      if scalar == "$", quote == "\"", let expanded = try readReference() {
        value += expanded
        continue
      }
      rest.removeFirst()
      if scalar == "\n" { line += 1 }
      if scalar == "\\", let next = rest.first, let meant = DotEnv.escape(next, in: quote) {
        rest.removeFirst()
        value.unicodeScalars.append(meant)
      } else {
        value.unicodeScalars.append(scalar)
      }
    }
    guard !rest.isEmpty else { throw ConfigurationError(".env:\(start): the closing \(quote) is missing") }
    rest.removeFirst()
    skipBlanks()
    if let scalar = rest.first, !scalar.isLineEnd, scalar != "#" {
      throw ConfigurationError(".env:\(line): only a comment may follow the closing \(quote)")
    }
    skipToLineEnd()
    return value
  }

  private static func escape(_ scalar: Unicode.Scalar, in quote: Unicode.Scalar) -> Unicode.Scalar? {
    switch (scalar, quote) {
    case (quote, _), ("\\", _): scalar
    case ("n", "\""): "\n"
    case ("r", "\""): "\r"
    case ("t", "\""): "\t"
    case ("$", "\""): "$"
    default: nil
    }
  }

  /// The value of `${NAME}`; nil when the dollar stands for itself.
  private mutating func readReference() throws(ConfigurationError) -> String? {
    let reference = rest.dropFirst()
    guard reference.first == "{", let end = reference.firstIndex(where: { $0 == "}" || $0.isLineEnd }),
      reference[end] == "}"
    else { return nil }
    let name = String(reference[reference.index(after: reference.startIndex)..<end])
    guard let value = environment[name] ?? entries.last(where: { $0.name == name })?.value else {
      throw ConfigurationError(".env:\(line): ${\(name)} is not set; write it in single quotes to mean it as it stands")
    }
    rest = rest[rest.index(after: end)...]
    return value
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0.isBlank }
  }

  private mutating func skipToLineEnd() {
    rest = rest.drop { !$0.isLineEnd }
    skipLineEnd()
  }

  private mutating func skipLineEnd() {
    guard let first = rest.popFirst() else { return }
    if first == "\r", rest.first == "\n" { rest.removeFirst() }
    line += 1
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" }
}

extension Unicode.Scalar.Properties {
  fileprivate var isAlphanumeric: Bool { isAlphabetic || numericType != nil }
}
