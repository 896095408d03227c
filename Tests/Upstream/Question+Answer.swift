import JSON

extension Question {
  /// Whether the answer tells its counts.
  var countsTokens: Bool { script.fault != .nousage }

  /// The answer as one body.
  var wholeAnswer: [UInt8] {
    let body: JSONValue =
      switch dialect {
      case .openai: openAIAnswer
      case .anthropic: anthropicAnswer
      case .ollama: ollamaAnswer
      case .tgi: tgiAnswer
      case .vllm: vllmAnswer
      }
    return JSONWriter.write(body)
  }

  /// The text of the answer.
  var text: String { reply.joined() }

  /// A streamed answer.
  var events: [StreamEvent] {
    switch dialect {
    case .openai: openAIEvents
    case .anthropic: anthropicEvents
    case .ollama: ollamaEvents
    case .tgi: tgiEvents
    case .vllm: vllmEvents
    }
  }

  /// A failure in the middle of a stream.
  var errorEvent: StreamEvent {
    let message = "the model fell over"
    return switch dialect {
    case .openai: .event(["error": ["message": .string(message), "type": "server_error"]])
    case .anthropic: .event(["type": "error", "error": ["type": "api_error", "message": .string(message)]])
    case .ollama, .vllm: .line(["error": .string(message)])
    case .tgi: .event(["error": .string(message), "error_type": "generation"])
    }
  }

  /// The media type of a streamed answer.
  var streamType: String {
    switch dialect {
    case .openai, .anthropic, .tgi: "text/event-stream"
    case .ollama: "application/x-ndjson"
    case .vllm: "application/octet-stream"
    }
  }
}

extension StreamEvent {
  /// A server-sent event.
  static func event(_ json: JSONValue, name: String? = nil, tokens: Int = 0, reportsUsage: Bool = false) -> Self {
    let name = name.map { "event: \($0)\n" } ?? ""
    let bytes = Array("\(name)data: ".utf8) + JSONWriter.write(json) + Array("\n\n".utf8)
    return StreamEvent(bytes: bytes, tokens: tokens, reportsUsage: reportsUsage)
  }

  /// A line of JSON.
  static func line(_ json: JSONValue, tokens: Int = 0, reportsUsage: Bool = false) -> Self {
    StreamEvent(bytes: JSONWriter.write(json) + Array("\n".utf8), tokens: tokens, reportsUsage: reportsUsage)
  }
}
