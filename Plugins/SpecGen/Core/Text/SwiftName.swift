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
    let lower = word.lowercased()
    if initialisms.contains(lower) { return lower == "ids" ? "IDs" : lower.uppercased() }
    return word.prefix(1).uppercased() + word.dropFirst()
  }

  /// Split at everything that is no letter or digit, and where capitals begin a word: `operationId`, `HTTPServer`.
  static func words(of name: String) -> [String] {
    let isShouting = !name.contains { $0.isLowercase }
    var words: [String] = []
    for part in name.split(whereSeparator: { !isLetterOrNumber($0) }) {
      let text = isShouting && name.count > 1 ? part.lowercased() : String(part)
      guard text.contains(where: { $0.isUppercase }) else {
        words.append(text)
        continue
      }
      let letters = Array(text)
      var start = 0
      for index in letters.indices.dropFirst() {
        let afterLower = letters[index].isUppercase && !letters[index - 1].isUppercase
        let beforeLower =
          letters[index].isUppercase && index + 1 < letters.count && letters[index + 1].isLowercase
        if afterLower || (beforeLower && index > start) {
          words.append(String(letters[start..<index]))
          start = index
        }
      }
      words.append(String(letters[start...]))
    }
    return words
  }

  private static func isLetterOrNumber(_ character: Character) -> Bool {
    // Most are ASCII, and of those no table of Unicode's needs to be asked.
    guard let byte = character.asciiValue else { return character.isLetter || character.isNumber }
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
    default: return false
    }
  }
}
