import JSON

/// OpenAI's chat completions (`POST /v1/chat/completions`), which vLLM, llama.cpp, Ollama and many others speak too.
struct OpenAIDialect: Dialect {
  func body(for prompt: ChatPrompt, model: String) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("model", model)
    json.name("messages")
    json.beginArray()
    for message in prompt.messages {
      json.beginObject()
      json.member("role", message.role.rawValue)
      json.member("content", message.content)
      json.endObject()
    }
    json.endArray()
    json.member("temperature", ifPresent: prompt.temperature)
    json.member("max_tokens", ifPresent: prompt.maxTokens)
    if prompt.isStreamed {
      json.member("stream", true)
      json.name("stream_options")
      json.beginObject()
      json.member("include_usage", true)
      json.endObject()
    }
    json.endObject()
    return json.bytes
  }

  /// Servers that cannot stream answer a request to stream with a whole body: what counts is what they say they send.
  func decoder(for prompt: ChatPrompt, head: HTTPHead) -> any AnswerDecoder {
    let isWhole = head.headers["content-type"]?.lowercased().hasPrefix("application/json") ?? !prompt.isStreamed
    return isWhole ? WholeBodyDecoder(events: OpenAIAnswer.events) : OpenAIStreamDecoder()
  }
}

/// The members of a completion, whole or in chunks.
enum OpenAIAnswer {
  static func events(_ body: JSONValue) throws(AIError) -> [ModelEvent] {
    if let error = error(body) { throw error }
    guard let choice = body["choices"]?[0], let message = choice["message"]?.object else {
      throw AIError(.invalidResponse, "no choices[0].message")
    }
    var events: [ModelEvent] = []
    if let text = text(message["content"]), !text.isEmpty { events.append(.text(text)) }
    if let usage = usage(body["usage"]) { events.append(.usage(usage)) }
    // The body is whole, so the answer is: a server that forgets to say why has stopped.
    let reason = choice["finish_reason"]?.string.map(FinishReason.init(openAI:)) ?? .stop
    events.append(.finished(reason, model: body["model"]?.string))
    return events
  }

  /// A string, or the text parts of an array.
  static func text(_ content: JSONValue?) -> String? {
    switch content {
    case .string(let text): text
    case .array(let parts): parts.compactMap { $0["text"]?.string }.joined()
    default: nil
    }
  }

  static func usage(_ usage: JSONValue?) -> TokenCount? {
    guard let prompt = usage?["prompt_tokens"]?.integer, let completion = usage?["completion_tokens"]?.integer,
      let prompt = Int(exactly: prompt), let completion = Int(exactly: completion), prompt >= 0, completion >= 0
    else { return nil }
    return TokenCount(prompt: prompt, completion: completion, source: .provider)
  }

  /// Some servers answer 200 and then say in the body, or in the stream, that they failed.
  static func error(_ body: JSONValue) -> AIError? {
    guard let error = body["error"], !error.isNull else { return nil }
    let text = error["message"]?.string ?? error.string ?? "without a message"
    if let status = error["code"]?.integer, (400..<600).contains(status) {
      return AIError(.upstreamStatus(Int(status)), text)
    }
    return AIError(.interrupted, "error object: \(text)")
  }
}

extension FinishReason {
  init(openAI text: String) {
    self =
      switch text {
      case "stop", "eos", "eos_token", "stop_sequence", "end_turn": .stop
      case "length", "max_tokens": .length
      case "content_filter": .contentFilter
      default: .other
      }
  }
}
