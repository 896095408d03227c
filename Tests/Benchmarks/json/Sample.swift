import FoundationEssentials
import Documents
import Values

/// The documents that are read and written; the same in every run.
enum Sample {
  /// A page of 500 messages, those of the assistant longer, some with code, quotes and characters of several bytes.
  static func history() -> History {
    var numbers = Numbers()
    let conversation = numbers.id()
    var items: [Message] = []
    for index in 0..<500 {
      let isUser = index % 2 == 0
      items.append(
        Message(
          id: numbers.id(), conversationID: conversation, parentID: items.last?.id, role: isUser ? .user : .assistant,
          content: numbers.text(words: isUser ? 8...40 : 60...300), attachments: [], status: .complete,
          finishReason: isUser ? nil : "stop", model: isUser ? nil : "llama-3.1-8b-instruct",
          createdAt: Timestamp(milliseconds: 1_767_225_600_000 + Int64(index) * 12_345)))
    }
    return History(items: items, nextCursor: "MDE5ODliZDQtN2MwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx")
  }

  /// A catalogue of events and their prices, nested six deep, mostly numbers.
  static func catalog() -> Catalog {
    var numbers = Numbers()
    func names(_ count: Int, _ first: Int, _ noun: String) -> [String: String] {
      Dictionary(uniqueKeysWithValues: (0..<count).map { ("\(first + $0)", "\(noun) \($0), 1re série") })
    }
    var events: [String: Event] = [:]
    for index in 0..<184 {
      let id = 138_586_341 + index * 4
      events["\(id)"] = Event(
        id: id, name: "Event of \(numbers.text(words: 2...5))", description: nil,
        logo: index % 3 == 0 ? "/images/UE0AAAAACEKo6QAAAAZDSVRN" : nil,
        subTopicIDs: [337_184_269, 337_184_283, 337_184_275].map { $0 + index }, topicIDs: [107_888_604, 324_846_098])
    }
    let performances = (0..<243).map { index in
      let categories = (0..<4).map { category in
        SeatCategory(
          areas: (0..<6).map { Area(areaID: 205_705_999 - $0, blockIDs: $0 % 2 == 0 ? [] : [index, $0]) },
          seatCategoryID: 338_937_235 + category)
      }
      return Performance(
        eventID: 138_586_341 + index % 184 * 4, id: 339_887_544 + index, logo: nil, name: nil,
        prices: (0..<12).map {
          Price(amount: 90_250 + $0 * 1000, audienceSubCategoryID: 337_100_890, seatCategoryID: 338_937_295 + $0)
        }, seatCategories: categories, seatMapImage: nil, start: 1_372_701_600_000 + index * 86_400_000,
        venueCode: "PLEYEL_PLEYEL")
    }
    return Catalog(
      areaNames: names(17, 205_705_993, "Arrière-scène"), events: events, performances: performances,
      seatCategoryNames: names(64, 338_937_235, "Catégorie"),
      topicSubTopics: Dictionary(uniqueKeysWithValues: (0..<20).map { ("\(107_888_604 + $0)", Array($0...$0 + 6)) }),
      venueNames: ["PLEYEL_PLEYEL": "Salle Pleyel"])
  }
}

/// Numbers and texts that look random and are the same in every run (a linear congruential generator).
private struct Numbers {
  private var state: UInt64 = 20_261_123

  private mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33)
  }

  mutating func id() -> UUID {
    UUID(high: 0x0198_9bd4_7c00_7000 | UInt64(next() & 0xFFF), low: 1 << 63 | UInt64(next()) << 20)
  }

  mutating func text(words: ClosedRange<Int>) -> String {
    let count = words.lowerBound + next() % words.count
    return (0..<count).map { _ in Numbers.words[next() % Numbers.words.count] }.joined(separator: " ")
  }

  private static let words = [
    "the", "answer", "of", "a", "model", "is", "text", "and", "sometimes", "code", "with", "\"quotes\"", "or",
    "größere", "words", "such", "as", "naïve", "café", "which", "people", "read.", "It", "has", "paragraphs,\n\nlists",
    "and", "numbers", "like", "42", "or", "3.14", "in", "them", "→", "so", "that", "every", "kind", "of", "character",
  ]
}
