public import Generated
public import HTTP
import JSON
import Storage
import Values

import struct FoundationEssentials.UUID

extension ChatHandlers {
  public func sendMessage(_ input: SendMessage.Input, as principal: Principal) async throws -> SendMessage.Output {
    let draft = Draft(
      principal: principal, place: input.body.conversationID.value.map { .end(of: $0) } ?? .newConversation,
      content: input.body.content, attachments: input.body.attachments ?? [], idempotencyKey: input.idempotencyKey)
    switch try await turns.take(draft) {
    case .conversationNotFound: return .problem(.conversationNotFound)
    case .keyReused: return .problem(.idempotencyKeyReused)
    case .inProgress: return .problem(.turnInProgress)
    case .taken(let question, let source):
      if input.accept == .eventStream { return .okEventStream(source.events()) }
      let settled = try await source.settled()
      guard let turn = settled.turn(of: question) else {
        return .problem(settled.isTimeout ? .upstreamTimeout : .upstreamFailed, members: settled.members)
      }
      return .ok(turn)
    }
  }

  public func editMessage(_ input: EditMessage.Input, as principal: Principal) async throws -> EditMessage.Output {
    guard let message = try await linked(input.messageID, for: principal) else { return .problem(.messageNotFound) }
    guard message.role == .user else { return .problem(.notAUserMessage) }
    let draft = Draft(
      principal: principal, place: .beside(message), content: input.body.content,
      attachments: input.body.attachments ?? [], idempotencyKey: input.idempotencyKey)
    switch try await turns.take(draft) {
    case .conversationNotFound: return .problem(.messageNotFound)
    case .keyReused, .inProgress: return .problem(.idempotencyKeyReused)
    case .taken(let question, let source):
      if input.accept == .eventStream { return .okEventStream(source.events()) }
      let settled = try await source.settled()
      guard let turn = settled.turn(of: question) else {
        return .problem(settled.isTimeout ? .upstreamTimeout : .upstreamFailed, members: settled.members)
      }
      return .ok(turn)
    }
  }

  public func regenerateMessage(
    _ input: RegenerateMessage.Input, as principal: Principal
  ) async throws -> RegenerateMessage.Output {
    guard let message = try await linked(input.messageID, for: principal) else { return .problem(.messageNotFound) }
    guard let question = try await question(of: message, for: principal) else { return .problem(.nothingToAnswer) }
    let draft = Draft(principal: principal, place: .again(question), idempotencyKey: input.idempotencyKey)
    switch try await turns.take(draft) {
    case .conversationNotFound: return .problem(.messageNotFound)
    case .keyReused, .inProgress: return .problem(.idempotencyKeyReused)
    case .taken(let question, let source):
      if input.accept == .eventStream { return .okEventStream(source.events()) }
      let settled = try await source.settled()
      guard let turn = settled.turn(of: question) else {
        return .problem(settled.isTimeout ? .upstreamTimeout : .upstreamFailed, members: settled.members)
      }
      return .ok(turn)
    }
  }

  public func followMessage(
    _ input: FollowMessage.Input, as principal: Principal
  ) async throws -> FollowMessage.Output {
    guard let turn = try await turns.source(of: input.messageID, for: principal) else {
      return .problem(.messageNotFound)
    }
    guard let lastID = input.lastEventID else { return .ok(turn.events()) }
    guard let id = Int32(lastID), id >= 0, try await turn.hasEvent(Int(id)) else { return .problem(.unknownEvent) }
    return .ok(turn.events(after: Int(id)))
  }

  public func stopMessage(_ input: StopMessage.Input, as principal: Principal) async throws -> StopMessage.Output {
    guard let turn = try await turns.source(of: input.messageID, for: principal) else {
      return .problem(.messageNotFound)
    }
    try await turn.stop()
    let settled = try await turn.settled()
    return .ok(StoppedTurn(message: settled.answer, usage: settled.usage))
  }

  public func listVersions(_ input: ListVersions.Input, as principal: Principal) async throws -> ListVersions.Output {
    let rows = try await database.run(
      for: principal, Queries.versions(userID: principal.userID, messageID: input.messageID, limit: input.limit))
    guard !rows.isEmpty else { return .problem(.messageNotFound) }
    return .ok(MessageVersions(items: rows.map(\.message)))
  }

  /// A message that tells what it follows. Those of a conversation that has no branches yet may not: another program
  /// wrote them.
  private func linked(_ id: UUID, for principal: Principal) async throws -> Message? {
    let userID = principal.userID
    let row = try await database.run(for: principal, MessagesTable.find(userID: userID, id: id))
    guard let message = row?.message, message.parentID == nil else { return row?.message }
    let (_, linked) = try await database.run(
      for: principal, Queries.linkConversation(userID: userID, conversationID: message.conversationID),
      MessagesTable.find(userID: userID, id: id))
    return linked?.message
  }

  /// The message that is to be answered again: itself, or what it answers.
  private func question(of message: Message, for principal: Principal) async throws -> Message? {
    if message.role == .user { return message }
    guard let parentID = message.parentID else { return nil }
    let parent = try await database.run(
      for: principal, MessagesTable.find(userID: principal.userID, id: parentID))
    return parent.flatMap { $0.role == .user ? $0.message : nil }
  }
}

extension SettledTurn {
  /// The turn as it is answered; nil when the model failed.
  fileprivate func turn(of question: Message) -> Turn? {
    guard answer.status != .failed else { return nil }
    return Turn(conversationID: answer.conversationID, userMessage: question, message: answer, usage: usage)
  }

  var isTimeout: Bool { answer.finishReason == Turns.timeout }

  /// What the problem of a model that failed names.
  fileprivate var members: [(String, JSONValue)] {
    [
      ("conversation_id", .string(answer.conversationID.canonical)), ("message_id", .string(answer.id.canonical)),
    ]
  }
}
