/// What goes wrong between a client and its server.
public enum Fault: Sendable, Hashable {
  public enum Side: Sendable, Hashable, CaseIterable {
    case client, server
  }

  /// What an answer of the server is about.
  public enum Effect: Sendable, Hashable, CaseIterable {
    case read, write
  }

  /// The connection goes when a side has sent so many more bytes: with a reset (`abruptly`) or with an end of stream.
  case cut(from: Side, after: Int, abruptly: Bool)
  /// What a side sends ends after so many more bytes, while the other side can still send.
  case truncate(from: Side, after: Int)
  /// The server has done it, and the connection goes before the client hears of it; `butEnd`: when only the end of the
  /// answer is missing, the ReadyForQuery.
  case loseAnswer(to: Effect, butEnd: Bool)
  /// A side's bytes stay on the way for a while.
  case delay(from: Side, after: Int, Duration)
  /// So many of a side's bytes arrive one by one.
  case trickle(from: Side, after: Int, bytes: Int)
  /// Nothing arrives any more, either way, and nobody is told.
  case silence(from: Side, after: Int)
  /// Every connection goes, and so many attempts to connect again are refused.
  case refuse(attempts: Int)

  /// For counts.
  public var name: String {
    switch self {
    case .cut: "cut"
    case .truncate: "truncate"
    case .loseAnswer(.read, _): "lose read's answer"
    case .loseAnswer(.write, _): "lose write's answer"
    case .delay: "delay"
    case .trickle: "trickle"
    case .silence: "silence"
    case .refuse: "refuse"
    }
  }

  /// Whose bytes are counted until it happens.
  var countdown: (side: Side, bytes: Int)? {
    switch self {
    case .cut(let side, let bytes, _), .truncate(let side, let bytes), .delay(let side, let bytes, _),
      .trickle(let side, let bytes, _), .silence(let side, let bytes):
      (side, bytes)
    case .loseAnswer, .refuse: nil
    }
  }
}

/// What a client sends to PostgreSQL, by the letter of the protocol.
public enum ClientMessage: Character, Sendable, Hashable, CaseIterable {
  case parse = "P"
  case bind = "B"
  case describe = "D"
  case execute = "E"
  case close = "C"
  case flush = "H"
  /// Ends a transaction of a pipeline: as many as there were round trips.
  case sync = "S"
  /// SQL text outside of a pipeline.
  case query = "Q"
  case terminate = "X"
}
