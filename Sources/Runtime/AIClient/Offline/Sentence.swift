/// One sentence of a message, and its words in lower case to be matched.
struct Sentence: Sendable, Hashable {
  /// As written, without white space at the ends.
  let text: String
  /// As written, without punctuation at their ends; contractions taken apart.
  let words: [String]
  /// `words` in lower case.
  let keys: [String]

  init(_ text: some StringProtocol) {
    self.text = text.trimmed
    words = text.split(whereSeparator: \.isWhitespace).flatMap { Self.expand(Self.bare(String($0))) }
    keys = words.map { $0.lowercased() }
  }

  /// How many sentences of a message are looked at. Facts stand at its beginning; a pasted book is not searched.
  private static let limit = 50

  /// The first sentences of a text. A full stop between two digits or letters ends none.
  static func split(_ text: String) -> [Sentence] {
    var sentences: [Sentence] = []
    var current = ""
    var characters = text[...]
    while sentences.count < limit, let character = characters.popFirst() {
      if character.isNewline {
        sentences.append(Sentence(current))
        current = ""
        continue
      }
      current.append(character)
      let isEnd = characters.first.map { $0.isWhitespace } ?? true
      if isEnd, ".!?。！？".contains(character) {
        sentences.append(Sentence(current))
        current = ""
      }
    }
    sentences.append(Sentence(current))
    return sentences.filter { !$0.text.isEmpty }
  }

  private static let questionWords: Set = [
    "what", "who", "where", "when", "why", "how", "which", "whose", "is", "are", "do", "does", "did", "can", "could",
    "will", "would",
  ]

  var isQuestion: Bool {
    text.hasSuffix("?") || text.hasSuffix("？") || keys.first.map(Self.questionWords.contains) ?? false
  }

  func has(_ word: String) -> Bool { keys.contains(word) }

  /// Whether the words stand in the sentence, one after the other.
  func contains(_ phrase: String) -> Bool {
    range(of: phrase) != nil
  }

  /// What follows the phrase, as written; nil where the phrase is missing or nothing follows.
  func rest(after phrase: String) -> String? {
    guard let range = range(of: phrase), range.upperBound < words.count else { return nil }
    return words[range.upperBound...].joined(separator: " ")
  }

  private func range(of phrase: String) -> Range<Int>? {
    let phrase = phrase.split(separator: " ")
    guard phrase.count <= keys.count else { return nil }
    for start in 0...(keys.count - phrase.count)
    where zip(keys[start...], phrase).allSatisfy({ $0.0 == $0.1 }) {
      return start..<(start + phrase.count)
    }
    return nil
  }

  private static func bare(_ word: String) -> String {
    let isPunctuation = { (character: Character) in ",;:.!?\"“”„«»()[]…".contains(character) }
    var word = word.drop(while: isPunctuation)
    while let last = word.last, isPunctuation(last) { word = word.dropLast() }
    return String(word).replacing("’", with: "'")
  }

  private static let contractions = [
    "i'm": " am", "i've": " have", "i'd": " would", "i'll": " will", "what's": " is", "who's": " is",
    "where's": " is", "when's": " is", "name's": " is", "it's": " is", "that's": " is", "you're": " are",
  ]

  private static func expand(_ word: String) -> [String] {
    if word.isEmpty { return [] }
    guard let second = contractions[word.lowercased()], let apostrophe = word.firstIndex(of: "'") else { return [word] }
    return [String(word[..<apostrophe]), String(second.dropFirst())]
  }
}
