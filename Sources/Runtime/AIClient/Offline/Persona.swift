/// What the system prompt asks for, as far as rules can follow it: a name, and brevity.
struct Persona {
  /// How the assistant is to call itself.
  let name: String?
  /// How many sentences an answer may have.
  private let sentenceLimit: Int

  init(systemPrompts: [String]) {
    let sentences = systemPrompts.flatMap(Sentence.split)
    name = sentences.lazy.compactMap(Self.name).first
    if sentences.contains(where: { $0.contains("one sentence") || $0.contains("single sentence") }) {
      sentenceLimit = 1
    } else if sentences.contains(where: { sentence in
      ["brief", "briefly", "short", "concise", "concisely", "terse"].contains(where: sentence.has)
    }) {
      sentenceLimit = 2
    } else {
      sentenceLimit = .max
    }
  }

  /// The text within the limit.
  func shorten(_ text: String) -> String {
    let sentences = Sentence.split(text)
    if sentences.count <= sentenceLimit { return text }
    return sentences.prefix(sentenceLimit).map(\.text).joined(separator: " ")
  }

  /// "You are Marvin, …", "Your name is Marvin", "… an assistant called Marvin".
  private static func name(in sentence: Sentence) -> String? {
    for phrase in ["your name is", "you are", "named", "called"] {
      guard let word = sentence.rest(after: phrase)?.split(separator: " ").first,
        let initial = word.first, initial.isUppercase, word.contains(where: \.isLowercase)
      else { continue }
      return String(word)
    }
    return nil
  }
}
