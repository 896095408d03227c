import FoundationEssentials
import Generated
import Storage
import Values

/// Rows for tests; every moment is a whole number of milliseconds after 2026-01-01.
enum Fixture {
  static func moment(_ milliseconds: Int64 = 0) -> Timestamp {
    Timestamp(milliseconds: 1_767_225_600_000 + milliseconds)
  }

  static func user(_ username: String = "ada", email: String? = nil) -> UsersRow {
    UsersRow(id: .v7(), username: username, email: email, createdAt: moment(), passwordHash: "$2b$12$hash")
  }

  static func session(of user: UsersRow, digest: String = "digest") -> SessionsRow {
    SessionsRow(
      userID: user.id, id: .v7(), refreshDigest: digest, refreshedAt: moment(), createdAt: moment(),
      expiresAt: moment(1000))
  }

  static func conversation(
    of user: UsersRow, title: String = "Travel plans", pinned: Bool = false, updatedAt: Timestamp = moment()
  ) -> ConversationsRow {
    ConversationsRow(
      id: .v7(), title: title, pinned: pinned, archived: false, createdAt: moment(), updatedAt: updatedAt,
      userID: user.id, isTitled: false)
  }

  static func message(
    in conversation: ConversationsRow, content: String = "Hello", attachments: [String] = [],
    status: MessageStatus = .complete, createdAt: Timestamp = moment(), idempotencyKey: String? = nil
  ) -> MessagesRow {
    MessagesRow(
      id: .v7(), conversationID: conversation.id, role: .user, content: content, attachments: attachments,
      status: status, createdAt: createdAt, userID: conversation.userID, idempotencyKey: idempotencyKey)
  }

  static func usage(
    of user: UsersRow, conversationID: UUID = .v7(), messageID: UUID = .v7(), model: String = "small",
    tokens: Int = 10, createdAt: Timestamp = moment()
  ) -> TokenUsageRow {
    TokenUsageRow(
      userID: user.id, id: .v7(), conversationID: conversationID, messageID: messageID, model: model,
      promptTokens: tokens, completionTokens: 2 * tokens, costMicros: 3 * tokens, source: .provider,
      createdAt: createdAt)
  }
}

extension Database {
  /// Inserts a user with a conversation.
  func userWithConversation() async throws -> (UsersRow, ConversationsRow) {
    let user = Fixture.user()
    let conversation = Fixture.conversation(of: user)
    _ = try await run(UsersTable.insert(user), ConversationsTable.insert(conversation))
    return (user, conversation)
  }
}
