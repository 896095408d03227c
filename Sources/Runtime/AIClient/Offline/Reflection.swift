/// Turns a statement round to the one who made it, as Weizenbaum's ELIZA did.
enum Reflection {
  private static let turned = [
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are",
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "we": "you", "our": "your", "us": "you",
  ]

  /// - Parameter turn: chooses one of several ways to go on.
  static func answer(to sentence: Sentence, turn: Int) -> String {
    let reflected = reflect(sentence)
    // What is long or says nothing of the user reads badly when it is turned round.
    guard sentence.words.count <= 25, let first = sentence.keys.first, turned[first] != nil else {
      return [
        "I see. Tell me more about that.", "I will keep that in mind. What follows from it?",
        "Noted. What should I know about it besides?",
      ][turn % 3]
    }
    return [
      "So \(reflected). Tell me more.", "You say that \(reflected). What makes you say that?",
      "I understand that \(reflected). How do you feel about it?",
    ][turn % 3]
  }

  private static func reflect(_ sentence: Sentence) -> String {
    var words: [String] = []
    for (index, key) in sentence.keys.enumerated() {
      let follows = index > 0 ? sentence.keys[index - 1] : ""
      switch key {
      case "are" where follows == "you": words.append("am")
      case "was" where follows == "i": words.append("were")
      case "am" where follows != "i": words.append(sentence.words[index])
      default: words.append(turned[key] ?? sentence.words[index])
      }
    }
    return words.joined(separator: " ")
  }
}
