import JSON

/// The two that share the path `/generate`.
extension Question {
  // MARK: text-generation-inference

  var tgiAnswer: JSONValue {
    var body = JSONObject([("generated_text", .string(text))])
    if countsTokens { body["details"] = .object(details) }
    return .object(body)
  }

  /// A token each, the last of which is the special one that ends the text.
  var tgiEvents: [StreamEvent] {
    var events = reply.map { StreamEvent.event(.object(token($0)), tokens: 1) }
    var last = token("</s>", isSpecial: true)
    last["generated_text"] = .string(text)
    if countsTokens {
      var details = details
      details["input_length"] = .integer(Int64(promptTokens))
      last["details"] = .object(details)
    }
    events.append(.event(.object(last), reportsUsage: countsTokens))
    return events
  }

  private var details: JSONObject {
    JSONObject([
      ("finish_reason", isCutByLimit ? "length" : "eos_token"), ("generated_tokens", .integer(Int64(reply.count))),
    ])
  }

  private func token(_ text: String, isSpecial: Bool = false) -> JSONObject {
    JSONObject([
      ("token", ["id": 1, "text": .string(text), "logprob": -0.5, "special": .bool(isSpecial)]),
      ("generated_text", .null), ("details", .null),
    ])
  }

  // MARK: vLLM

  var vllmAnswer: JSONValue { ["text": [.string("\(prompt) \(text)")]] }

  /// Each line repeats the prompt and all the words so far.
  var vllmEvents: [StreamEvent] {
    reply.indices.map { index in
      .line(["text": [.string("\(prompt) \(reply[...index].joined())")]], tokens: 1)
    }
  }
}
