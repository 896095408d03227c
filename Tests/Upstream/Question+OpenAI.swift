import JSON

extension Question {
  private var finishReason: JSONValue { isCutByLimit ? "length" : "stop" }

  private var usage: JSONValue {
    [
      "prompt_tokens": .integer(Int64(promptTokens)), "completion_tokens": .integer(Int64(reply.count)),
      "total_tokens": .integer(Int64(promptTokens + reply.count)),
    ]
  }

  var openAIAnswer: JSONValue {
    var body = JSONObject([
      ("id", "chatcmpl-1"), ("object", "chat.completion"), ("created", 1_767_225_600), ("model", .string(model)),
      (
        "choices",
        [
          [
            "index": 0, "message": ["role": "assistant", "content": .string(text)], "finish_reason": finishReason,
          ]
        ]
      ),
    ])
    if countsTokens { body["usage"] = usage }
    return .object(body)
  }

  /// Its role, its words, its end, its usage.
  var openAIEvents: [StreamEvent] {
    var events = [chunk(delta: ["role": "assistant", "content": ""], reason: .null)]
    events += reply.map { chunk(delta: ["content": .string($0)], reason: .null, tokens: 1) }
    events.append(chunk(delta: [:], reason: finishReason))
    if countsTokens {
      events.append(
        .event(["id": "chatcmpl-1", "model": .string(model), "choices": [], "usage": usage], reportsUsage: true))
    }
    return events + [StreamEvent("data: [DONE]\n\n")]
  }

  private func chunk(delta: JSONValue, reason: JSONValue, tokens: Int = 0) -> StreamEvent {
    .event(
      [
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_767_225_600, "model": .string(model),
        "choices": [["index": 0, "delta": delta, "finish_reason": reason]],
      ], tokens: tokens)
  }
}
