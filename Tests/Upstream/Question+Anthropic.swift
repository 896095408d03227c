import JSON

extension Question {
  private var stopReason: JSONValue { isCutByLimit ? "max_tokens" : "end_turn" }

  private var count: JSONValue { .integer(Int64(reply.count)) }

  var anthropicAnswer: JSONValue {
    var body = message(content: [["type": "text", "text": .string(text)]], reason: stopReason)
    if countsTokens { body["usage"] = ["input_tokens": .integer(Int64(promptTokens)), "output_tokens": count] }
    return .object(body)
  }

  /// The message without its text, a ping, the words of one block, and the end, with the counts that changed.
  var anthropicEvents: [StreamEvent] {
    var start = message(content: [], reason: .null)
    if countsTokens { start["usage"] = ["input_tokens": .integer(Int64(promptTokens)), "output_tokens": 1] }
    var end: [(String, JSONValue)] = [("delta", ["stop_reason": stopReason, "stop_sequence": .null])]
    if countsTokens { end.append(("usage", ["output_tokens": count])) }
    var events = [
      event("message_start", [("message", .object(start))]),
      event("content_block_start", [("index", 0), ("content_block", ["type": "text", "text": ""])]),
      event("ping"),
    ]
    events += reply.map {
      event("content_block_delta", [("index", 0), ("delta", ["type": "text_delta", "text": .string($0)])], tokens: 1)
    }
    events.append(event("content_block_stop", [("index", 0)]))
    events.append(event("message_delta", end, reportsUsage: countsTokens))
    return events + [event("message_stop")]
  }

  private func message(content: JSONValue, reason: JSONValue) -> JSONObject {
    JSONObject([
      ("id", "msg_1"), ("type", "message"), ("role", "assistant"), ("model", .string(model)), ("content", content),
      ("stop_reason", reason), ("stop_sequence", .null),
    ])
  }

  private func event(
    _ type: String, _ members: [(String, JSONValue)] = [], tokens: Int = 0, reportsUsage: Bool = false
  ) -> StreamEvent {
    let json = JSONObject([("type", .string(type))] + members)
    return .event(.object(json), name: type, tokens: tokens, reportsUsage: reportsUsage)
  }
}
