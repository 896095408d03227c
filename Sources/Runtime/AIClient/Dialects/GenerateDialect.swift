import JSON

/// The two plain `POST /generate`, which know a text to be continued and no conversation.
enum GenerateDialect: Dialect {
  /// text-generation-inference: `{"inputs", "parameters"}` → `{"generated_text"}`, alone or in an array.
  case tgi
  /// vLLM: `{"prompt", …}` → `{"text": [...]}`, in which the text may repeat the prompt.
  case vllm

  /// Both servers stop after some 20 tokens unless told, which is no answer.
  private static let defaultMaxTokens = 512
  /// A model that continues a transcript would go on with the user's part.
  private static let stop = "\nUser:"

  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    let transcript = Self.transcript(prompt.messages)
    let maxTokens = prompt.maxTokens ?? Self.defaultMaxTokens
    switch self {
    case .tgi:
      json.member("inputs", transcript)
      json.name("parameters")
      json.beginObject()
      json.member("max_new_tokens", maxTokens)
      // The server refuses 0; without a temperature it decodes greedily, which is what 0 means.
      json.member("temperature", ifPresent: prompt.temperature == 0 ? nil : prompt.temperature)
      json.member("stop", [Self.stop])
      json.member("details", true)
      json.endObject()
    case .vllm:
      json.member("prompt", transcript)
      json.member("max_tokens", maxTokens)
      json.member("temperature", ifPresent: prompt.temperature)
      json.member("stop", [Self.stop])
    }
    json.endObject()
    return json.bytes
  }

  func decoder(for prompt: ChatPrompt, head: HTTPHead) -> any AnswerDecoder {
    switch self {
    case .tgi: WholeBodyDecoder { body throws(AIError) in try Self.readTGI(body, prompt) }
    case .vllm: WholeBodyDecoder { body throws(AIError) in try Self.readVLLM(body, prompt) }
    }
  }

  /// The conversation as a text that the answer continues.
  static func transcript(_ messages: [ChatMessage]) -> String {
    let turns = messages.map { message in
      switch message.role {
      case .system: message.content
      case .user: "User: \(message.content)"
      case .assistant: "Assistant: \(message.content)"
      }
    }
    return (turns + ["Assistant:"]).joined(separator: "\n")
  }

  private static func readTGI(_ body: JSONValue, _ prompt: ChatPrompt) throws(AIError) -> [ModelEvent] {
    let answer = body[0] ?? body
    guard let text = answer["generated_text"]?.string else { throw AIError(.invalidResponse, "no generated_text") }
    let details = answer["details"]
    // The server counts what it wrote, not what it read.
    let usage = details?["generated_tokens"]?.integer.flatMap { Int(exactly: $0) }.map { tokens in
      TokenCount(prompt: TokenEstimate.count(of: prompt), completion: max(0, tokens), source: .estimated)
    }
    let reason = details?["finish_reason"]?.string.map(FinishReason.init(openAI:))
    return events(text, usage: usage, reason: reason ?? .stop, prompt)
  }

  private static func readVLLM(_ body: JSONValue, _ prompt: ChatPrompt) throws(AIError) -> [ModelEvent] {
    guard let text = body["text"]?[0]?.string ?? body["text"]?.string else {
      throw AIError(.invalidResponse, "no text[0]")
    }
    return events(text, usage: nil, reason: .stop, prompt)
  }

  private static func events(
    _ text: String, usage: TokenCount?, reason: FinishReason, _ prompt: ChatPrompt
  ) -> [ModelEvent] {
    let transcript = transcript(prompt.messages)
    var answer = text.hasPrefix(transcript) ? text.dropFirst(transcript.count) : text[...]
    // Servers that do not know `stop` go on with the conversation.
    if let turn = answer.firstRange(of: stop) { answer = answer[..<turn.lowerBound] }
    let written = answer.trimmed
    let end: [ModelEvent] = (usage.map { [.usage($0)] } ?? []) + [.finished(reason, model: nil)]
    return written.isEmpty ? end : [.text(written)] + end
  }
}
