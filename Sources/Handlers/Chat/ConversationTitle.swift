/// The title of a conversation that nobody named: the start of its first message.
enum ConversationTitle {
  static let untitled = "New conversation"

  /// At most 60 Unicode scalars, which is how the database counts, cut at a word, on one line.
  static func of(_ message: String) -> String {
    let words = message.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return untitled }
    var title = start(of: first)
    for word in words.dropFirst() {
      let longer = title + " " + word
      guard longer.unicodeScalars.count <= limit else { break }
      title = longer
    }
    return title.isEmpty ? untitled : title
  }

  /// As many whole characters of a word as fit.
  private static func start(of word: Substring) -> String {
    var room = limit
    return String(
      word.prefix { character in
        room -= character.unicodeScalars.count
        return room >= 0
      })
  }

  private static let limit = 60
}
