/// A conversation as a text, for servers that know no conversation and only go on with a text.
enum Transcript {
  /// A model that continues a transcript would go on with the user's part.
  static let stop = "\nUser:"

  /// Such servers stop after some 20 tokens unless told, which is no answer.
  static let defaultMaxTokens = 512

  /// What the answer continues.
  static func text(of messages: [ChatMessage]) -> String {
    let turns = messages.map { message in
      switch message.role {
      case .system: message.content
      case .user: "User: \(message.content)"
      case .assistant: "Assistant: \(message.content)"
      }
    }
    return (turns + ["Assistant:"]).joined(separator: "\n")
  }
}

/// What a server writes behind a transcript, as an answer: without the white space at both ends, and only up to the
/// user's next turn, which servers write that do not know `stop`.
struct TranscriptAnswer {
  /// What may turn out not to belong to the answer: white space, and what the stop could begin with.
  private var held: [UInt8] = []
  private var isAtStart = true
  private var isOver = false

  private static let stop = Array(Transcript.stop.utf8)

  /// The next part that certainly belongs to the answer.
  mutating func take(_ piece: some Sequence<UInt8>) -> String {
    if isOver { return "" }
    held += piece
    var end = held.count
    if let stop = held.firstRange(of: Self.stop) {
      isOver = true
      end = stop.lowerBound
    } else {
      let longest = min(Self.stop.count - 1, held.count)
      end -= (0...longest).last { held.suffix($0).elementsEqual(Self.stop.prefix($0)) } ?? 0
    }
    while end > 0, Self.isSpace(held[end - 1]) { end -= 1 }
    defer { held.removeFirst(end) }
    let part = isAtStart ? held[..<end].drop { Self.isSpace($0) } : held[..<end]
    if !part.isEmpty { isAtStart = false }
    return String(decoding: part, as: UTF8.self)
  }

  /// The rest, when no more comes.
  mutating func end() -> String {
    if isOver { return "" }
    isOver = true
    let end = held.count - held.reversed().prefix { Self.isSpace($0) }.count
    let part = isAtStart ? held[..<end].drop { Self.isSpace($0) } : held[..<end]
    return String(decoding: part, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
