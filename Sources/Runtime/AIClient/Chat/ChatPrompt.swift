/// What a model is asked.
public struct ChatPrompt: Sendable, Hashable {
  /// One of the model's `models`; nil for its default.
  public var model: String?
  /// Oldest first; the last is what is to be answered.
  public var messages: [ChatMessage]
  /// 0 to 2; nil for the provider's default.
  public var temperature: Double?
  /// The longest answer in tokens; nil for the provider's default.
  public var maxTokens: Int?
  /// Whether the text should come while it is made. The events are the same, only later, when it should not.
  public var isStreamed: Bool

  public init(
    model: String? = nil, messages: [ChatMessage], temperature: Double? = nil, maxTokens: Int? = nil,
    isStreamed: Bool = true
  ) {
    self.model = model
    self.messages = messages
    self.temperature = temperature
    self.maxTokens = maxTokens
    self.isStreamed = isStreamed
  }
}

public struct ChatMessage: Sendable, Hashable {
  public enum Role: String, Sendable, Hashable {
    case system, user, assistant
  }

  public var role: Role
  public var content: String

  public init(role: Role, content: String) {
    self.role = role
    self.content = content
  }
}
