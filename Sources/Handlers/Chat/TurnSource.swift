import Generated

import struct FoundationEssentials.UUID

/// A turn that is listened to, wherever it runs. A listener is an offset into the text, in bytes of UTF-8.
protocol TurnSource: Sendable {
  /// The answer as it was opened or saved.
  var answer: Message { get }

  /// Whether an event of this id was sent, or may have been: see `TurnEvent`.
  ///
  /// - Parameter id: not negative, and far from the largest number.
  func hasEvent(_ id: Int) async throws -> Bool

  /// What came after an offset; waits until there is something, or the end.
  ///
  /// - Throws: when the task is cancelled, or when nobody can tell any more how the turn ends.
  func next(after offset: Int) async throws -> TurnProgress

  /// Asks for an end of the turn.
  func stop() async throws
}

/// What a listener missed.
struct TurnProgress: Sendable {
  /// Whole characters, perhaps none.
  var text: ArraySlice<UInt8>
  /// The end of the turn, which comes with the last of the text.
  var end: SettledTurn?
}

extension TurnSource {
  /// Waits for the end.
  func settled() async throws -> SettledTurn {
    var offset = 0
    while true {
      let progress = try await next(after: offset)
      if let end = progress.end { return end }
      offset += progress.text.count
    }
  }
}

/// A turn that is over: its answer as saved, and what it cost.
struct SettledTurn: TurnSource, Equatable {
  var answer: Message
  var usage: Usage

  func hasEvent(_ id: Int) -> Bool {
    let text = answer.content.utf8
    return id > text.count ? isCutBack || id <= text.count + 2 : text.isCharacterStart(id)
  }

  /// Whether more of the text may have been told than there is: the instance that ran it died, and nobody knows what it
  /// had told.
  var isCutBack: Bool { answer.finishReason == Turns.lost }

  func next(after offset: Int) -> TurnProgress {
    TurnProgress(text: ArraySlice(answer.content.utf8.dropFirst(offset)), end: self)
  }

  func stop() {}
}

extension SettledTurn {
  /// - Parameter ledger: what the attempts to have it answered cost.
  init(_ answer: Message, ledger: [TokenUsageRow]) {
    self.answer = answer
    let prompt = ledger.reduce(0) { $0 + $1.promptTokens }
    let completion = ledger.reduce(0) { $0 + $1.completionTokens }
    // An attempt that cost nothing takes nothing from what the provider counted of the others.
    let counted = ledger.filter { $0.source == .provider || $0.tokens > 0 }
    let isProviders = !counted.isEmpty && counted.allSatisfy { $0.source == .provider }
    usage = Usage(
      promptTokens: prompt, completionTokens: completion, totalTokens: prompt + completion,
      source: isProviders ? .provider : .estimated)
  }
}

extension Collection<UInt8> {
  /// Whether a character of a text in UTF-8 begins at an offset, or the text ends there.
  ///
  /// - Parameter offset: not negative.
  func isCharacterStart(_ offset: Int) -> Bool {
    offset == count || offset < count && self[index(startIndex, offsetBy: offset)] & 0xC0 != 0x80
  }
}

extension TokenUsageRow {
  var tokens: Int { promptTokens + completionTokens }
}
