import Storage
import Testing
import Values

/// Tables as SQLAlchemy's models made them, with keys that are numbers.
@Suite(.serialized) struct AdoptionTests {
  private static func make(_ database: any Database) async throws {
    let isPostgres = database.engine == .postgres
    let key = isPostgres ? "SERIAL PRIMARY KEY" : "INTEGER NOT NULL PRIMARY KEY"
    let moment = isPostgres ? "TIMESTAMP WITHOUT TIME ZONE" : "DATETIME"
    try await database.execute(
      script: """
        CREATE TABLE users (
          id \(key), username VARCHAR(50) NOT NULL UNIQUE, hashed_password VARCHAR NOT NULL, created_at \(moment),
          updated_at \(moment));
        CREATE INDEX ix_users_id ON users (id);
        CREATE TABLE messages (
          id \(key), user_id INTEGER, content TEXT, created_at \(moment), FOREIGN KEY(user_id) REFERENCES users (id));
        INSERT INTO users (id, username, hashed_password, created_at) VALUES
          (1, 'ann', '$2b$12$x', '2024-02-29 23:59:59.123'), (7, 'bob', '$2b$12$y', NULL), (9, 'x', '$2b$', NULL);
        INSERT INTO messages (id, user_id, content, created_at) VALUES
          (1, 1, 'hello', '2024-03-01 10:00:00'), (2, 9, 'lost', '2024-03-01 10:00:00'), (3, 7, '', NULL);
        """)
  }

  private static let tables = [
    TableDefinition(
      name: "users",
      columns: [
        ColumnDefinition(name: "id", type: .uuid),
        ColumnDefinition(
          name: "username", type: .text,
          checks: [CheckDefinition(name: "users_username_length", "length(username) BETWEEN 3 AND 64")]),
        ColumnDefinition(name: "email", type: .text, isNullable: true),
        ColumnDefinition(name: "temperature", type: .double, isNullable: true),
        ColumnDefinition(name: "settings", type: .json, defaultValue: .value(.json("{}"))),
        ColumnDefinition(name: "updated_at", type: .timestamp),
        ColumnDefinition(name: "created_at", type: .timestamp),
        ColumnDefinition(name: "password_hash", type: .text),
      ], primaryKey: ["id"],
      indexes: [
        IndexDefinition(
          name: "users_username_key", columns: [IndexColumn("username", isCaseInsensitive: true)], isUnique: true)
      ]),
    TableDefinition(
      name: "messages",
      columns: [
        ColumnDefinition(name: "id", type: .uuid),
        ColumnDefinition(name: "content", type: .text),
        ColumnDefinition(name: "status", type: .text),
        ColumnDefinition(name: "user_id", type: .uuid),
      ], primaryKey: ["user_id", "id"],
      foreignKeys: [
        ForeignKey(
          name: "messages_user_id_fkey", columns: ["user_id"], referencedTable: "users", referencedColumns: ["id"],
          onDelete: .cascade)
      ]),
  ]

  private static let adoption = Adoption(
    otherNames: ["users.password_hash": ["hashed_password"]],
    fallbacks: [
      "users.updated_at": .column("created_at"), "users.created_at": .value(.timestamp(Timestamp(milliseconds: 0))),
      "messages.status": .value(.text("complete")),
    ])

  @Test(arguments: Engine.allCases)
  func `Tables of another program are told, refused, and taken over with what fits`(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      try await Self.make(database)
      let plan = try await Migration.plan(Self.tables, for: database)
      #expect(plan.steps.isEmpty && plan.strangers.map(\.table) == ["users", "messages"])
      #expect(plan.strangers.map(\.rows) == [3, 3])
      #expect(plan.report.contains("not made by Parley") && plan.report.contains("parley migrate --adopt"))
      for scope in [Migration.Options.Scope.additive, .all] {
        let code = try await code { try await Migration.apply(Self.tables, to: database, .init(scope: scope)) }
        #expect(code == .migrationRefused)
      }
      let options = Migration.Options(scope: .all, adoption: Self.adoption)
      let done = try await Migration.apply(Self.tables, to: database, options)
      #expect(done.steps.contains { $0.description.hasPrefix("copy 2 of 3 rows of users_before_parley to users;") })
      #expect(try await texts("SELECT username FROM users ORDER BY username", in: database) == ["ann", "bob"])
      #expect(try await texts("SELECT password_hash FROM users WHERE username = 'ann'", in: database) == ["$2b$12$x"])
      #expect(try await texts("SELECT content FROM messages ORDER BY content", in: database) == ["", "hello"])
      #expect(try await texts("SELECT count(*) FROM users_before_parley", in: database) == ["3"])
      let id = try await database.run(
        Query<Int64?>.first(
          Statement(
            name: "test.id", postgres: "SELECT id, created_at FROM users WHERE username = 'ann'",
            sqlite: "SELECT id, created_at FROM users WHERE username = 'ann'", effect: .read)
        ) { row throws(StorageError) in
          let made = try row.timestamp(1)
          #expect(Int64(try row.uuid(0).words.high >> 16) == made.milliseconds)
          return made.milliseconds
        })
      #expect(id == Timestamp(rfc3339: "2024-02-29T23:59:59.123Z")?.milliseconds)
      // Nothing is left to do, and nothing is copied twice.
      #expect(try await Migration.plan(Self.tables, for: database) == Migration())
      #expect(try await Migration.apply(Self.tables, to: database, options).steps.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `A required column that nothing tells of is refused, and nothing is changed`(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      try await Self.make(database)
      let before = try await Migration.plan(Self.tables, for: database)
      let error = await #expect(throws: StorageError.self) {
        try await Migration.apply(Self.tables, to: database, .init(scope: .all, adoption: Adoption()))
      }
      #expect(error?.description.contains("users.password_hash, messages.status") == true)
      #expect(try await Migration.plan(Self.tables, for: database) == before)
    }
  }
}
