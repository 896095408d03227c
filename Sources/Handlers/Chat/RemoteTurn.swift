import Generated
import HTTP
import Storage
import Values

import struct FoundationEssentials.UUID

/// A turn that another instance runs, as it saves it.
struct RemoteTurn: TurnSource {
  let turns: Turns
  let answer: Message
  let userID: UUID

  private var messageID: UUID { answer.id }

  func stop() async throws {
    try await watch(stop: true)
  }

  private func watch(stop: Bool) async throws {
    _ = try await turns.database.run(
      Queries.watchTurn(userID: userID, messageID: messageID, stop: stop),
      Queries.notifyTurn(isRequest: true, messageID: messageID))
  }

  /// Its owner may have sent what it has not saved yet, so it is asked to save it; a checkpoint that was under way then
  /// is waited for as well.
  func hasEvent(_ id: Int) async throws -> Bool {
    var leases: Set<Timestamp> = []
    try await watch(stop: false)
    var signals = turns.signals.listen(to: messageID).makeAsyncIterator()
    while true {
      let (turn, answer) = try await turns.database.run(
        TurnsTable.find(userID: userID, messageID: messageID), MessagesTable.find(userID: userID, id: messageID))
      guard let turn else {
        return answer.map { SettledTurn($0.message, ledger: []).hasEvent(id) } ?? false
      }
      let text = turn.text.utf8
      leases.insert(turn.leaseExpiresAt)
      if id <= text.count { return text.isCharacterStart(id) }
      if leases.count > 2 { return false }
      try await wait(&signals)
    }
  }

  private func wait(_ signals: inout AsyncStream<Void>.Iterator) async throws {
    guard await signals.next(isolation: nil) == nil else { return }
    try Task.checkCancellation()
    // This instance ends; another one knows the turn as well.
    throw Problem.overloaded()
  }

  func next(after offset: Int) async throws -> TurnProgress {
    var signals = turns.signals.listen(to: messageID).makeAsyncIterator()
    while true {
      let turn = try await turns.database.run(TurnsTable.find(userID: userID, messageID: messageID))
      guard let turn else {
        // What is no running turn any more is settled, or its conversation was deleted.
        guard let settled = try await turns.settled(messageID, of: userID) else { throw Problem.notFound }
        return settled.next(after: offset)
      }
      let text = turn.text.utf8
      if text.count > offset { return TurnProgress(text: ArraySlice(text.dropFirst(offset))) }
      if !turn.watched { try await watch(stop: false) }
      try await wait(&signals)
    }
  }
}
