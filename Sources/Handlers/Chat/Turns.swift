public import AIClient
import Generated
public import Logging
public import Storage
import Values

import struct FoundationEssentials.UUID

/// Takes a turn: saves the message, asks the model, saves the answer and what it cost.
///
/// What was acknowledged is never lost: the message is saved before the model is called, and a turn goes on when its
/// client leaves.
public struct Turns: Sendable {
  enum Outcome: Sendable {
    case finished(Turn)
    case conversationNotFound
    /// The idempotency key belongs to another message.
    case keyReused
    /// The idempotency key belongs to a turn that is still running.
    case inProgress
    /// The message is saved, and the answer as failed.
    case failed(answer: Message, isTimeout: Bool)
  }

  let database: any Database
  let secured: SecuredDatabase
  let model: any ChatModel
  let allowance: MonthlyAllowance
  let ambient: Ambient
  let log: Logger

  public init(
    database: any Database, model: any ChatModel, allowance: MonthlyAllowance, ambient: Ambient = Ambient(), log: Logger
  ) {
    self.database = database
    secured = SecuredDatabase(database, ambient: ambient)
    self.model = model
    self.allowance = allowance
    self.ambient = ambient
    self.log = log
  }

  /// A task of its own, which no cancellation of the caller reaches; the server waits for it when it stops.
  func take(_ draft: Draft) async throws -> Outcome {
    try await Task {
      do {
        if let refusal = try await allowance.refusal(for: draft.principal) {
          // A retry of a turn that was paid for is still answered.
          guard draft.idempotencyKey != nil, let earlier = try await replay(draft) else { throw refusal }
          return earlier
        }
        let turn = draft.conversationID == nil ? try await begin(draft) : try await goOn(draft)
        return try await answer(turn)
      } catch let error as StorageError where error.violates(MessagesTable.userIDIdempotencyKeyKey) {
        return try await replay(draft) ?? .keyReused
      } catch let error as StorageError where error.code == .foreignKeyViolation {
        return .conversationNotFound
      }
    }.value
  }

  /// Asks the model, holding no database connection, and saves what came.
  private func answer(_ turn: OpenTurn) async throws -> Outcome {
    let reply: ChatReply
    do {
      reply = try await model.reply(to: turn.prompt)
    } catch {
      log.warning(
        "The model failed.",
        metadata: ["message_id": "\(turn.answer.id)", "error": "\(error.debugDescription)"])
      try await insist {
        _ = try await database.run(
          MessagesTable.update(userID: turn.userID, id: turn.answer.id, MessagesChanges(status: .failed)))
      }
      return .failed(answer: turn.answer, isTimeout: error.isTimeout)
    }
    return .finished(try await settle(turn, with: reply))
  }

  /// Saves the answer and what it cost. What was paid for must not be lost to a database that is away for a moment, so
  /// it is tried again; the ledger's id tells whether it was saved before.
  private func settle(_ turn: OpenTurn, with reply: ChatReply) async throws -> Turn {
    let now = ambient.now()
    var answer = turn.answer
    answer.content = reply.text.storable
    answer.status = .complete
    answer.finishReason = reply.finishReason.rawValue
    answer.model = reply.model?.storable ?? turn.prompt.model ?? model.models[0]
    let ledger = TokenUsageRow(
      userID: turn.userID, id: ambient.newID(), conversationID: answer.conversationID, messageID: answer.id,
      model: answer.model ?? "", promptTokens: reply.usage.prompt, completionTokens: reply.usage.completion,
      costMicros: 0, source: reply.usage.source == .provider ? .provider : .estimated, createdAt: now)
    try await insist { try await save(answer, ledger) }
    return Turn(
      conversationID: answer.conversationID, userMessage: turn.message, message: answer, usage: ledger.usage)
  }

  /// How long to wait before saving an answer is tried again.
  private static let waits: [Duration] = [.milliseconds(100), .milliseconds(500), .seconds(2), .seconds(5)]

  /// Tries again what failed, or may have failed, because the database was away.
  private func insist(_ save: () async throws -> Void) async throws {
    for wait in Turns.waits {
      do {
        return try await save()
      } catch let error as StorageError {
        guard error.isTransient || error.code == .outcomeUnknown else { throw error }
        log.warning(
          "The answer could not be saved yet.", metadata: ["wait": "\(wait)", "error": "\(error)"])
        try await Task.sleep(for: wait)
      }
    }
    try await save()
  }

  private func save(_ answer: Message, _ ledger: TokenUsageRow) async throws {
    do {
      _ = try await database.run(
        MessagesTable.update(
          userID: ledger.userID, id: answer.id,
          MessagesChanges(
            content: answer.content, status: answer.status, finishReason: Presence(answer.finishReason),
            model: Presence(answer.model))),
        TokenUsageTable.insert(ledger),
        ConversationsTable.update(
          userID: ledger.userID, id: answer.conversationID, ConversationsChanges(updatedAt: ledger.createdAt)))
    } catch let error where error.code == .uniqueViolation {
      // Of the ledger's key, the only one that is added to: a try whose outcome was unknown had saved it all.
    }
  }

  /// The turn that an idempotency key began before; nil when it began none.
  private func replay(_ draft: Draft) async throws -> Outcome? {
    let message = try await secured.run(
      for: draft.principal,
      MessagesTable.find(userID: draft.userID, idempotencyKey: draft.idempotencyKey ?? ""))
    guard let message else { return nil }
    guard draft.isRepeated(by: message.message) else { return .keyReused }
    let answers = try await secured.run(
      for: draft.principal,
      MessagesTable.byParent(userID: draft.userID, parentID: message.id, after: nil, limit: 1))
    guard let answer = answers.first?.message else { return .inProgress }
    switch answer.status {
    case .streaming:
      return .inProgress
    case .failed, .interrupted, .cancelled:
      return .failed(answer: answer, isTimeout: false)
    case .complete:
      let ledger = try await secured.run(
        for: draft.principal,
        TokenUsageTable.byMessage(userID: draft.userID, messageID: answer.id, after: nil, limit: 1))
      guard let usage = ledger.first?.usage else { return .inProgress }
      return .finished(
        Turn(conversationID: answer.conversationID, userMessage: message.message, message: answer, usage: usage))
    }
  }
}

extension Draft {
  /// Whether a saved message is this one. A draft without a conversation began the one that it was saved in.
  fileprivate func isRepeated(by message: Message) -> Bool {
    content == message.content && attachments == message.attachments
      && (conversationID ?? message.conversationID) == message.conversationID
  }
}

extension String {
  /// Without U+0000, which no text in the database can hold.
  fileprivate var storable: String {
    utf8.contains(0) ? replacing("\0", with: "") : self
  }
}

extension TokenUsageRow {
  fileprivate var usage: Usage {
    Usage(
      promptTokens: promptTokens, completionTokens: completionTokens, totalTokens: promptTokens + completionTokens,
      source: source)
  }
}
