import FoundationEssentials

/// What the offline model says: the first rule that knows an answer to a sentence gives it.
struct OfflineReply {
  private let sentences: [Sentence]
  private let memory: ConversationMemory
  private let persona: Persona
  private let now: Date
  /// Which of several ways to say a thing comes next.
  private let turn: Int

  init(to messages: [ChatMessage], now: Date) {
    let last = messages.last { $0.role == .user }?.content ?? ""
    sentences = Sentence.split(last)
    memory = ConversationMemory(messages)
    persona = Persona(systemPrompts: messages.filter { $0.role == .system }.map(\.content))
    turn = messages.count { $0.role == .user }
    self.now = now
  }

  var text: String {
    persona.shorten(answers.joined(separator: " "))
  }

  /// Long messages are not answered sentence by sentence.
  private static let answersLimit = 4

  private var answers: [String] {
    var answers: [String] = []
    for sentence in sentences {
      guard let answer = answer(to: sentence), !answers.contains(answer) else { continue }
      answers.append(answer)
      if answers.count == Self.answersLimit { break }
    }
    if answers.isEmpty { answers.append(fallback) }
    return answers
  }

  private func answer(to sentence: Sentence) -> String? {
    Arithmetic.answer(to: sentence)
      ?? WorldClock.answer(to: sentence, now: now)
      ?? memory.answer(to: sentence)
      ?? Recall(memory: memory).answer(to: sentence)
      ?? SmallTalk(name: memory.facts["name"], persona: persona).answer(to: sentence)
      ?? memory.acknowledgement(of: sentence)
  }

  /// For a message in which no rule finds anything: what was said of the matter before, or the message turned round.
  private var fallback: String {
    guard let sentence = sentences.last(where: \.isQuestion) ?? sentences.last else {
      return "I did not get any text. What would you like to talk about?"
    }
    if sentence.isQuestion {
      if let earlier = Recall(memory: memory).related(to: sentence) { return "Earlier you said: “\(earlier)”" }
      return "I do not know that: I am the built-in model and know only what you tell me here. "
        + "Tell me about it, and I will remember it."
    }
    return Reflection.answer(to: sentence, turn: turn)
  }
}
