/// Finds where messages end in one direction of a connection, without keeping them (PostgreSQL docs, "Message Formats").
struct MessageScanner {
  struct Message {
    /// The message's type; nil for what a client sends before it has a session, which has none.
    var kind: UInt8?
    /// Its first bytes, behind the length.
    var start: [UInt8]
    /// Where it ends in the bytes that were given last.
    var end: Int
  }

  private static let startLength = 16

  /// Whether the next message begins with its length.
  private var isStartUp: Bool
  private var header: [UInt8] = []
  private var start: [UInt8] = []
  private var missing = 0

  /// - Parameter side: who sends the bytes.
  init(of side: Fault.Side) {
    isStartUp = side == .client
  }

  /// The messages that end in these bytes.
  mutating func scan(_ bytes: [UInt8]) -> [Message] {
    var messages: [Message] = []
    var index = 0
    while index < bytes.count {
      let headerLength = isStartUp ? 4 : 5
      if header.count < headerLength {
        header.append(bytes[index])
        index += 1
        guard header.count == headerLength else { continue }
        missing = header.suffix(4).reduce(0) { $0 << 8 | Int($1) } - 4
      } else {
        let count = min(missing, bytes.count - index)
        start += bytes[index..<index + min(count, Self.startLength - start.count)]
        index += count
        missing -= count
      }
      guard missing <= 0 else { continue }
      let message = Message(kind: isStartUp ? nil : header[0], start: start, end: index)
      messages.append(message)
      if isStartUp && !message.isEncryptionRequest { isStartUp = false }
      header = []
      start = []
    }
    return messages
  }
}

extension MessageScanner.Message {
  /// Asks for TLS or GSSAPI before the session begins.
  var isEncryptionRequest: Bool {
    kind == nil && [[0x04, 0xd2, 0x16, 0x2f], [0x04, 0xd2, 0x16, 0x30]].contains(start)
  }
}

/// One answer of the server: everything up to a ReadyForQuery.
struct AnswerScanner {
  struct Answer {
    /// Where it ends in the bytes that were given last.
    var end: Int
    /// What was done in it; nil for neither, or when it failed.
    var effect: Fault.Effect?
  }

  /// The length of a ReadyForQuery.
  static let endLength = 6

  private var messages = MessageScanner(of: .server)
  private var effect: Fault.Effect?
  private var hasFailed = false

  mutating func scan(_ bytes: [UInt8]) -> [Answer] {
    var answers: [Answer] = []
    for message in messages.scan(bytes) {
      switch message.kind {
      case UInt8(ascii: "C"):
        let tag = message.start.prefix { $0 != UInt8(ascii: " ") && $0 != 0 }
        switch String(decoding: tag, as: UTF8.self) {
        case "INSERT", "UPDATE", "DELETE", "COMMIT": effect = .write
        case "SELECT": effect = effect ?? .read
        default: break
        }
      case UInt8(ascii: "E"):
        hasFailed = true
      case UInt8(ascii: "Z"):
        // Inside of a transaction nothing is saved yet.
        let isSaved = message.start.first == UInt8(ascii: "I") && !hasFailed
        answers.append(Answer(end: message.end, effect: isSaved ? effect : nil))
        effect = nil
        hasFailed = false
      default: break
      }
    }
    return answers
  }
}
