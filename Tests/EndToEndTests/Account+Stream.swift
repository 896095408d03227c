import JSON
import TestSupport
import Testing

/// A turn as it came in events.
struct StreamedTurn {
  var events: [ServerEvent] = []
  /// What its deltas say.
  var text = ""
  var usage: JSONValue?
  /// The message that `done` brings.
  var ended: JSONValue?

  /// Reads up to the end of the stream.
  static func reading(_ stream: EventConnection) async throws -> StreamedTurn {
    var turn = StreamedTurn()
    while let event = try await stream.next() {
      turn.events.append(event)
      switch event.name {
      case "delta": turn.text += try event.json["text"]?.string ?? ""
      case "usage": turn.usage = try event.json
      case "done": turn.ended = try event.json
      default: break
      }
    }
    return turn
  }
}

extension Account {
  /// Sends a message whose answer comes in events.
  func events(_ content: String, to conversation: String? = nil, key: String? = nil) async throws -> EventConnection {
    var body = JSONObject([("content", .string(content))])
    if let conversation { body["conversation_id"] = .string(conversation) }
    let stream = try await client.events(
      "POST", "/chat/send", headers: key.map { ["Idempotency-Key": $0] } ?? [:], body: .json(.object(body)))
    let head = try await stream.head()
    try #require(head.status == 200, "\(head.text)")
    return stream
  }

  /// Sends a message and reads the whole answer.
  func stream(_ content: String, to conversation: String? = nil, key: String? = nil) async throws -> StreamedTurn {
    try await StreamedTurn.reading(events(content, to: conversation, key: key))
  }

  /// Comes back to an answer, after an event.
  func resume(_ answer: String, after id: String? = nil) async throws -> EventConnection {
    try await client.events(
      "GET", "/chat/messages/\(answer)/events", headers: id.map { ["Last-Event-ID": $0] } ?? [:])
  }
}
