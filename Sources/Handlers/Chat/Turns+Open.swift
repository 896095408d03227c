import AIClient
import Generated
import HTTP
import Storage
import Values

import struct FoundationEssentials.UUID

extension Turns {
  /// Saves what the user says and opens the answer, in one transaction and round trip.
  ///
  /// Rows are locked in the order turn, budget, conversation by everybody, so that nobody waits in a circle.
  func open(_ draft: Draft) async throws -> OpenTurn {
    let now = ambient.now()
    let message = message(of: draft, at: now)
    let answer = Message(
      id: ambient.newID(), conversationID: message.conversationID, parentID: message.id, role: .assistant, content: "",
      attachments: [], status: .streaming, finishReason: nil, model: nil, createdAt: ambient.now())
    let writes =
      messageWrites(draft, message, answer) + turnWrites(draft, message, answer)
      + conversationWrites(draft, message, answer)
    let preferences = Queries.turnPreferences(userID: draft.userID, messageID: answer.id)
    do {
      if case .newConversation = draft.place {
        let user = try await secured.run(for: draft.principal, after: writes, preferences)
        return opened(draft, message, answer, [message], user)
      }
      // Of these, one is empty or does not count: without branches the order of time is the order of the conversation.
      let (latest, branch, user) = try await secured.run(
        for: draft.principal, after: writes,
        MessagesTable.byConversation(
          userID: draft.userID, conversationID: message.conversationID, after: nil, limit: limits.contextMessages),
        Queries.branch(
          userID: draft.userID, conversationID: message.conversationID, limit: limits.contextMessages),
        preferences)
      let context = (branch.isEmpty ? latest : branch).map(\.message)
      return opened(draft, context.first { $0.id == message.id } ?? message, answer, context, user)
    } catch let error as StorageError where error.violates(allowance.isLeft(to: draft.userID, at: now)) {
      throw try await allowance.refusal(for: draft.principal)
    }
  }

  /// The message that is answered; its place in the conversation is looked for when it is saved.
  private func message(of draft: Draft, at now: Timestamp) -> Message {
    let place: (conversationID: UUID, parentID: UUID?)
    switch draft.place {
    case .newConversation: place = (ambient.newID(), nil)
    case .end(let conversationID): place = (conversationID, nil)
    case .beside(let message): place = (message.conversationID, message.parentID)
    case .again(let question): return question
    }
    return Message(
      id: ambient.newID(), conversationID: place.conversationID, parentID: place.parentID, role: .user,
      content: draft.content, attachments: draft.attachments, status: .complete, finishReason: nil, model: nil,
      createdAt: now)
  }

  private func messageWrites(_ draft: Draft, _ message: Message, _ answer: Message) -> [Query<Void>] {
    let said = MessagesTable.insert(
      MessagesRow(message, userID: draft.userID, idempotencyKey: draft.idempotencyKey))
    let answered = MessagesTable.insert(MessagesRow(answer, userID: draft.userID))
    switch draft.place {
    case .newConversation:
      let conversation = Conversation(
        id: message.conversationID, title: ConversationTitle.of(draft.content), pinned: false, archived: false,
        currentMessageID: nil, createdAt: message.createdAt, updatedAt: message.createdAt)
      return [
        ConversationsTable.insert(ConversationsRow(conversation, userID: draft.userID, isTitled: true)), said, answered,
      ]
    case .end(let conversationID):
      let link = Queries.linkMessage(userID: draft.userID, conversationID: conversationID, id: message.id)
      let isFree = Queries.endedBranch(userID: draft.userID, id: conversationID)
      return [said, isFree.query, link.map { _ in }, answered]
    case .beside:
      return [said, answered]
    case .again:
      return [
        MessagesTable.insert(MessagesRow(answer, userID: draft.userID, idempotencyKey: draft.idempotencyKey))
      ]
    }
  }

  private func turnWrites(_ draft: Draft, _ message: Message, _ answer: Message) -> [Query<Void>] {
    let slot: UUID? =
      switch draft.place {
      case .newConversation, .end: answer.conversationID
      case .beside, .again: nil
      }
    let turn = TurnsTable.insert(
      TurnsRow(
        userID: draft.userID, messageID: answer.id, conversationID: answer.conversationID, slot: slot, owner: instance,
        leaseExpiresAt: ambient.now() + limits.lease, model: model.models[0], text: "", reservedTokens: 0,
        stopRequested: false, watched: false, createdAt: answer.createdAt))
    return [turn]
      + allowance.reserving(
        limits.contextTokens, message: TurnContext.tokens(of: message.content), for: answer.id, of: draft.userID,
        at: answer.createdAt)
  }

  private func conversationWrites(_ draft: Draft, _ message: Message, _ answer: Message) -> [Query<Void>] {
    switch draft.place {
    case .newConversation:
      []
    case .end(let conversationID):
      [
        Queries.touchConversation(
          userID: draft.userID, id: conversationID, messageID: answer.id, title: ConversationTitle.of(draft.content),
          now: message.createdAt
        ).map { _ in }
      ]
    case .beside, .again:
      [
        ConversationsTable.update(
          userID: draft.userID, id: answer.conversationID,
          ConversationsChanges(currentMessageID: .value(answer.id), updatedAt: answer.createdAt)
        ).map { _ in }
      ]
    }
  }

  /// - Parameter context: the newest first.
  private func opened(
    _ draft: Draft, _ message: Message, _ answer: Message, _ context: [Message], _ user: TurnPreferencesRow?
  ) -> OpenTurn {
    let reserved = user?.reservedTokens ?? 0
    // What is left of the month may be less than the model's window. Without a limit nothing is reserved.
    let isShort = allowance.limit != nil && reserved < limits.contextTokens
    let window = isShort ? reserved : limits.contextTokens
    // Half of the window is the conversation's, however long an answer may be.
    let answerTokens = min(user?.maxTokens ?? window / 4, window / 2)
    let told = TurnContext(context, systemPrompt: user?.systemPrompt, limit: window - answerTokens)
    let room = max(1, window - told.tokens)
    let maxTokens = user?.maxTokens.map { min($0, room) } ?? (isShort ? room : nil)
    let prompt = ChatPrompt(
      model: user?.model.flatMap { model.models.contains($0) ? $0 : nil } ?? model.models[0], messages: told.messages,
      temperature: user?.temperature, maxTokens: maxTokens)
    return OpenTurn(
      userID: draft.userID, message: message, answer: answer, prompt: prompt, promptTokens: told.tokens,
      reserved: reserved)
  }
}

extension StorageError {
  /// Whether a turn was not opened because another one has its slot, or because it would follow an answer that is being
  /// written: one that began a branch has no slot.
  var tellsOfAnotherTurn: Bool {
    let anyone = UUID(high: 0, low: 0)
    return violates(TurnsTable.userIDSlotKey) || violates(Queries.endedBranch(userID: anyone, id: anyone))
  }
}
