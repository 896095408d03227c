import AIClient
import Generated

/// What a model is told of a conversation.
struct TurnContext {
  private(set) var messages: [ChatMessage] = []
  /// An estimate that is rather too high: three bytes of UTF-8 are hardly ever less than a token.
  private(set) var tokens = 0

  /// The system prompt, and the latest messages that fit; the newest is always among them.
  ///
  /// - Parameters:
  ///   - conversation: the newest first.
  ///   - limit: tokens at most.
  init(_ conversation: [Message], systemPrompt: String?, limit: Int) {
    let system = systemPrompt.flatMap { $0.isEmpty ? nil : ChatMessage(role: .system, content: $0) }
    if let system { tokens += Self.tokens(of: system.content) }
    for message in conversation where message.isTold {
      let cost = Self.tokens(of: message.content)
      guard messages.isEmpty || tokens + cost <= limit else { break }
      tokens += cost
      messages.append(ChatMessage(role: message.role.spoken, content: message.content))
    }
    if let system { messages.append(system) }
    messages.reverse()
  }

  static func tokens(of text: String) -> Int { text.utf8.count / 3 + 5 }
}

extension Message {
  /// Whether the model is reminded of it: of what was said, even when it was not said to the end.
  fileprivate var isTold: Bool {
    switch status {
    case .complete: true
    case .interrupted, .cancelled: !content.isEmpty
    case .streaming, .failed: false
    }
  }
}

extension Role {
  fileprivate var spoken: ChatMessage.Role {
    switch self {
    case .user: .user
    case .assistant: .assistant
    case .system: .system
    }
  }
}
