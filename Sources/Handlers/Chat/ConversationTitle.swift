/// The title of a conversation that nobody named: the start of its first message.
enum ConversationTitle {
  static let untitled = "New conversation"

  /// At most 60 characters, cut at a word, on one line.
  static func of(_ message: String) -> String {
    let words = message.split(whereSeparator: \.isWhitespace)
    var title = ""
    for word in words {
      guard title.count + 1 + word.count <= limit else { break }
      title += title.isEmpty ? String(word) : " " + word
    }
    if title.isEmpty { title = words.first.map { String($0.prefix(limit)) } ?? untitled }
    return title
  }

  private static let limit = 60
}
