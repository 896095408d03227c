import FoundationEssentials
import Generated
import Storage
import Testing
import Values

@Suite("Generated queries")
struct GeneratedQueriesTests {
  @Test("A refresh token serves once, until it expires or its session ends", arguments: Engine.allCases)
  func rotateSession(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      let session = Fixture.session(of: user, digest: "first")
      _ = try await database.run(UsersTable.insert(user), SessionsTable.insert(session))
      let rotate = { (digest: String, next: String, now: Int64) in
        Queries.rotateSession(
          userID: user.id, id: session.id, digest: digest, nextDigest: next, now: Fixture.moment(now),
          expiresAt: Fixture.moment(now + 1000))
      }
      #expect(try await database.run(rotate("first", "second", 10)) == 1)
      #expect(try await database.run(rotate("first", "third", 20)) == 0)
      let rotated = try #require(try await database.run(SessionsTable.find(userID: user.id, id: session.id)))
      #expect(rotated.refreshDigest == "second" && rotated.previousDigest == "first")
      #expect(rotated.refreshedAt == Fixture.moment(10) && rotated.expiresAt == Fixture.moment(1010))
      #expect(try await database.run(rotate("second", "third", 1010)) == 0)
    }
  }

  @Test("The first message names a conversation, later ones do not", arguments: Engine.allCases)
  func touchConversation(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      for (title, moment) in [("Lisbon", Fixture.moment(1)), ("Porto", Fixture.moment(2))] {
        let touch = Queries.touchConversation(
          userID: user.id, id: conversation.id, messageID: .v7(), title: title, now: moment)
        #expect(try await database.run(touch) == 1)
        let row = try await database.run(ConversationsTable.find(userID: user.id, id: conversation.id))
        #expect(row?.title == "Lisbon" && row?.updatedAt == moment && row?.isTitled == true)
        #expect(row?.currentMessageID == nil)
      }
      let missing = Queries.touchConversation(
        userID: user.id, id: .v7(), messageID: .v7(), title: "", now: Fixture.moment())
      #expect(try await database.run(missing) == 0)
    }
  }

  @Test("A message follows the latest one before it, if there is one", arguments: Engine.allCases)
  func linkMessage(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let messages = (0..<3).map { Fixture.message(in: conversation, createdAt: Fixture.moment($0)) }
      var parents: [UUID?] = []
      for message in messages {
        try await database.run(MessagesTable.insert(message))
        let link = try await database.run(
          Queries.linkMessage(userID: user.id, conversationID: conversation.id, id: message.id))
        parents.append(try #require(link).parentID)
      }
      #expect(parents == [nil, messages[0].id, messages[1].id])
      let last = try await database.run(MessagesTable.find(userID: user.id, id: messages[2].id))
      #expect(last?.parentID == messages[1].id)
      let missing = Queries.linkMessage(userID: user.id, conversationID: conversation.id, id: .v7())
      #expect(try await database.run(missing) == nil)
    }
  }

  @Test("Turns that nobody works on are counted and settled", arguments: Engine.allCases)
  func staleTurns(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let messages = [
        Fixture.message(in: conversation, status: .streaming, createdAt: Fixture.moment(1)),
        Fixture.message(in: conversation, status: .streaming, createdAt: Fixture.moment(2)),
        Fixture.message(in: conversation, status: .streaming, createdAt: Fixture.moment(9)),
        Fixture.message(in: conversation, status: .complete, createdAt: Fixture.moment(1)),
      ]
      let turn = TurnsRow(
        userID: user.id, messageID: messages[1].id, conversationID: conversation.id, owner: .v7(),
        leaseExpiresAt: Fixture.moment(3), model: "small", text: "", reservedTokens: 0, stopRequested: false,
        watched: false, createdAt: Fixture.moment(2))
      _ = try await database.run(messages.map(MessagesTable.insert) + [TurnsTable.insert(turn)])
      #expect(try await database.run(Queries.countStaleTurns(before: Fixture.moment(3)))?.turns == 0)
      #expect(try await database.run(Queries.countStaleTurns(before: Fixture.moment(5)))?.turns == 1)
      #expect(try await database.run(Queries.expiredTurns(expiredAt: Fixture.moment(3), limit: 9)) == [turn])
    }
  }

  @Test("Usage is summed up, and grouped by day, model and conversation", arguments: Engine.allCases)
  func usage(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      try await database.run(UsersTable.insert(user))
      let (older, newer) = (UUID.v7(), UUID.v7())
      let day: Int64 = 24 * 60 * 60 * 1000
      let rows = [
        Fixture.usage(of: user, conversationID: older, model: "small", tokens: 1),
        Fixture.usage(of: user, conversationID: newer, model: "large", tokens: 2, createdAt: Fixture.moment(day - 1)),
        Fixture.usage(of: user, conversationID: older, model: "small", tokens: 4, createdAt: Fixture.moment(day)),
        Fixture.usage(of: user, conversationID: older, model: "small", tokens: 8, createdAt: Fixture.moment(2 * day)),
      ]
      _ = try await database.run(rows.map(TokenUsageTable.insert))
      let (start, end) = (Fixture.moment(), Fixture.moment(2 * day))

      let totals = try await database.run(Queries.usageTotals(userID: user.id, start: start, end: end))
      #expect(totals == UsageTotalsRow(promptTokens: 7, completionTokens: 14, turns: 3, costMicros: 21))
      let nothing = try await database.run(Queries.usageTotals(userID: .v7(), start: start, end: end))
      #expect(nothing == UsageTotalsRow(promptTokens: 0, completionTokens: 0, turns: 0, costMicros: 0))

      let days = try await database.run(Queries.usageByDay(userID: user.id, start: start, end: end))
      #expect(days.map(\.key) == ["2026-01-01", "2026-01-02"])
      #expect(days.map(\.promptTokens) == [3, 4] && days.map(\.turns) == [2, 1])

      let models = try await database.run(Queries.usageByModel(userID: user.id, start: start, end: end))
      #expect(models.map(\.key) == ["large", "small"])
      #expect(models.map(\.completionTokens) == [4, 10])

      let conversations = try await database.run(
        Queries.usageByConversation(userID: user.id, start: .earliest, end: .latest))
      #expect(conversations.map(\.key) == [newer.canonical, older.canonical])
      #expect(conversations.map(\.costMicros) == [6, 39])
    }
  }
}
