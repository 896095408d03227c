public import AIClient
public import Generated
public import HTTP
import JSON
import Storage
import Values

import struct FoundationEssentials.UUID

/// Conversations and the turns in them.
public struct ChatHandlers: ChatAPI {
  let database: SecuredDatabase
  let model: any ChatModel
  let turns: Turns
  let ambient: Ambient

  public init(database: SecuredDatabase, model: any ChatModel, turns: Turns, ambient: Ambient = Ambient()) {
    self.database = database
    self.model = model
    self.turns = turns
    self.ambient = ambient
  }

  public func getHistory(_ input: GetHistory.Input, as principal: Principal) async throws -> GetHistory.Output {
    let after = try input.cursor.map { try place(MessagesTable.ByConversationKey(cursor: $0)) }
    let (userID, conversationID, limit) = (principal.userID, input.conversationID, input.limit + 1)
    let (conversation, latest, branch) = try await database.run(
      for: principal,
      ConversationsTable.find(userID: userID, id: conversationID),
      MessagesTable.byConversation(userID: userID, conversationID: conversationID, after: after, limit: limit),
      after.map {
        Queries.branchBefore(userID: userID, conversationID: conversationID, messageID: $0.id, limit: limit)
      } ?? Queries.branch(userID: userID, conversationID: conversationID, limit: limit))
    guard let conversation else { return .problem(.conversationNotFound) }
    // Without branches the order of time is the order of the conversation.
    let rows = conversation.currentMessageID == nil ? latest : branch
    let page = rows.prefix(input.limit)
    return .ok(
      MessagePage(
        items: page.reversed().map(\.message),
        nextCursor: rows.count > input.limit ? page.last.map { MessagesTable.ByConversationKey($0).cursor } : nil))
  }

  public func searchMessages(
    _ input: SearchMessages.Input, as principal: Principal
  ) async throws -> SearchMessages.Output {
    let found = try await database.run(
      for: principal, MessagesTable.search(userID: principal.userID, matching: input.q, limit: input.limit))
    let results = found.map { hit in
      SearchResult(
        message: hit.row.message, snippet: hit.snippet.map { SearchSnippet(text: $0.text, match: $0.isMatch) })
    }
    return .ok(SearchResults(items: results))
  }

  public func listConversations(
    _ input: ListConversations.Input, as principal: Principal
  ) async throws -> ListConversations.Output {
    let query = try place(Queries.listConversations(userID: principal.userID, ListConversations.Page(input)))
    let page = try await database.run(for: principal, query)
    return .ok(ConversationPage(items: page.rows.map(\.conversation), nextCursor: page.nextCursor))
  }

  public func createConversation(
    _ input: CreateConversation.Input, as principal: Principal
  ) async throws -> CreateConversation.Output {
    let now = ambient.now()
    let conversation = Conversation(
      id: ambient.newID(), title: input.body.title ?? ConversationTitle.untitled, pinned: false, archived: false,
      currentMessageID: nil, createdAt: now, updatedAt: now)
    try await database.run(
      for: principal,
      ConversationsTable.insert(
        ConversationsRow(conversation, userID: principal.userID, isTitled: input.body.title != nil)))
    return .created(conversation)
  }

  public func getConversation(
    _ input: GetConversation.Input, as principal: Principal
  ) async throws -> GetConversation.Output {
    let row = try await database.run(
      for: principal, ConversationsTable.find(userID: principal.userID, id: input.conversationID))
    guard let row else { return .problem(.conversationNotFound) }
    return .ok(row.conversation)
  }

  public func updateConversation(
    _ input: UpdateConversation.Input, as principal: Principal
  ) async throws -> UpdateConversation.Output {
    let (userID, id) = (principal.userID, input.conversationID)
    let changes = ConversationsChanges(
      title: input.body.title, pinned: input.body.pinned, archived: input.body.archived,
      isTitled: input.body.title == nil ? nil : true)
    let update = ConversationsTable.update(userID: userID, id: id, changes)
    let find = ConversationsTable.find(userID: userID, id: id)
    var writes = [update.map { _ in }]
    if let messageID = input.body.currentMessageID {
      writes += [
        Queries.conversationMessage(userID: userID, id: messageID, conversationID: id).query,
        Queries.linkConversation(userID: userID, conversationID: id).map { _ in },
        Queries.chooseBranch(userID: userID, id: id, messageID: messageID).map { _ in },
      ]
    }
    do {
      let row = try await database.run(for: principal, after: writes, find)
      guard let row else { return .problem(.conversationNotFound) }
      return .ok(row.conversation)
    } catch let error as StorageError where error.tellsOfUnknownMessage {
      let row = try await database.run(for: principal, find)
      guard row != nil else { return .problem(.conversationNotFound) }
      throw Problem.validationFailed([
        Fault(
          location: .body, pointer: "/current_message_id", code: "unknown-message",
          detail: "must be a message of this conversation")
      ])
    }
  }

  /// The turns in it are stopped; what they cost is counted.
  public func deleteConversation(
    _ input: DeleteConversation.Input, as principal: Principal
  ) async throws -> DeleteConversation.Output {
    let (turns, deleted) = try await database.run(
      for: principal,
      Queries.stopConversation(userID: principal.userID, conversationID: input.conversationID),
      ConversationsTable.delete(userID: principal.userID, id: input.conversationID))
    await self.turns.stop(turns.map(\.messageID))
    return deleted ? .noContent : .problem(.conversationNotFound)
  }

  public func listModels(_ input: ListModels.Input, as principal: Principal) async throws -> ListModels.Output {
    try await database.run(for: principal)
    return .ok(ModelList(items: model.models.enumerated().map { Model(id: $1, default: $0 == 0) }))
  }

  private func place<Place>(_ place: Place?) throws -> Place {
    guard let place else {
      throw Problem.validationFailed([
        Fault(
          location: .query, pointer: "/cursor", code: "cursor", detail: "must be the next_cursor of a page of this list"
        )
      ])
    }
    return place
  }
}

extension StorageError {
  fileprivate var tellsOfUnknownMessage: Bool {
    let any = UUID(high: 0, low: 0)
    return violates(Queries.conversationMessage(userID: any, id: any, conversationID: any))
  }
}
