import FoundationEssentials
import Generated
import Storage
import Testing
import Values

@Suite("Full-text search")
struct SearchTests {
  private func found(_ text: String, of user: UsersRow, in database: any Database) async throws -> [String] {
    try await database.run(MessagesTable.search(userID: user.id, matching: text, limit: 10)).map(\.row.content)
  }

  @Test("All words are found, whatever they look like, among the owner's messages only", arguments: Engine.allCases)
  func words(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let stranger = Fixture.user("stranger")
      let theirs = Fixture.conversation(of: stranger)
      _ = try await database.run(UsersTable.insert(stranger), ConversationsTable.insert(theirs))
      try await database.run(
        MessagesTable.insert(Fixture.message(in: theirs, content: "Travel to Rome by night train")))
      let texts = [
        "Travel to Rome", "Rome is far, far away", #"He said "hello" (twice)"#, "mail me@example.com today",
        "a_b foo-bar 3.14", "日本 の 旅", "Grüße aus Köln", "AND OR NOT NEAR", "col:value ^caret prefix*",
        "“Well” — she said…", "「旅行」。",
      ]
      for text in texts {
        try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: text)))
      }

      let expected: [(String, [String])] = [
        ("rome travel", [texts[0]]), ("ROME", [texts[0], texts[1]]), ("train", []), ("\"hello\"", [texts[2]]),
        ("hello) OR (travel", []), ("me@example.com", [texts[3]]), ("example", [texts[3]]), ("bar", [texts[4]]),
        ("foo-bar", [texts[4]]), ("14", [texts[4]]), ("日本", [texts[5]]), ("köln", [texts[6]]), ("koln", []),
        ("AND", [texts[7]]), ("NOT rome", []), ("col:value", [texts[8]]), ("prefi*", []), ("rom", []), ("!!! ---", []),
        ("\"", []), ("  ", []), ("'; DROP TABLE messages; --", []), ("search_owner", []), ("{content} : rome", []),
        ("rome ???", [texts[0], texts[1]]), (user.id.canonical, []), ("-rome", [texts[0], texts[1]]),
        ("rome 🙂 😀", [texts[0], texts[1]]), ("🙂", []),
        ("well", [texts[9]]), ("said", [texts[2], texts[9]]), ("旅行", [texts[10]]),
      ]
      for (text, contents) in expected {
        #expect(try await Set(found(text, of: user, in: database)) == Set(contents), "\(text)")
      }
      #expect(try await found("rome", of: stranger, in: database) == ["Travel to Rome by night train"])
    }
  }

  @Test("What is changed or deleted is found as it is now", arguments: Engine.allCases)
  func changes(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let one = Fixture.message(in: conversation, content: "first thought")
      let two = Fixture.message(in: conversation, content: "first plan")
      _ = try await database.run([MessagesTable.insert(one), MessagesTable.insert(two)])
      #expect(try await found("first", of: user, in: database).count == 2)
      let change = MessagesTable.update(userID: user.id, id: one.id, MessagesChanges(content: "second thought"))
      #expect(try await database.run(change))
      #expect(try await found("first", of: user, in: database) == ["first plan"])
      #expect(try await found("second thought", of: user, in: database) == ["second thought"])
      #expect(try await database.run(MessagesTable.delete(userID: user.id, id: two.id)))
      #expect(try await found("first", of: user, in: database) == [])
      #expect(try await database.run(ConversationsTable.delete(userID: user.id, id: conversation.id)))
      #expect(try await found("thought", of: user, in: database) == [])
    }
  }

  @Test("A text of more words than an index holds is saved all the same", arguments: Engine.allCases)
  func longTexts(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let text = (0..<200_000).map { "w\($0)" }.joined(separator: " ")
      try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: text)))
      #expect(try await found("w7 w8", of: user, in: database) == [text])
    }
  }

  @Test("The best match comes first, and a limit holds", arguments: Engine.allCases)
  func rank(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let texts = ["tea and a long walk by the sea with many other words", "tea tea tea", "coffee"]
      for text in texts {
        try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: text)))
      }
      #expect(try await found("tea", of: user, in: database) == [texts[1], texts[0]])
      let hits = try await database.run(MessagesTable.search(userID: user.id, matching: "tea", limit: 1))
      #expect(hits.map(\.row.content) == [texts[1]])
      #expect(
        hits.first?.snippet == [
          .init("tea", isMatch: true), .init(" "), .init("tea", isMatch: true), .init(" "), .init("tea", isMatch: true),
        ])
    }
  }

  @Test(
    "Rows that were there before the search are found, and a search that goes leaves nothing",
    arguments: Engine.allCases)
  func installation(engine: Engine) async throws {
    let without = DatabaseSchema.tables.map { table in
      var table = table
      table.search = nil
      return table
    }
    try await TestDatabase.with(engine, tables: without) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: "an old message")))
      try await Migration.apply(DatabaseSchema.tables, to: database)
      #expect(try await found("old", of: user, in: database) == ["an old message"])
      #expect(try await Migration.plan(DatabaseSchema.tables, for: database).steps.isEmpty)
      if engine == .sqlite { try await database.execute(script: "VACUUM") }
      try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: "a new message")))
      #expect(try await found("message", of: user, in: database).count == 2)
      let all = Migration.Options(scope: .all)
      try await Migration.apply(without, to: database, all)
      #expect(try await Migration.plan(without, for: database).steps.isEmpty)
      try await database.run(MessagesTable.insert(Fixture.message(in: conversation)))
      try await Migration.apply(DatabaseSchema.tables, to: database)
      #expect(try await found("message", of: user, in: database).count == 2)
    }
  }

  @Test("A table that is made anew is searched as before", arguments: Engine.allCases)
  func rebuild(engine: Engine) async throws {
    let changed = DatabaseSchema.tables.map { table in
      var table = table
      guard table.name == "messages" else { return table }
      for index in table.columns.indices where table.columns[index].name == "role" {
        table.columns[index].checks = []
      }
      return table
    }
    try await TestDatabase.with(engine, tables: changed) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: "an old message")))
      let steps = try await Migration.apply(DatabaseSchema.tables, to: database).steps
      #expect(!steps.isEmpty)
      #expect(try await found("old", of: user, in: database) == ["an old message"])
      try await database.run(MessagesTable.insert(Fixture.message(in: conversation, content: "a new message")))
      #expect(try await found("message", of: user, in: database).count == 2)
      #expect(try await Migration.plan(DatabaseSchema.tables, for: database).steps.isEmpty)
    }
  }

  @Test("A snippet is what stands around the first match, with all matches in it marked")
  func snippets() {
    let words = SearchText("blue Sky")
    #expect(
      SnippetPart.snippet(of: "The SKY is blue.", for: words) == [
        .init("The "), .init("SKY", isMatch: true), .init(" is "), .init("blue", isMatch: true), .init("."),
      ])
    let long = String(repeating: "word ", count: 100) + "sky" + String(repeating: " more", count: 100)
    let parts = SnippetPart.snippet(of: long, for: words)
    #expect(parts.first?.text.hasPrefix("…word ") == true && parts.last?.text.hasSuffix("…") == true)
    #expect(parts.filter(\.isMatch) == [.init("sky", isMatch: true)])
    #expect(parts.map(\.text.count).reduce(0, +) <= 202)
    #expect(SnippetPart.snippet(of: "Nothing of it.", for: words) == [.init("Nothing of it.")])
    #expect(SnippetPart.snippet(of: "", for: words) == [])
  }
}
