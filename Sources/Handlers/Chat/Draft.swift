import Generated
import HTTP

import struct FoundationEssentials.UUID

/// What a caller wants to have answered.
struct Draft: Sendable {
  enum Place: Sendable {
    /// A new conversation begins.
    case newConversation
    /// Behind the last message of a conversation's chosen branch.
    case end(of: UUID)
    /// Beside a message, as another version of it.
    case beside(Message)
    /// Nothing is written; a message that is there is answered again.
    case again(Message)
  }

  var principal: Principal
  var place: Place
  var content = ""
  var attachments: [String] = []
  var idempotencyKey: String?

  var userID: UUID { principal.userID }

  /// Whether what is saved under the key is this. A draft without a conversation began the one that it was saved in.
  func isRepeated(by saved: Message) -> Bool {
    switch place {
    case .again(let question):
      return saved.role == .assistant && saved.parentID == question.id
    case .newConversation:
      return isText(of: saved)
    case .end(let conversationID):
      return isText(of: saved) && saved.conversationID == conversationID
    case .beside(let message):
      return isText(of: saved) && saved.conversationID == message.conversationID
        && saved.parentID == message.parentID
    }
  }

  private func isText(of saved: Message) -> Bool {
    saved.role == .user && saved.content == content && saved.attachments == attachments
  }
}
