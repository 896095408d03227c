/// Questions about the conversation itself.
struct Recall {
  let memory: ConversationMemory

  func answer(to sentence: Sentence) -> String? {
    if ["summarize", "summarise", "summary", "recap"].contains(where: sentence.has) { return summary }
    if sentence.contains("did you say") || sentence.contains("did you answer") {
      return memory.lastAnswer.map { "I said: “\(Self.quote($0))”" } ?? "I have not said anything yet."
    }
    let verbs = ["say", "ask", "tell you", "write", "mention"]
    if verbs.contains(where: { sentence.contains("did i " + $0) || sentence.contains("did i just " + $0) }) {
      let message = sentence.has("first") ? memory.earlier.first : memory.earlier.last
      guard let message else { return "This is the first message of our conversation." }
      return "You wrote: “\(Self.quote(message))”"
    }
    return nil
  }

  /// The sentence said earlier that shares most words of meaning with a question.
  func related(to question: Sentence) -> String? {
    let wanted = Set(question.keys.filter(Self.hasMeaning))
    var best: (score: Int, text: String)?
    for sentence in memory.earlier.flatMap(Sentence.split) where !sentence.isQuestion {
      let score = wanted.intersection(sentence.keys).count
      if score > 0, score >= best?.score ?? 1 { best = (score, sentence.text) }
    }
    return best.map { Self.quote($0.text) }
  }

  private var summary: String {
    if memory.earlier.isEmpty { return "We have only just started: there is nothing to sum up yet." }
    let quoted = memory.earlier.suffix(5).map { "“\(Self.quote($0))”" }
    let count = memory.earlier.count
    let opening = count == 1 ? "You wrote one message: " : "You wrote \(count) messages, lately: "
    return opening + quoted.joined(separator: ", ") + "." + (memory.summary.map { " " + $0 } ?? "")
  }

  /// At most 120 characters, cut at a word.
  static func quote(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if line.count <= 120 { return line }
    let cut = line.prefix(120)
    return (cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut) + "…"
  }

  private static let wordsWithoutMeaning: Set = [
    "about", "does", "from", "have", "that", "their", "there", "they", "this", "what", "when", "where", "which", "will",
    "with", "would", "your", "could", "should", "tell", "know", "please",
  ]

  private static func hasMeaning(_ word: String) -> Bool {
    word.count > 3 && !wordsWithoutMeaning.contains(word)
  }
}
