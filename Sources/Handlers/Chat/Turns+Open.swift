import AIClient
import Generated
import Storage
import Values

import struct FoundationEssentials.UUID

/// A turn whose message is saved and whose answer is open.
struct OpenTurn: Sendable {
  var userID: UUID
  var message: Message
  var answer: Message
  var prompt: ChatPrompt
}

extension Turns {
  /// Saves the first message of a new conversation, in one transaction.
  func begin(_ draft: Draft) async throws -> OpenTurn {
    let now = ambient.now()
    let conversation = Conversation(
      id: ambient.newID(), title: ConversationTitle.of(draft.content), pinned: false, archived: false, createdAt: now,
      updatedAt: now)
    let message = message(of: draft, in: conversation.id, at: now)
    let answer = answer(to: message)
    let (_, _, _, user) = try await secured.run(
      for: draft.principal,
      ConversationsTable.insert(ConversationsRow(conversation, userID: draft.userID, isTitled: true)),
      MessagesTable.insert(MessagesRow(message, userID: draft.userID, idempotencyKey: draft.idempotencyKey)),
      MessagesTable.insert(MessagesRow(answer, userID: draft.userID)),
      UsersTable.find(id: draft.userID))
    return OpenTurn(
      userID: draft.userID, message: message, answer: answer, prompt: prompt(for: user, context: [message]))
  }

  /// Saves the next message of a conversation, in one transaction. The foreign key refuses a conversation that is not
  /// the user's own.
  func goOn(_ draft: Draft) async throws -> OpenTurn {
    guard let conversationID = draft.conversationID else { return try await begin(draft) }
    let now = ambient.now()
    var message = message(of: draft, in: conversationID, at: now)
    let answer = answer(to: message)
    let (_, _, link, _, latest, user) = try await secured.run(
      for: draft.principal,
      Queries.touchConversation(
        userID: draft.userID, id: conversationID, title: ConversationTitle.of(draft.content), now: now),
      MessagesTable.insert(MessagesRow(message, userID: draft.userID, idempotencyKey: draft.idempotencyKey)),
      Queries.linkMessage(userID: draft.userID, conversationID: conversationID, id: message.id),
      MessagesTable.insert(MessagesRow(answer, userID: draft.userID)),
      MessagesTable.byConversation(
        userID: draft.userID, conversationID: conversationID, after: nil, limit: Context.messages),
      UsersTable.find(id: draft.userID))
    message.parentID = link?.parentID
    return OpenTurn(
      userID: draft.userID, message: message, answer: answer,
      prompt: prompt(for: user, context: latest.reversed().map(\.message)))
  }

  private func message(of draft: Draft, in conversationID: UUID, at now: Timestamp) -> Message {
    Message(
      id: ambient.newID(), conversationID: conversationID, parentID: nil, role: .user, content: draft.content,
      attachments: draft.attachments, status: .complete, finishReason: nil, model: nil, createdAt: now)
  }

  private func answer(to message: Message) -> Message {
    Message(
      id: ambient.newID(), conversationID: message.conversationID, parentID: message.id, role: .assistant,
      content: "", attachments: [], status: .streaming, finishReason: nil, model: nil, createdAt: ambient.now())
  }

  /// The user's preferences, the system prompt, and the latest messages that fit.
  private func prompt(for user: UsersRow?, context: [Message]) -> ChatPrompt {
    var messages = Context.fitting(context)
    if let systemPrompt = user?.systemPrompt, !systemPrompt.isEmpty {
      messages.insert(ChatMessage(role: .system, content: systemPrompt), at: 0)
    }
    return ChatPrompt(
      model: user?.model.flatMap { model.models.contains($0) ? $0 : nil } ?? model.models[0], messages: messages,
      temperature: user?.temperature, maxTokens: user?.maxTokens)
  }
}

/// What a model is told of a conversation.
private enum Context {
  /// Messages at most.
  static let messages = 50
  /// Characters at most, the newest message always among them: about 16,000 tokens.
  private static let characters = 64_000

  static func fitting(_ conversation: [Message]) -> [ChatMessage] {
    var room = characters
    var fitting: [ChatMessage] = []
    for message in conversation.reversed() where message.status == .complete {
      room -= message.content.utf8.count
      guard room >= 0 || fitting.isEmpty else { break }
      fitting.append(ChatMessage(role: message.role.spoken, content: message.content))
    }
    return fitting.reversed()
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
