/// What the user has said: the messages, and the facts found in them.
struct ConversationMemory {
  /// The user's messages before the last one, oldest first.
  private(set) var earlier: [String]
  /// The assistant's last message.
  let lastAnswer: String?
  /// By subject: `name`, `home`, `age`, `work`, or what stands between "my" and "is". A later one replaces an earlier.
  private(set) var facts: [String: String] = [:]
  /// What the user likes, in the order told.
  private(set) var likes: [String] = []

  init(_ messages: [ChatMessage]) {
    let said = messages.filter { $0.role == .user }.map(\.content)
    earlier = said.dropLast()
    lastAnswer = messages.last { $0.role == .assistant }?.content
    for sentence in said.flatMap(Sentence.split) {
      for fact in Self.facts(in: sentence) {
        if fact.subject == "like" {
          if !likes.contains(fact.value) { likes.append(fact.value) }
        } else {
          facts[fact.subject] = fact.value
        }
      }
    }
  }

  struct Fact: Hashable {
    var subject: String
    var value: String
  }

  private static let openings: [(phrase: String, subject: String)] = [
    ("my name is", "name"), ("call me", "name"), ("i live in", "home"), ("i am from", "home"),
    ("i work as", "work"), ("i work at", "work"), ("i work for", "work"),
    ("i like", "like"), ("i love", "like"), ("i enjoy", "like"),
  ]

  /// What a sentence tells about the user.
  ///
  /// - Parameter limit: how many parts joined by "and I" are looked at, so that a message made of them costs no more.
  static func facts(in sentence: Sentence, parts limit: Int = 4) -> [Fact] {
    if sentence.isQuestion { return [] }
    if let age = sentence.rest(after: "i am"), let years = age.split(separator: " ").first, Int(years) != nil {
      return [Fact(subject: "age", value: String(years))]
    }
    for (phrase, subject) in openings {
      guard let rest = sentence.rest(after: phrase) else { continue }
      // "My name is Ada and I live in Paris": each half is looked at by itself.
      let join = limit > 1 ? rest.firstRange(of: " and I ") : nil
      let halves = join.map { range in
        (
          String(rest[..<range.lowerBound]),
          facts(in: Sentence("I " + rest[range.upperBound...]), parts: limit - 1)
        )
      }
      return [Fact(subject: subject, value: halves?.0 ?? rest)] + (halves?.1 ?? [])
    }
    if sentence.keys.first == "my", let verb = sentence.keys.firstIndex(where: { $0 == "is" || $0 == "are" }),
      (2...4).contains(verb), verb + 1 < sentence.words.count
    {
      return [
        Fact(
          subject: sentence.keys[1..<verb].joined(separator: " "),
          value: sentence.words[(verb + 1)...].joined(separator: " "))
      ]
    }
    return []
  }

  // MARK: Answers

  /// The answer to a question about the user.
  func answer(to sentence: Sentence) -> String? {
    if sentence.contains("my name") || sentence.contains("who am i") {
      guard sentence.isQuestion else { return nil }
      return facts["name"].map { "Your name is \($0)." } ?? "You have not told me your name yet."
    }
    guard sentence.isQuestion else { return nil }
    if sentence.contains("do i live") || sentence.contains("am i from") {
      return facts["home"].map { "You told me that your home is \($0)." } ?? "You have not told me where you live."
    }
    if sentence.contains("old am i") || sentence.contains("my age") {
      return facts["age"].map { "You are \($0)." } ?? "You have not told me your age."
    }
    if sentence.contains("do i work") || sentence.contains("my job") {
      return facts["work"].map { "You told me about your work: \($0)." } ?? "You have not told me about your work."
    }
    if sentence.contains("do i like") || sentence.contains("do i love") || sentence.contains("do i enjoy") {
      return likes.isEmpty ? "You have not told me what you like." : "You like \(Self.list(likes))."
    }
    if sentence.contains("know about me") || sentence.contains("remember about me") { return everything }
    if let subject = subject(of: sentence), let value = facts[subject] { return "Your \(subject) is \(value)." }
    return nil
  }

  /// What a sentence that tells something is answered with.
  func acknowledgement(of sentence: Sentence) -> String? {
    let facts = Self.facts(in: sentence)
    if facts.isEmpty { return nil }
    return facts.map { fact in
      switch fact.subject {
      case "name": "Nice to meet you, \(fact.value)."
      case "home": "I will remember that your home is \(fact.value)."
      case "age": "So you are \(fact.value)."
      case "work": "I will remember your work: \(fact.value)."
      case "like": "So you like \(fact.value)."
      default: "I will remember that your \(fact.subject) is \(fact.value)."
      }
    }.joined(separator: " ")
  }

  /// All facts in one or two sentences; nil where none is known.
  var summary: String? {
    var known = facts.sorted { $0.key < $1.key }.map { "your \($0.key) is \($0.value)" }
    if !likes.isEmpty { known.append("you like \(Self.list(likes))") }
    return known.isEmpty ? nil : "I know that \(Self.list(known))."
  }

  private var everything: String { summary ?? "You have not told me anything about yourself yet." }

  /// "What is my favourite colour?" asks for `favourite colour`.
  private func subject(of sentence: Sentence) -> String? {
    sentence.rest(after: "my").map { Sentence($0).keys.joined(separator: " ") }
  }

  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
