/// Greetings, thanks, farewells, and questions about the model itself.
struct SmallTalk {
  /// The user's.
  let name: String?
  let persona: Persona

  private static let greetings: Set = ["hi", "hello", "hey", "greetings", "moin", "hallo", "howdy"]
  private static let farewells: Set = ["bye", "goodbye", "cheerio", "ciao"]

  func answer(to sentence: Sentence) -> String? {
    let address = name.map { ", \($0)" } ?? ""
    if sentence.contains("how are you") { return "I am well, thank you\(address). How can I help?" }
    if let first = sentence.keys.first, Self.greetings.contains(first), sentence.keys.count <= 3 {
      return "Hello\(address)! How can I help?"
    }
    for part in ["morning", "afternoon", "evening"] where sentence.contains("good " + part) {
      return "Good \(part)\(address)!"
    }
    if sentence.has("thanks") || sentence.contains("thank you") { return "You are welcome\(address)." }
    if !Self.farewells.isDisjoint(with: sentence.keys) || sentence.contains("see you") {
      return "Goodbye\(address). This conversation stays here for you."
    }
    return aboutItself(sentence)
  }

  private func aboutItself(_ sentence: Sentence) -> String? {
    let asks = ["who are you", "what are you", "your name", "which model", "are you an ai", "are you a bot"]
    if sentence.isQuestion, asks.contains(where: sentence.contains) {
      let introduction = persona.name.map { "I am \($0)." } ?? "I am Parley's built-in model."
      return introduction + " I am a small set of rules that works without a network."
    }
    if sentence.contains("can you do") || sentence.contains("you help me") || sentence.keys == ["help"] {
      return "I remember what you tell me in this conversation and answer questions about it. "
        + "I also do small arithmetic, tell the date and the time, and sum up what we said. "
        + "For more than that, connect a language model with AI_MODEL_ENDPOINT."
    }
    let words =
      sentence.rest(after: "repeat after me") ?? (sentence.keys.first == "say" ? sentence.rest(after: "say") : nil)
    return words
  }
}
