/// Names of the wire as Swift's API guidelines write them: `conversation_id` → `conversationID`.
enum SwiftName {
  private static let initialisms: Set<String> = [
    "api", "html", "http", "https", "id", "ids", "ip", "json", "jwt", "sql", "uri", "url", "uuid", "xml",
  ]

  /// `conversationID`; nil when no letter or digit is left.
  static func lowerCamel(_ name: String) -> String? {
    let words = words(of: name)
    guard let first = words.first else { return nil }
    return identifier(first.lowercased() + words.dropFirst().map(capitalized).joined())
  }

  /// `ConversationID`; nil when no letter or digit is left.
  static func upperCamel(_ name: String) -> String? {
    let words = words(of: name)
    return words.isEmpty ? nil : identifier(words.map(capitalized).joined())
  }

  /// The name of a text whose signs count: each that is no letter or digit by its Unicode name, as in `plusSign1` for
  /// `+1`, and `fullStop` for `.`.
  static func spelled(_ text: String) -> String? {
    lowerCamel(
      text.unicodeScalars.map { scalar in
        if Character(scalar).isLetter || Character(scalar).isNumber || scalar == "_" { return String(scalar) }
        return " \(scalar.properties.name?.lowercased() ?? "sign") "
      }.joined())
  }

  /// Whether Swift takes the text as a name as it is (keywords included: they can be quoted).
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return (first == "_" || first.properties.isXIDStart)
      && text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }

  /// Whether Swift takes the text as the name of a type: no keyword begins with a capital but those that are reserved.
  static func isType(_ text: String) -> Bool {
    isIdentifier(text) && text.first?.isLowercase == false && text != "_"
  }

  /// The first of some names that is not taken.
  static func free(_ candidates: String..., besides taken: [String]) -> String {
    candidates.first { !taken.contains($0) } ?? "\(candidates[0])Value"
  }

  private static func identifier(_ name: String) -> String {
    name.first?.isNumber == true ? "_" + name : name
  }

  private static func capitalized(_ word: String) -> String {
    // None is longer.
    let lower = word.utf8.count <= 5 ? word.lowercased() : ""
    if initialisms.contains(lower) { return lower == "ids" ? "IDs" : lower.uppercased() }
    return word.prefix(1).uppercased() + word.dropFirst()
  }

  /// Split at everything that is no letter or digit, and where capitals begin a word: `operationId`, `HTTPServer`.
  static func words(of name: String) -> [String] {
    var text = name
    // Most names are ASCII, and of its letters no table of Unicode's needs to be asked.
    if let words = text.withUTF8(words(ofASCII:)) { return words }
    let letters = Array(name)
    let isShouting = letters.count > 1 && !letters.contains { $0.isLowercase }
    var words = WordRanges(isShouting: isShouting)
    for letter in letters { words.read(.init(letter)) }
    words.finish()
    return words.ranges.map { isShouting ? String(letters[$0]).lowercased() : String(letters[$0]) }
  }

  /// Nil for a name that is not ASCII.
  private static func words(ofASCII name: UnsafeBufferPointer<UInt8>) -> [String]? {
    var isShouting = name.count > 1
    for byte in name {
      if byte >= 0x80 { return nil }
      if byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") { isShouting = false }
    }
    var words = WordRanges(isShouting: isShouting)
    for byte in name { words.read(.init(ascii: byte)) }
    words.finish()
    return words.ranges.map { range in
      let word = String(decoding: UnsafeBufferPointer(rebasing: name[range]), as: UTF8.self)
      return isShouting ? word.lowercased() : word
    }
  }
}
