import JSON

extension Question {
  var ollamaAnswer: JSONValue { .object(chat(text, isDone: true)) }

  /// A line for each word, and one for the end with the counts.
  var ollamaEvents: [StreamEvent] {
    reply.map { .line(.object(chat($0, isDone: false)), tokens: 1) }
      + [.line(.object(chat("", isDone: true)), reportsUsage: countsTokens)]
  }

  private func chat(_ text: String, isDone: Bool) -> JSONObject {
    var json = JSONObject([
      ("model", .string(model)), ("created_at", "2026-01-01T00:00:00Z"),
      ("message", ["role": "assistant", "content": .string(text)]), ("done", .bool(isDone)),
    ])
    if isDone {
      json["done_reason"] = isCutByLimit ? "length" : "stop"
      if countsTokens {
        json["prompt_eval_count"] = .integer(Int64(promptTokens))
        json["eval_count"] = .integer(Int64(reply.count))
      }
    }
    return json
  }
}
