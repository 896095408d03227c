import HTTP

import struct FoundationEssentials.UUID

/// A message that its user wants to send.
struct Draft: Sendable {
  var principal: Principal
  /// nil: a new conversation begins.
  var conversationID: UUID?
  var content: String
  var attachments: [String]
  var idempotencyKey: String?

  var userID: UUID { principal.userID }
}
