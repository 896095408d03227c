import FoundationEssentials
import Generated
import Storage
import Testing
import Values

@Suite("Generated tables")
struct GeneratedTablesTests {
  @Test("Every generated statement is one that the engine accepts", arguments: Engine.allCases)
  func statements(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      for statement in Tables.statements + Queries.statements {
        // Nulls find nothing and change nothing; only an insert reaches a constraint. A limit is a number.
        // A search looks for something.
        let text = statement.name.hasSuffix(".search") ? SQLValue.text("x") : .null
        let values = statement.parameters.map { $0 == .int ? SQLValue.int(1) : $0 == .text ? text : .null }
        do {
          try await database.run(Query<Void>(statement, values))
        } catch let error as StorageError {
          let isExpected =
            switch error.code {
            case .notNullViolation: statement.name.hasSuffix(".insert") || statement.name == "openBudget"
            // What locks rows is for batches that write; PostgreSQL refuses it in others.
            case .sqlState("25006"): ["heldTurn", "currentPassword"].contains(statement.name)
            // How a requirement that finds nothing fails on PostgreSQL.
            case .sqlState("22012"): statement.name.hasSuffix("Quotient")
            default: false
            }
          #expect(isExpected, "\(statement.name): \(error)")
        }
      }
    }
  }

  @Test("Statements have numbers of their own, from 1 on without a gap")
  func numbers() {
    let numbers = (Tables.statements + Queries.statements).map(\.number)
    #expect(numbers == Array(1...numbers.count))
  }

  @Test("What api.yaml says of each statement's values is told beside the statement")
  func declarations() throws {
    let declarations = Tables.declarations + Queries.declarations + Lists.declarations
    #expect(declarations.map(\.statement.number) == (Tables.statements + Queries.statements).map(\.number))
    for query in Queries.declarations {
      #expect(query.parameters.map(\.type) == query.statement.parameters, "\(query.pointer)")
    }
    let day = try #require(Queries.declarations.first { $0.pointer == "/x-queries/usageByDay" })
    #expect(day.parameters.map(\.name) == ["user_id", "start", "end"])
    #expect(day.columns.first == .init("key", .text) && day.columns.count == 5)
    let find = try #require(Tables.declarations.first { $0.statement.name == "users.find" })
    #expect(find.columns.map(\.name) == DatabaseSchema.tables.first?.columns.map(\.name))
    #expect(find.columns.contains(.init("temperature", .double, isNullable: true)))
    #expect(Tables.declarations.first?.columns == [])
  }

  @Test("A user is saved, found by each key, changed in part and deleted", arguments: Engine.allCases)
  func users(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      var user = Fixture.user("Ada", email: "Ada@example.com")
      user.temperature = 0.25
      user.maxTokens = 512
      try await database.run(UsersTable.insert(user))
      #expect(try await database.run(UsersTable.find(id: user.id)) == user)
      #expect(try await database.run(UsersTable.find(username: "aDA")) == user)
      #expect(try await database.run(UsersTable.find(email: "ada@EXAMPLE.com")) == user)
      #expect(try await database.run(UsersTable.find(id: .v7())) == nil)

      let changes = UsersChanges(username: "Lovelace", temperature: .null, systemPrompt: .value("Be brief."))
      #expect(try await database.run(UsersTable.update(id: user.id, changes)))
      user.username = "Lovelace"
      user.temperature = nil
      user.systemPrompt = "Be brief."
      #expect(try await database.run(UsersTable.find(id: user.id)) == user)

      #expect(UsersChanges().isEmpty && !changes.isEmpty)
      #expect(try await database.run(UsersTable.update(id: user.id, UsersChanges())))
      #expect(try await database.run(UsersTable.find(id: user.id)) == user)
      #expect(try await database.run(UsersTable.update(id: .v7(), changes)) == false)

      #expect(try await database.run(UsersTable.delete(id: user.id)))
      #expect(try await database.run(UsersTable.delete(id: user.id)) == false)
      #expect(try await database.run(UsersTable.find(id: user.id)) == nil)
    }
  }

  @Test("A taken username or email is told by the name of its key", arguments: Engine.allCases)
  func uniqueKeys(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      try await database.run(UsersTable.insert(Fixture.user("ada", email: "ada@example.com")))
      let sameName = await #expect(throws: StorageError.self) {
        try await database.run(UsersTable.insert(Fixture.user("ADA", email: "other@example.com")))
      }
      #expect(sameName?.violates(UsersTable.usernameKey) == true)
      #expect(sameName?.violates(UsersTable.emailKey) == false)
      let sameEmail = await #expect(throws: StorageError.self) {
        try await database.run(UsersTable.insert(Fixture.user("eve", email: "ADA@example.com")))
      }
      #expect(sameEmail?.violates(UsersTable.emailKey) == true)
      try await database.run(UsersTable.insert(Fixture.user("grace")))
      try await database.run(UsersTable.insert(Fixture.user("mary")))
    }
  }

  @Test("What the schema forbids, the tables refuse", arguments: Engine.allCases)
  func checks(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let error = await #expect(throws: StorageError.self) {
        try await database.run(UsersTable.insert(Fixture.user("ab")))
      }
      #expect(error?.code == .checkViolation)
      #expect(error?.constraint == "users_username_length")
      // Three characters, of more bytes.
      try await database.run(UsersTable.insert(Fixture.user("äöü")))
    }
  }

  @Test("A session is saved, found, changed and deleted", arguments: Engine.allCases)
  func sessions(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      var session = Fixture.session(of: user)
      _ = try await database.run(UsersTable.insert(user), SessionsTable.insert(session))
      #expect(try await database.run(SessionsTable.find(userID: user.id, id: session.id)) == session)
      #expect(try await database.run(SessionsTable.find(userID: .v7(), id: session.id)) == nil)
      session.endedAt = Fixture.moment(5)
      let changes = SessionsChanges(endedAt: .value(Fixture.moment(5)))
      #expect(try await database.run(SessionsTable.update(userID: user.id, id: session.id, changes)))
      #expect(try await database.run(SessionsTable.find(userID: user.id, id: session.id)) == session)
      #expect(try await database.run(SessionsTable.delete(userID: user.id, id: session.id)))
    }
  }

  @Test("A conversation is saved, found, changed and deleted with its messages", arguments: Engine.allCases)
  func conversations(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      var (_, conversation) = try await database.userWithConversation()
      let message = Fixture.message(in: conversation)
      try await database.run(MessagesTable.insert(message))
      let owner = conversation.userID
      let changes = ConversationsChanges(pinned: true, updatedAt: Fixture.moment(7))
      #expect(try await database.run(ConversationsTable.update(userID: owner, id: conversation.id, changes)))
      conversation.pinned = true
      conversation.updatedAt = Fixture.moment(7)
      #expect(try await database.run(ConversationsTable.find(userID: owner, id: conversation.id)) == conversation)
      #expect(try await database.run(ConversationsTable.delete(userID: owner, id: conversation.id)))
      #expect(try await database.run(MessagesTable.find(userID: owner, id: message.id)) == nil)
    }
  }

  @Test("A message keeps its attachments, its enumerations and its absent values", arguments: Engine.allCases)
  func messages(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      var message = Fixture.message(
        in: conversation, content: "naïve 日本 🙂 'quoted'\n", attachments: ["https://example.com/?a=\"b\"", ""],
        idempotencyKey: "key")
      try await database.run(MessagesTable.insert(message))
      #expect(try await database.run(MessagesTable.find(userID: user.id, idempotencyKey: "key")) == message)

      message.attachments = ["only"]
      message.status = .failed
      message.parentID = conversation.id
      let changes = MessagesChanges(parentID: .value(conversation.id), attachments: ["only"], status: .failed)
      #expect(try await database.run(MessagesTable.update(userID: user.id, id: message.id, changes)))
      #expect(try await database.run(MessagesTable.find(userID: user.id, id: message.id)) == message)

      let again = Fixture.message(in: conversation, idempotencyKey: "key")
      let error = await #expect(throws: StorageError.self) { try await database.run(MessagesTable.insert(again)) }
      #expect(error?.violates(MessagesTable.userIDIdempotencyKeyKey) == true)
      #expect(try await database.run(MessagesTable.delete(userID: user.id, id: message.id)))
    }
  }

  @Test("A message belongs to a conversation of its owner", arguments: Engine.allCases)
  func references(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (_, conversation) = try await database.userWithConversation()
      let stranger = Fixture.user("stranger")
      try await database.run(UsersTable.insert(stranger))
      var message = Fixture.message(in: conversation)
      message.userID = stranger.id
      let foreign = message
      let error = await #expect(throws: StorageError.self) { try await database.run(MessagesTable.insert(foreign)) }
      #expect(error?.code == .foreignKeyViolation)
    }
  }

  @Test("Usage outlives its conversation and goes with its user", arguments: Engine.allCases)
  func usage(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let usage = Fixture.usage(of: user, conversationID: conversation.id)
      try await database.run(TokenUsageTable.insert(usage))
      #expect(try await database.run(ConversationsTable.delete(userID: user.id, id: conversation.id)))
      #expect(try await database.run(TokenUsageTable.find(userID: user.id, id: usage.id)) == usage)
      let changes = TokenUsageChanges(costMicros: 99, source: .estimated)
      #expect(try await database.run(TokenUsageTable.update(userID: user.id, id: usage.id, changes)))
      #expect(try await database.run(TokenUsageTable.find(userID: user.id, id: usage.id))?.source == .estimated)
      #expect(try await database.run(UsersTable.delete(id: user.id)))
      #expect(try await database.run(TokenUsageTable.find(userID: user.id, id: usage.id)) == nil)
    }
  }

  @Test("A value that an enumeration does not have is an error, not a guess", arguments: Engine.allCases)
  func unknownEnumeration(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      let message = Fixture.message(in: conversation)
      try await database.run(MessagesTable.insert(message))
      try await database.forget(check: "messages_role_values", of: "messages")
      try await database.execute(script: "UPDATE messages SET role = 'oracle'")
      let error = await #expect(throws: StorageError.self) {
        try await database.run(MessagesTable.find(userID: user.id, id: message.id))
      }
      #expect(error?.code == .decoding)
      #expect(error?.description.contains("oracle") == false)
      #expect(error?.debugDescription.contains("oracle") == true)
    }
  }

  @Test("A row becomes its schema and comes back")
  func conversions() throws {
    let row = Fixture.user("ada", email: "ada@example.com")
    #expect(row.user.username == "ada" && row.user.email == "ada@example.com")
    #expect(UsersRow(row.user, passwordHash: row.passwordHash) == row)
    let conversation = Fixture.conversation(of: row)
    #expect(ConversationsRow(conversation.conversation, userID: row.id, isTitled: false) == conversation)
    let message = Fixture.message(in: conversation, attachments: ["a"])
    #expect(MessagesRow(message.message, userID: row.id) == message)
  }
}

extension Database {
  /// Lets a column hold what its CHECK forbids, as a newer version of the service might have it.
  fileprivate func forget(check: String, of table: String) async throws {
    switch engine {
    case .postgres: try await execute(script: "ALTER TABLE \(table) DROP CONSTRAINT \(check)")
    case .sqlite: try await execute(script: "PRAGMA ignore_check_constraints = TRUE")
    }
  }
}
