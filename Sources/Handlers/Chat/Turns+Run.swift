import AIClient
import Generated
import Logging
import Storage
import Values

import struct FoundationEssentials.UUID

extension Turns {
  /// Runs a turn to its end, in a task that nobody cancels.
  func start(_ opened: OpenTurn) -> RunningTurn {
    let turn = RunningTurn(opened)
    if running.add(turn) { Task { await tend() } }
    Task {
      // Cancelled alone: what came has to be saved however it ended.
      let work = Task {
        await ModelOutcome.listening(to: model, opened.prompt) { turn.append($0) }
      }
      turn.end(await settle(turn, await turn.outcome(of: work)))
      running.remove(turn)
    }
    return turn
  }

  /// Saves the answer and what it cost, and tries until it is saved or somebody else did.
  private func settle(_ turn: RunningTurn, _ outcome: ModelOutcome) async -> Result<SettledTurn, any Error> {
    let opened = turn.opened
    let answer = answer(of: turn, outcome)
    let ledger = ledger(of: opened, outcome, text: answer.content)
    let settling = settling(
      answer, ledger, of: opened.userID, held: instance, until: .latest, reserved: opened.reserved)
    if answer.status == .failed || answer.status == .interrupted {
      log.warning(
        "The model failed.",
        metadata: [
          "message_id": "\(answer.id)", "status": "\(answer.status.rawValue)",
          "error": "\(outcome.error?.debugDescription ?? "stopped")",
        ])
    }
    var wait = Duration.milliseconds(100)
    while true {
      do {
        try await database.run(requiring: settling.requirement, after: settling.writes)
        return .success(SettledTurn(answer, ledger: ledger))
      } catch let error where error.violates(settling.requirement) {
        // Another instance settled it, or we ourselves when nobody told us that it was saved. Or the conversation was
        // deleted.
        return await Result {
          try await settled(answer.id, of: opened.userID) ?? SettledTurn(answer, ledger: ledger)
        }
      } catch let error where error.isTransient || error.code == .outcomeUnknown {
        log.warning("The answer could not be saved yet.", metadata: ["wait": "\(wait)", "error": "\(error)"])
        try? await Task.sleep(for: wait)
        wait = min(wait * 2, .seconds(1))
      } catch {
        log.error("The answer could not be saved.", metadata: ["error": "\(String(reflecting: error))"])
        return .failure(error)
      }
    }
  }

  /// A turn that somebody settled; nil when there is no such answer.
  func settled(_ messageID: UUID, of userID: UUID) async throws -> SettledTurn? {
    let (row, ledger) = try await database.run(
      MessagesTable.find(userID: userID, id: messageID),
      TokenUsageTable.byMessage(userID: userID, messageID: messageID, after: nil, limit: 100))
    return row.map { SettledTurn($0.message, ledger: ledger) }
  }

  private func answer(of turn: RunningTurn, _ outcome: ModelOutcome) -> Message {
    var answer = turn.opened.answer
    answer.content = turn.text
    answer.model = outcome.last.model
    answer.finishReason = outcome.finishReason?.rawValue
    if outcome.finishReason != nil {
      answer.status = .complete
    } else if let stop = turn.stopped {
      answer.status = stop == .requested ? .cancelled : .interrupted
    } else if answer.content.isEmpty {
      answer.status = .failed
      answer.model = nil
      answer.finishReason = outcome.error?.isTimeout == true ? Turns.timeout : "error"
    } else {
      answer.status = .interrupted
    }
    return answer
  }

  /// The finish reason of an answer that failed because the model took too long.
  static let timeout = "timeout"
  /// The finish reason of an answer whose instance died, so that more of it may have been told than was saved.
  static let lost = "lost"

  /// A row for each attempt.
  private func ledger(of opened: OpenTurn, _ outcome: ModelOutcome, text: String) -> [TokenUsageRow] {
    var last = outcome.last
    let mayHaveCost = !text.isEmpty || outcome.error?.mayHaveCost == true || last.usage != nil
    if outcome.finishReason == nil, mayHaveCost {
      last.usage = TokenEstimate.bill(of: opened.prompt, answer: text, counted: last.usage)
    }
    return (outcome.failures + [last]).enumerated().map { index, attempt in
      let usage = attempt.usage ?? TokenCount(prompt: 0, completion: 0, source: .estimated)
      return TokenUsageRow(
        userID: opened.userID, id: ambient.newID(), conversationID: opened.answer.conversationID,
        messageID: opened.answer.id, model: attempt.model, promptTokens: max(0, usage.prompt),
        completionTokens: max(0, usage.completion), costMicros: prices.cost(of: usage, model: attempt.model),
        source: usage.source == .provider ? .provider : .estimated, attempt: index + 1,
        createdAt: opened.answer.createdAt)
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
