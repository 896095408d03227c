import AIClient
import Generated

import struct FoundationEssentials.UUID

/// A turn whose message is saved and whose answer is open.
struct OpenTurn: Sendable {
  var userID: UUID
  var message: Message
  var answer: Message
  var prompt: ChatPrompt
  /// An estimate.
  var promptTokens: Int
  /// Of the month's budget.
  var reserved: Int
}
