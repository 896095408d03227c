import Foundation
import TestSupport
import Testing

/// What an operator sees of migrations; what they do to a database is tested by MigrationTests.
@Suite("Migrations")
struct MigrateTests {
  @Test("Ten servers that start at once on an empty database migrate it once", arguments: Engine.allCases)
  func tenServers(on engine: Engine) async throws {
    try await Stand.with(engine, settings: ["DB_POOL_SIZE": "2"]) { stand in
      let servers = try await withThrowingTaskGroup(of: ParleyProcess.self) { group in
        for _ in 0..<10 { group.addTask { try await stand.start() } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for server in servers { try await server.kill() }
      let steps = try await stand.database.rows("SELECT name FROM parley_migrations").split(separator: "\n")
      #expect(steps.contains("create-table:users"))
      #expect(Set(steps).count == steps.count)
    }
  }

  /// The models of Tests/Adoption, with integer keys.
  @Test(
    "A database made by SQLAlchemy is told, left alone until it is adopted, and then served", arguments: Engine.allCases
  )
  func adoption(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      let dialect = engine == .postgres ? "postgresql" : "sqlite"
      let models = try String(
        contentsOfFile: "\(Programs.checkout)/Tests/Adoption/\(dialect)-integer.sql", encoding: .utf8)
      try await stand.database.execute(models + Self.rows)

      let (told, plan) = try await parley(["migrate", "--plan"], stand)
      #expect(told == .exit(0), "\(plan)")
      for part in ["users (1 row)", "password_hash", "conversations", "messages (2 rows)", "parley migrate --adopt"] {
        #expect(plan.contains(part), "\(plan)")
      }
      let (refused, _) = try await parley(["migrate"], stand)
      #expect(refused != .exit(0))
      let serve = try ParleyProcess.launch(stand.settings, in: stand.folder)
      #expect(try await serve.end() != .exit(0))
      #expect(serve.output.contains("parley migrate"), "\(serve.output)")
      #expect(try await stand.database.rows("SELECT id, username, hashed_password FROM users") == "1|annabel|$2b$12$x")

      let (adopted, steps) = try await parley(["migrate", "--adopt"], stand)
      #expect(adopted == .exit(0), "\(steps)")
      #expect(try await stand.database.rows("SELECT username, password_hash FROM users") == "annabel|$2b$12$x")
      #expect(
        try await stand.database.rows(
          """
          SELECT u.username, c.title, m.role, m.content FROM messages m
          JOIN conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id JOIN users u ON u.id = m.user_id
          ORDER BY m.created_at
          """) == "annabel|it's|user|hello\nannabel|it's|assistant|😀")
      let (_, rest) = try await parley(["migrate", "--plan"], stand)
      #expect(rest.contains("up to date"), "\(rest)")
      let server = try await stand.start()
      try await server.client.get("/health/ready").require(200)
      #expect(try await server.stop() == .exit(0))
    }
  }

  private static let rows = """

    INSERT INTO users (username, hashed_password, is_active) VALUES ('annabel', '$2b$12$x', TRUE);
    INSERT INTO conversations (user_id, title) VALUES (1, 'it''s');
    INSERT INTO messages (conversation_id, role, content, created_at) VALUES
      (1, 'user', 'hello', '2024-03-01 10:00:00'), (1, 'assistant', '😀', '2024-03-01 10:00:01');
    """

  private func parley(_ arguments: [String], _ stand: Stand) async throws -> (ChildProcess.End, String) {
    var environment = stand.settings
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    let process = try ChildProcess(
      Programs.path(of: "parley"), arguments, environment: environment, folder: stand.folder.path)
    return (try await process.end(), process.output)
  }
}
