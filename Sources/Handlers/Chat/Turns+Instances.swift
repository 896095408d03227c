import Generated
import HTTP
import Logging
import Storage
import Values

import struct FoundationEssentials.UUID

/// What instances tell one another of the turns that they run.
extension Turns {
  /// Hears what other instances tell and ask, until the task is cancelled. Without a word from them (SQLite, a pooler in
  /// between) everybody looks more often.
  public func listen() async {
    let notifications = await notifications()
    await withTaskGroup(of: Void.self) { group in
      if let notifications {
        group.addTask {
          for await notification in notifications { hear(notification) }
        }
      }
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: notifications == nil ? limits.poll : limits.heartbeat)
          signals.signalAll()
        }
      }
    }
  }

  private func notifications() async -> AsyncStream<DatabaseNotification>? {
    do {
      // The name is that of the query notifyTurn.
      return try await database.notifications(on: "parley_turns")
    } catch {
      log.notice("Instances look for one another's turns now and again.", metadata: ["reason": "\(error)"])
      return nil
    }
  }

  private func hear(_ notification: DatabaseNotification) {
    switch notification {
    case .payload(let text): hear(text)
    case .gap:
      for turn in running.all { turn.ask() }
      signals.signalAll()
    }
  }

  private func hear(_ text: String) {
    guard let id = UUID(canonical: text.dropFirst(4)) else { return }
    if text.hasPrefix("ask ") {
      running[id]?.ask()
    } else {
      signals.signal(id)
    }
  }

  /// Ends the turns of a conversation that was deleted.
  func stop(_ messageIDs: [UUID]) async {
    for id in messageIDs {
      if let turn = running[id] {
        turn.stop(.requested)
      } else {
        // Its owner finds the request at the next checkpoint, should this be lost.
        _ = try? await database.run(Queries.notifyTurn(isRequest: true, messageID: id))
      }
    }
  }

  // MARK: The end of the instance

  /// Lets running turns finish within a bound, then saves what came of the others as interrupted. Who listens to other
  /// instances' turns may ask there.
  public func shutDown(within bound: Duration) {
    running.beginShutdown()
    signals.close()
    Task {
      try? await Task.sleep(for: bound)
      running.stopAll()
    }
  }

  /// Returns when every turn is settled, or after a time.
  public func drained(within bound: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await running.drained() }
      group.addTask { try? await Task.sleep(for: bound) }
      await group.next()
      group.cancelAll()
    }
  }
}

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
      let text = Array(turn.text.utf8)
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
      // In this order: what is no running turn any more is settled when it is read.
      let (turn, answer, ledger) = try await turns.database.run(
        TurnsTable.find(userID: userID, messageID: messageID),
        MessagesTable.find(userID: userID, id: messageID),
        TokenUsageTable.byMessage(userID: userID, messageID: messageID, after: nil, limit: 100))
      if let turn {
        let text = Array(turn.text.utf8)
        if text.count > offset { return TurnProgress(text: text[offset...]) }
        if !turn.watched { try await watch(stop: false) }
      } else if let answer {
        return SettledTurn(answer.message, ledger: ledger).next(after: offset)
      } else {
        throw Problem.notFound
      }
      try await wait(&signals)
    }
  }
}
