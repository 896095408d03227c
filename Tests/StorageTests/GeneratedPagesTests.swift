import FoundationEssentials
import Generated
import Storage
import Testing
import Values

@Suite("Generated pages")
struct GeneratedPagesTests {
  @Test("Pages of conversations meet every row once, in order, through ties", arguments: Engine.allCases, [1, 3, 50])
  func conversations(engine: Engine, limit: Int) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      let stranger = Fixture.user("stranger")
      _ = try await database.run([UsersTable.insert(user), UsersTable.insert(stranger)])
      // Five rows of each of four places: neither `pinned` nor `updated_at` alone says where a page ends.
      let rows: [ConversationsRow] = (0..<20).map { (index: Int) in
        let moment = Fixture.moment(Int64(index / 2 % 2))
        return Fixture.conversation(of: user, pinned: index % 2 == 0, updatedAt: moment)
      }
      _ = try await database.run(rows.shuffled().map(ConversationsTable.insert))
      try await database.run(ConversationsTable.insert(Fixture.conversation(of: stranger)))

      var met: [ConversationsRow] = []
      var key: ConversationsTable.ByUserKey?
      while true {
        let page = try await database.run(ConversationsTable.byUser(userID: user.id, after: key, limit: limit))
        #expect(page.count <= limit)
        met += page
        guard let last = page.last, page.count == limit else { break }
        key = ConversationsTable.ByUserKey(cursor: ConversationsTable.ByUserKey(last).cursor)
        #expect(key == ConversationsTable.ByUserKey(last))
      }
      let expected = rows.sorted { left, right in
        if left.pinned != right.pinned { return left.pinned }
        if left.updatedAt != right.updatedAt { return left.updatedAt > right.updatedAt }
        return left.id.words > right.id.words
      }
      #expect(met == expected)
    }
  }

  @Test("Pages of messages meet every row once, the latest first", arguments: Engine.allCases)
  func messages(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let rows = (0..<10).map { index in
        Fixture.message(in: conversation, content: "\(index)", createdAt: Fixture.moment(Int64(index / 4)))
      }
      _ = try await database.run(rows.map(MessagesTable.insert))
      var met: [MessagesRow] = []
      var key: MessagesTable.ByConversationKey?
      repeat {
        let page = try await database.run(
          MessagesTable.byConversation(userID: user.id, conversationID: conversation.id, after: key, limit: 3))
        met += page
        key = page.last.map(MessagesTable.ByConversationKey.init)
      } while key != nil
      #expect(met.map(\.content) == (0..<10).reversed().map { "\($0)" })
    }
  }

  @Test("Answers are found by what they follow, usage by its message and its user", arguments: Engine.allCases)
  func otherIndexes(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let question = Fixture.message(in: conversation)
      var answer = Fixture.message(in: conversation)
      answer.parentID = question.id
      let usage = Fixture.usage(of: user, messageID: answer.id)
      _ = try await database.run([MessagesTable.insert(question), MessagesTable.insert(answer)])
      _ = try await database.run([TokenUsageTable.insert(usage), TokenUsageTable.insert(Fixture.usage(of: user))])
      let answers = try await database.run(MessagesTable.byParent(userID: user.id, parentID: question.id, limit: 9))
      #expect(answers == [answer])
      let ledger = try await database.run(TokenUsageTable.byMessage(userID: user.id, messageID: answer.id, limit: 9))
      #expect(ledger == [usage])
      #expect(try await database.run(TokenUsageTable.byUser(userID: user.id, limit: 9)).count == 2)
    }
  }

  @Test("A cursor of another list, or one that was edited, is refused")
  func refusedCursors() {
    let row = Fixture.message(in: Fixture.conversation(of: Fixture.user()))
    let cursor = MessagesTable.ByConversationKey(row).cursor
    #expect(MessagesTable.ByConversationKey(cursor: cursor) == MessagesTable.ByConversationKey(row))
    #expect(MessagesTable.ByParentKey(cursor: cursor) == nil)
    #expect(ConversationsTable.ByUserKey(cursor: cursor) == nil)
    #expect(TokenUsageTable.ByUserKey(cursor: cursor) == nil)
    #expect(MessagesTable.ByConversationKey(cursor: String(cursor.dropLast())) == nil)
    #expect(MessagesTable.ByConversationKey(cursor: cursor + "A") == nil)
  }

  @Test("A cursor fits into what api.yaml allows for one")
  func length() {
    let conversation = Fixture.conversation(of: Fixture.user())
    let cursors = [
      ConversationsTable.ByUserKey(conversation).cursor,
      MessagesTable.ByConversationKey(Fixture.message(in: conversation)).cursor,
    ]
    for cursor in cursors {
      #expect(cursor.utf8.count <= 256)
      #expect(cursor.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-") })
    }
  }
}
