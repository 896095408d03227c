import Foundation
import Storage
import TestSupport
import Testing
import Values

/// Databases that a FastAPI service made by way of SQLAlchemy (Tests/Adoption).
@Suite struct AdoptionTests {
  enum Key: String, CaseIterable {
    case integer, uuid

    var type: ColumnType { self == .integer ? .int : .uuid }
    var values: [SQLValue] {
      self == .integer
        ? [.int(1), .int(2), .int(7)] : (1...3).map { .uuid(UUID(high: 0xABCD_0000_0000_4000, low: $0)) }
    }
  }

  @Test(arguments: Engine.allCases, Key.allCases)
  func `A database made by SQLAlchemy is adopted with all its rows`(engine: Engine, key: Key) async throws {
    try await Ground.with(engine) { ground in
      try await ground.use { database in
        try await Self.make(database, key)
        let plan = try await Migration.plan(Self.tables(key), for: database)
        #expect(!plan.steps.isEmpty)
        #expect(!plan.steps.contains { $0.description.isEmpty || $0.lock.isEmpty || $0.name.isEmpty })
        // Nothing is dropped but what only SQLAlchemy's models had.
        for step in plan.steps where step.loss != nil {
          #expect(["drop-column:users.is_active"].contains(step.name), "\(step)")
        }
        let refusal = await #expect(throws: StorageError.self) {
          try await Migration.apply(Self.tables(key), to: database, Migration.Options(scope: .all))
        }
        #expect(refusal?.code == .migrationRefused)
        #expect(refusal?.description.contains("drop-column:users.is_active") == true)
        let untouched = try await Migration.plan(Self.tables(key), for: database)
        #expect(untouched == plan)

        let allowed = Migration.Options(scope: .all, allowing: ["drop-column:users.is_active"])
        _ = try await Migration.apply(Self.tables(key), to: database, allowed)
        let rest = try await Migration.plan(Self.tables(key), for: database)
        #expect(rest.steps.isEmpty)
        let catalog = try await Catalog.read(from: database)
        let wanted = try await Ground.with(engine) { other in
          try await other.use { fresh in
            _ = try await Migration.apply(Self.tables(key), to: fresh)
            return try await Catalog.read(from: fresh)
          }
        }
        #expect(catalog == wanted)
        try await Self.checkRows(of: database, key)
      }
    }
  }

  // MARK: The tables that are wanted

  private static func tables(_ key: Key) -> [TableDefinition] {
    [
      TableDefinition(
        name: "users",
        columns: [
          ColumnDefinition(name: "id", type: key.type),
          ColumnDefinition(
            name: "username", type: .text,
            checks: [CheckDefinition(name: "users_username_length", "length(username) BETWEEN 3 AND 64")]),
          ColumnDefinition(name: "email", type: .text, isNullable: true),
          ColumnDefinition(name: "password_hash", type: .text, renamedFrom: "hashed_password"),
          ColumnDefinition(name: "created_at", type: .timestamp),
          ColumnDefinition(name: "model", type: .text, isNullable: true),
        ], primaryKey: ["id"],
        indexes: [
          IndexDefinition(
            name: "users_username_key", columns: [IndexColumn("username", isCaseInsensitive: true)], isUnique: true),
          IndexDefinition(
            name: "users_email_key", columns: [IndexColumn("email", isCaseInsensitive: true)], isUnique: true),
        ]),
      TableDefinition(
        name: "conversations",
        columns: [
          ColumnDefinition(name: "id", type: key.type),
          ColumnDefinition(name: "user_id", type: key.type),
          ColumnDefinition(name: "title", type: .text),
          ColumnDefinition(name: "pinned", type: .bool, defaultValue: .value(.bool(false))),
          ColumnDefinition(name: "created_at", type: .timestamp),
          ColumnDefinition(name: "updated_at", type: .timestamp),
        ], primaryKey: ["id"],
        indexes: [
          IndexDefinition(
            name: "conversations_by_user",
            columns: [IndexColumn("user_id"), IndexColumn("updated_at", isDescending: true)])
        ],
        foreignKeys: [reference("conversations", "user_id", to: "users")]),
      TableDefinition(
        name: "messages",
        columns: [
          ColumnDefinition(name: "id", type: key.type),
          ColumnDefinition(name: "conversation_id", type: key.type),
          ColumnDefinition(
            name: "role", type: .text,
            checks: [CheckDefinition(name: "messages_role_values", "role IN ('user', 'assistant', 'system')")]),
          ColumnDefinition(name: "content", type: .text),
          ColumnDefinition(name: "token_count", type: .int, isNullable: true),
          ColumnDefinition(name: "created_at", type: .timestamp),
        ], primaryKey: ["id"],
        foreignKeys: [reference("messages", "conversation_id", to: "conversations")]),
    ]
  }

  private static func reference(_ table: String, _ column: String, to other: String) -> ForeignKey {
    ForeignKey(
      name: "\(table)_\(column)_fkey", columns: [column], referencedTable: other, referencedColumns: ["id"],
      onDelete: .cascade)
  }

  // MARK: Rows

  /// The tables and rows as SQLAlchemy and its types write them.
  private static func make(_ database: any Database, _ key: Key) async throws {
    let dialect = database.engine == .postgres ? "postgresql" : "sqlite"
    let path = "\(Programs.checkout)/Tests/Adoption/\(dialect)-\(key.rawValue).sql"
    try await database.execute(script: String(contentsOfFile: path, encoding: .utf8))
    let ids = key.values.map { value -> String in
      switch value {
      case .int(let number): "\(number)"
      // SQLAlchemy keeps a uuid in SQLite as 32 hexadecimal digits.
      case .uuid(let id): "'\(database.engine == .sqlite ? id.canonical.replacing("-", with: "") : id.canonical)'"
      default: "NULL"
      }
    }
    let zone = database.engine == .postgres ? "+00" : ""
    let yes = database.engine == .postgres ? "TRUE" : "1"
    try await database.execute(
      script: """
        INSERT INTO users (id, username, email, hashed_password, is_active, created_at) VALUES
          (\(ids[0]), 'ann', 'Ann@example.org', '$2b$12$x', \(yes), '2024-02-29 23:59:59.123000\(zone)'),
          (\(ids[1]), 'Böb', NULL, '$2b$12$y', \(yes), '1999-12-31 00:00:00.000000\(zone)');
        INSERT INTO conversations (id, user_id, title, created_at, updated_at) VALUES
          (\(ids[2]), \(ids[1]), 'it''s', '2024-03-01 10:00:00.500000\(zone)', '2024-03-01 10:00:01\(zone)');
        INSERT INTO messages (id, conversation_id, role, content, token_count, created_at) VALUES
          (\(ids[0]), \(ids[2]), 'user', '', NULL, '2024-03-01 10:00:00.501000\(zone)'),
          (\(ids[1]), \(ids[2]), 'assistant', '😀', 3000000, '2024-03-01 10:00:02.000000\(zone)')
        """)
  }

  private static func checkRows(of database: any Database, _ key: Key) async throws {
    let ids = key.values
    let users = try await rows(
      "SELECT id, username, email, password_hash, created_at, model FROM users",
      [key.type, .text, .text, .text, .timestamp, .text], database)
    #expect(
      Set(users) == [
        [ids[0], .text("ann"), .text("Ann@example.org"), .text("$2b$12$x"), moment("2024-02-29T23:59:59.123Z"), .null],
        [ids[1], .text("Böb"), .null, .text("$2b$12$y"), moment("1999-12-31T00:00:00Z"), .null],
      ])
    let conversations = try await rows(
      "SELECT id, user_id, title, pinned, created_at, updated_at FROM conversations",
      [key.type, key.type, .text, .bool, .timestamp, .timestamp], database)
    #expect(
      conversations == [
        [
          ids[2], ids[1], .text("it's"), .bool(false), moment("2024-03-01T10:00:00.500Z"),
          moment("2024-03-01T10:00:01Z"),
        ]
      ])
    let messages = try await rows(
      "SELECT id, conversation_id, role, content, token_count, created_at FROM messages",
      [key.type, key.type, .text, .text, .int, .timestamp], database)
    #expect(
      Set(messages) == [
        [ids[0], ids[2], .text("user"), .text(""), .null, moment("2024-03-01T10:00:00.501Z")],
        [ids[1], ids[2], .text("assistant"), .text("😀"), .int(3_000_000), moment("2024-03-01T10:00:02Z")],
      ])
  }

  private static func moment(_ text: String) -> SQLValue { Timestamp(rfc3339: text).map(SQLValue.timestamp) ?? .null }

  private static func rows(_ sql: String, _ types: [ColumnType], _ database: any Database) async throws -> [[SQLValue]]
  {
    let statement = Statement(name: "test.rows", postgres: sql, sqlite: sql, effect: .read)
    return try await database.run(
      Query<[[SQLValue]]>.all(statement) { row throws(StorageError) -> [SQLValue] in
        var values: [SQLValue] = []
        for (index, type) in types.enumerated() { values.append(try row.value(index, type)) }
        return values
      })
  }
}
