/// How a streamed answer is sent, step by step.
struct StreamPlan {
  enum Step {
    case event(StreamEvent)
    case wait(milliseconds: Int64)
    case park(String)
    /// The connection is closed without an end.
    case close
    /// Nothing more until the client leaves.
    case hang
    case end
    /// The steps from here back to that index again.
    case jump(Int)
  }

  private(set) var steps: [Step] = []

  init(_ question: Question) {
    let script = question.script
    let events = question.events
    let half = events.prefix(events.count / 2)
    let rest = events[half.endIndex...]
    switch script.fault {
    case .cut: send(half, then: .close)
    case .stream(.stall): steps = [.hang]
    case .stream(.stallLate): send(half, then: .hang)
    case .stream(.cutInside): send(half + rest.prefix(1).map { $0.parts.0 }, then: .close)
    case .stream(.errorLate): send(half + [question.errorEvent], then: .end)
    case .stream(.garbageLate): send(half + [StreamEvent("data: <html>It works!</html>\n\n")], then: .end)
    case .stream(.hugeLine):
      send(half + [StreamEvent(bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 17 << 20))], then: .end)
    case .stream(.endless):
      send(half, then: .wait(milliseconds: 2))
      steps.append(.jump(max(0, half.count - 1)))
    case .stream(.trickle): send(events.flatMap { $0.pieces(of: 7) }, pace: 1, then: .end)
    case .stream(.split): send(events.flatMap { [$0.parts.0, $0.parts.1] }, pace: 1, then: .end)
    default:
      if let pause = script.pause {
        send(half, pace: script.pace, then: .park(pause))
        send(rest, pace: script.pace, then: .end)
      } else {
        send(events[...], pace: script.pace, then: .end)
      }
    }
  }

  private mutating func send(_ events: some Sequence<StreamEvent>, pace: Int64? = nil, then last: Step) {
    for event in events {
      steps.append(.event(event))
      if let pace { steps.append(.wait(milliseconds: pace)) }
    }
    steps.append(last)
  }
}

/// A piece of a streamed answer, and what it means to the ledger.
struct StreamEvent {
  var bytes: [UInt8]
  /// How many tokens of the answer it holds.
  var tokens = 0
  /// Whether the counts are told with it, in the end.
  var reportsUsage = false

  init(bytes: [UInt8], tokens: Int = 0, reportsUsage: Bool = false) {
    self.bytes = bytes
    self.tokens = tokens
    self.reportsUsage = reportsUsage
  }

  init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// Two pieces, parted inside the last character of several bytes, or else in the middle. What it means comes with the
  /// second.
  var parts: (StreamEvent, StreamEvent) {
    let cut = bytes.lastIndex { $0 & 0xC0 == 0x80 } ?? bytes.count / 2
    return (
      StreamEvent(bytes: Array(bytes[..<cut])),
      StreamEvent(bytes: Array(bytes[cut...]), tokens: tokens, reportsUsage: reportsUsage)
    )
  }

  /// Pieces of so many bytes. What it means comes with the last.
  func pieces(of size: Int) -> [StreamEvent] {
    var pieces = stride(from: 0, to: bytes.count, by: size).map { start in
      StreamEvent(bytes: Array(bytes[start..<min(bytes.count, start + size)]))
    }
    guard let last = pieces.popLast() else { return [] }
    pieces.append(StreamEvent(bytes: last.bytes, tokens: tokens, reportsUsage: reportsUsage))
    return pieces
  }
}
