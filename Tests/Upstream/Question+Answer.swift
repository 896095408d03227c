import JSON

extension Question {
  private var finishReason: String { isCutByLimit ? "length" : "stop" }

  private var usage: JSONValue {
    [
      "prompt_tokens": .integer(Int64(promptTokens)), "completion_tokens": .integer(Int64(reply.count)),
      "total_tokens": .integer(Int64(promptTokens + reply.count)),
    ]
  }

  /// Whether the answer tells its counts.
  var countsTokens: Bool { script.fault != .nousage }

  /// The answer as one body.
  var wholeAnswer: [UInt8] {
    let text = reply.joined()
    switch dialect {
    case .openai:
      var body: JSONObject = JSONObject([
        ("id", "chatcmpl-1"), ("object", "chat.completion"), ("created", 1_767_225_600), ("model", .string(model)),
        (
          "choices",
          [
            [
              "index": 0, "message": ["role": "assistant", "content": .string(text)],
              "finish_reason": .string(finishReason),
            ]
          ]
        ),
      ])
      if countsTokens { body["usage"] = usage }
      return JSONWriter.write(JSONValue.object(body))
    case .tgi:
      var body = JSONObject([("generated_text", .string(text))])
      if countsTokens {
        let reason: JSONValue = isCutByLimit ? "length" : "eos_token"
        body["details"] = ["finish_reason": reason, "generated_tokens": .integer(Int64(reply.count))]
      }
      return JSONWriter.write(JSONValue.object(body))
    case .vllm:
      return JSONWriter.write(["text": [.string("\(prompt) \(text)")]] as JSONValue)
    }
  }

  /// The events of a streamed answer: its role, its words, its end, its usage.
  var events: [StreamEvent] {
    let words = reply.map { StreamEvent(bytes: chunk(delta: ["content": .string($0)], reason: .null), tokens: 1) }
    let start = StreamEvent(bytes: chunk(delta: ["role": "assistant", "content": ""], reason: .null))
    let end = StreamEvent(bytes: chunk(delta: [:], reason: .string(finishReason)))
    var events = [start] + words + [end]
    if countsTokens {
      let bill = event(["id": "chatcmpl-1", "model": .string(model), "choices": [], "usage": usage])
      events.append(StreamEvent(bytes: bill, reportsUsage: true))
    }
    return events + [StreamEvent("data: [DONE]\n\n")]
  }

  /// A failure in the middle of a stream.
  var errorEvent: StreamEvent {
    StreamEvent(bytes: event(["error": ["message": "the model fell over", "type": "server_error"]]))
  }

  private func chunk(delta: JSONValue, reason: JSONValue) -> [UInt8] {
    event([
      "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_767_225_600, "model": .string(model),
      "choices": [["index": 0, "delta": delta, "finish_reason": reason]],
    ])
  }

  private func event(_ json: JSONValue) -> [UInt8] {
    Array("data: ".utf8) + JSONWriter.write(json) + Array("\n\n".utf8)
  }
}

extension Question {
  /// The media type of a streamed answer.
  var streamType: String { "text/event-stream" }
}
