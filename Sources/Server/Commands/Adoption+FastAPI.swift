import Storage
import Values

extension Adoption {
  /// What the tables of a chat service with SQLAlchemy's models usually call their columns.
  static let fastAPI = Adoption(
    otherNames: [
      "users.username": ["name", "login"],
      "users.password_hash": ["hashed_password", "password_digest", "password"],
      "users.created_at": ["created", "registered_at", "joined_at"],
      "conversations.user_id": ["owner_id", "author_id"],
      "conversations.title": ["name", "subject"],
      "conversations.created_at": ["created", "started_at"],
      "conversations.updated_at": ["updated", "last_message_at"],
      "messages.conversation_id": ["session_id", "chat_id", "thread_id"],
      "messages.role": ["sender", "sender_type", "author"],
      "messages.content": ["message", "text", "body"],
      "messages.created_at": ["created", "timestamp", "sent_at"],
    ],
    fallbacks: [
      "users.created_at": .value(.timestamp(.now)),
      "conversations.title": .value(.text("")),
      "conversations.pinned": .value(.bool(false)),
      "conversations.archived": .value(.bool(false)),
      "conversations.is_titled": .value(.bool(true)),
      "conversations.created_at": .value(.timestamp(.now)),
      "conversations.updated_at": .column("created_at"),
      "messages.attachments": .value(.json("[]")),
      "messages.status": .value(.text("complete")),
      "messages.created_at": .value(.timestamp(.now)),
    ])
}
