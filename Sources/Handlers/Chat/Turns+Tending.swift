import AIClient
import Generated
import Logging
import Storage
import Values

import struct FoundationEssentials.UUID

/// What keeps turns alive, and settles those of instances that are not.
extension Turns {
  /// Saves what comes of the turns of this instance, extends their leases, and hears what others want of them, until none
  /// is left. Many turns share a transaction, and none saves more often than need be.
  func tend() async {
    while let turns = running.tended() {
      let now = ContinuousClock.now
      let due: [(RunningTurn, RunningTurn.Checkpoint)] = turns.compactMap { turn in
        turn.checkpoint(at: now, limits).map { (turn, $0) }
      }
      for start in stride(from: 0, to: due.count, by: Turns.batch) {
        await save(due[start..<min(start + Turns.batch, due.count)])
      }
      try? await Task.sleep(for: limits.tick)
    }
  }

  /// Checkpoints of a transaction.
  private static let batch = 100

  private func save(_ due: ArraySlice<(RunningTurn, RunningTurn.Checkpoint)>) async {
    let expiry = ambient.now() + limits.lease
    let queries: [Query<CheckpointTurnRow?>] = due.map { turn, checkpoint in
      Queries.checkpointTurn(
        userID: turn.opened.userID, messageID: turn.opened.answer.id, owner: instance, text: checkpoint.text,
        isWhole: checkpoint.isWhole, model: turn.model, promptTokens: turn.opened.promptTokens, leaseExpiresAt: expiry)
    }
    do {
      let rows = try await database.run(queries)
      for ((turn, checkpoint), row) in zip(due, rows) {
        let outcome: RunningTurn.CheckpointOutcome =
          if let row { .saved(isWatched: row.watched, isToStop: row.stopRequested) } else { .lost }
        turn.tried(checkpoint, outcome)
      }
    } catch {
      for (turn, checkpoint) in due { turn.tried(checkpoint, .unknown) }
      log.warning("A checkpoint was not saved.", metadata: ["error": "\(error)"])
      return
    }
    let watched: [Query<NotifyTurnRow?>] = due.filter { $0.0.isWatched }.map { turn, _ in
      Queries.notifyTurn(isRequest: false, messageID: turn.opened.answer.id)
    }
    // Who is not told looks by itself.
    if !watched.isEmpty { _ = try? await database.run(watched) }
  }

  // MARK: Turns of nobody

  /// Settles turns whose owner is gone, at once and then now and again, until the task is cancelled. What a failing
  /// database keeps it from doing it does later.
  public func recover() async {
    while !Task.isCancelled {
      var pause = limits.sweep
      do {
        try await recoverOnce()
      } catch {
        log.warning("abandoned turns were not settled", metadata: ["error": "\(error)"])
        // While the database was away nobody could extend a lease.
        pause = limits.lease
      }
      try? await Task.sleep(for: pause)
    }
  }

  /// Settles the turns whose leases have ended.
  ///
  /// - Returns: how many.
  @discardableResult
  func recoverOnce() async throws -> Int {
    let now = ambient.now()
    let turns = try await database.run(Queries.expiredTurns(expiredAt: now, limit: 100))
    var count = 0
    for turn in turns where running[turn.messageID] == nil {
      do {
        if try await recover(turn, at: now) { count += 1 }
      } catch {
        if error.isTransient { throw error }
        // It keeps nobody from settling the others.
        log.error(
          "An abandoned turn cannot be settled.",
          metadata: ["message_id": "\(turn.messageID)", "error": "\(String(reflecting: error))"])
      }
    }
    if count > 0 { log.notice("interrupted abandoned turns", metadata: ["count": "\(count)"]) }
    return count
  }

  /// - Returns: false when somebody else did.
  private func recover(_ turn: TurnsRow, at now: Timestamp) async throws(StorageError) -> Bool {
    let opened = try await database.run(MessagesTable.find(userID: turn.userID, id: turn.messageID))
    let question = try await database.run(
      MessagesTable.find(userID: turn.userID, id: opened?.parentID ?? turn.messageID))
    var answer =
      opened?.message
      ?? Message(
        id: turn.messageID, conversationID: turn.conversationID, parentID: nil, role: .assistant, content: "",
        attachments: [], status: .streaming, finishReason: nil, model: nil, createdAt: turn.createdAt)
    answer.content = turn.text
    (answer.status, answer.finishReason) = (.interrupted, Turns.lost)
    answer.model = turn.model
    let usage = TokenCount(
      prompt: turn.promptTokens ?? TokenEstimate.count(question?.content ?? ""),
      completion: TokenEstimate.count(turn.text), source: .estimated)
    let ledger = TokenUsageRow(
      userID: turn.userID, id: ambient.newID(), conversationID: turn.conversationID, messageID: turn.messageID,
      model: turn.model, promptTokens: usage.prompt, completionTokens: usage.completion,
      costMicros: prices.cost(of: usage, model: turn.model), source: .estimated, createdAt: turn.createdAt)
    let settling = settling(
      answer, [ledger], of: turn.userID, held: turn.owner, until: now, reserved: turn.reservedTokens)
    do {
      try await database.run(requiring: settling.requirement, after: settling.writes)
      return true
    } catch {
      guard error.violates(settling.requirement) else { throw error }
      return false
    }
  }
}
