import Generated
import Storage
import Values

import struct FoundationEssentials.UUID

/// The transaction that settles a turn.
struct Settling {
  var requirement: Requirement
  var writes: [Query<Void>]
}

extension Turns {
  /// - Parameters:
  ///   - owner: who holds the turn, which nobody else must have settled or taken over.
  ///   - expiry: when its lease must have ended.
  func settling(
    _ answer: Message, _ ledger: [TokenUsageRow], of userID: UUID, held owner: UUID, until expiry: Timestamp,
    reserved: Int
  ) -> Settling {
    var writes = [TurnsTable.delete(userID: userID, messageID: answer.id).map { _ in }]
    writes += ledger.map(TokenUsageTable.insert)
    writes.append(
      Queries.settleTokens(
        userID: userID, month: Month(of: answer.createdAt).first, tokens: ledger.reduce(0) { $0 + $1.tokens },
        reserved: reserved
      ).map { _ in })
    writes.append(
      ConversationsTable.update(
        userID: userID, id: answer.conversationID, ConversationsChanges(updatedAt: ambient.now())
      ).map { _ in })
    writes.append(
      MessagesTable.update(
        userID: userID, id: answer.id,
        MessagesChanges(
          content: answer.content, status: answer.status, finishReason: Presence(answer.finishReason),
          model: Presence(answer.model))
      ).map { _ in })
    if running[answer.id]?.isWatched != false {
      writes.append(Queries.notifyTurn(isRequest: false, messageID: answer.id).map { _ in })
    }
    return Settling(
      requirement: Queries.heldTurn(userID: userID, messageID: answer.id, owner: owner, expiredAt: expiry),
      writes: writes)
  }
}
