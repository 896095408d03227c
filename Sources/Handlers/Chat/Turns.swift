public import AIClient
import Generated
import HTTP
public import Logging
public import Storage
import Values

import struct FoundationEssentials.UUID

/// Takes turns: saves the message, asks the model, saves the answer and what it cost.
///
/// What was acknowledged is never lost, and what the model charged is counted once: the message is saved before the
/// model is asked; the turn goes on when its client leaves; and whoever settles it takes its row of `turns` away in the
/// same transaction, so that of all who try one does.
public struct Turns: Sendable {
  enum Outcome: Sendable {
    /// The message and its answer, which may be running, on this instance or another.
    case taken(question: Message, any TurnSource)
    case conversationNotFound
    /// The idempotency key belongs to another message.
    case keyReused
    /// Another turn of the conversation is running.
    case inProgress
  }

  let database: any Database
  let secured: SecuredDatabase
  let model: any ChatModel
  let allowance: MonthlyAllowance
  let prices: PriceTable
  let limits: TurnLimits
  let ambient: Ambient
  let log: Logger
  /// This instance, as rows of `turns` name it.
  let instance: UUID
  let running = RunningTurns()
  let signals = TurnSignals()

  public init(
    database: any Database, model: any ChatModel, allowance: MonthlyAllowance, prices: PriceTable = PriceTable(),
    limits: TurnLimits = TurnLimits(), ambient: Ambient = Ambient(), log: Logger
  ) {
    self.database = database
    secured = SecuredDatabase(database, ambient: ambient)
    self.model = model
    self.allowance = allowance
    self.prices = prices
    self.limits = limits
    self.ambient = ambient
    self.log = log
    instance = ambient.newID()
  }

  /// Begins a turn, or finds the one that its idempotency key began. What is begun is in a task of its own, which no
  /// cancellation of the caller reaches.
  func take(_ draft: Draft) async throws -> Outcome {
    try await Task {
      do {
        let opened = try await open(draft)
        return .taken(question: opened.message, start(opened))
      } catch let error as StorageError where error.violates(MessagesTable.userIDIdempotencyKeyKey) {
        return try await replay(draft) ?? .keyReused
      } catch let error as StorageError where error.tellsOfAnotherTurn {
        return .inProgress
      } catch let error as StorageError where error.code == .foreignKeyViolation {
        return .conversationNotFound
      }
    }.value
  }

  /// The turn that an idempotency key began before; nil when it began none that is like this.
  private func replay(_ draft: Draft) async throws -> Outcome? {
    let saved = try await secured.run(
      for: draft.principal, MessagesTable.find(userID: draft.userID, idempotencyKey: draft.idempotencyKey ?? ""))
    guard let saved = saved?.message, draft.isRepeated(by: saved) else { return nil }
    if case .again(let question) = draft.place {
      return try await source(of: saved.id, for: draft.principal).map { .taken(question: question, $0) }
    }
    let first = try await secured.run(
      for: draft.principal, Queries.firstAnswer(userID: draft.userID, messageID: saved.id))
    guard let first else { return nil }
    return try await source(of: first.id, for: draft.principal).map { .taken(question: saved, $0) }
  }

  /// The turn of an answer, wherever it runs; nil when the user has no such answer.
  func source(of messageID: UUID, for principal: Principal) async throws -> (any TurnSource)? {
    let userID = principal.userID
    let (turn, answer, ledger) = try await secured.run(
      for: principal, TurnsTable.find(userID: userID, messageID: messageID),
      MessagesTable.find(userID: userID, id: messageID),
      TokenUsageTable.byMessage(userID: userID, messageID: messageID, after: nil, limit: 100))
    guard let answer = answer?.message, answer.role == .assistant else { return nil }
    if let mine = running.find(messageID, of: userID) { return mine }
    guard turn == nil else { return RemoteTurn(turns: self, answer: answer, userID: userID) }
    return SettledTurn(answer, ledger: ledger)
  }
}
