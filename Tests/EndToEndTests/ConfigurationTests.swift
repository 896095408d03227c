import Foundation
import JSON
import TestSupport
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  /// API.md's, to the letter.
  static let dotEnv = """
    DATABASE_URL=postgresql+asyncpg://user:password@localhost/chatbot
    JWT_SECRET=your_secret_key
    JWT_ALGORITHM=HS256
    AI_MODEL_ENDPOINT=http://localhost:8001/generate  # or OpenAI API

    """

  /// The service that Parley takes over from has its database at the default port; the cluster of the tests is found at
  /// another one by PGPORT, which libpq reads. The model's port is the test's own.
  @Test("The .env of the service before works as it stands, with --dev")
  func dotEnvAsItStands() async throws {
    let cluster = try PostgresCluster.fromEnvironment()
    try await cluster.run("CREATE ROLE \"user\" LOGIN PASSWORD 'password'")
    try await cluster.run("CREATE DATABASE chatbot OWNER \"user\" TEMPLATE template0")
    let upstream = try await UpstreamProcess.start(.tgi, port: 8001)
    do {
      let folder = try TemporaryFolder()
      try folder.write(Self.dotEnv, to: ".env")
      let parley = try await ParleyProcess.start(
        ["PGPORT": String(cluster.port)], arguments: ["--dev"], in: folder)
      let ada = try await Account.make("ada", on: parley)
      let reply = try await ada.send("one two three")
      try reply.require(200)
      #expect(try reply.member("/message/content") == "echo: one two three")
      #expect(try await upstream.ledger().map { $0.text("dialect") } == ["tgi"])
      #expect(try await cluster.run("SELECT username FROM users", database: "chatbot") == "ada")
      #expect(try await parley.stop() == .exit(0))

      // The random secret is kept: who was logged in before still is.
      let again = try await ParleyProcess.start(
        ["PGPORT": String(cluster.port)], arguments: ["--dev"], in: folder)
      try await ada.moved(to: again).client.get("/users/me").require(200)
      #expect(try await again.stop() == .exit(0))
    } catch {
      try await cleanUp(cluster)
      throw error
    }
    try await cleanUp(cluster)
  }

  private func cleanUp(_ cluster: PostgresCluster) async throws {
    try await cluster.run("DROP DATABASE IF EXISTS chatbot WITH (FORCE)")
    try await cluster.run("DROP ROLE IF EXISTS \"user\"")
  }

  @Test("Driver suffixes, quotes, exports and comments are understood", arguments: Engine.allCases)
  func dotEnvForms(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      let url =
        switch engine {
        case .sqlite: "sqlite+aiosqlite:///parley.db"
        case .postgres: stand.database.url.replacing("postgresql://", with: "postgresql+asyncpg://")
        }
      let dotEnv = """
        # Where it is
        export DATABASE_URL="\(url)"
        JWT_SECRET='\(Stand.secret)' # ours

        BCRYPT_COST = 4
        SOMETHING_ELSE=of another program
        """
      try stand.folder.write(dotEnv, to: ".env")
      let parley = try await ParleyProcess.start([:], in: stand.folder)
      let ada = try await Account.make("ada", on: parley)
      try await ada.send("Hello").require(200)
      try await parley.stop()
    }
  }

  @Test(
    "A weak secret is refused with a line that says how to make a real one",
    arguments: ["your_secret_key", "", "secret", "changeme", "0123456789abcdef", String(repeating: "a", count: 64)])
  func weakSecret(_ secret: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("JWT_SECRET=\(secret)\n", to: ".env")
    let parley = try ParleyProcess.launch([:], in: folder)
    let end = try await parley.end()
    #expect(end != .exit(0))
    let lines = parley.output.split(separator: "\n")
    #expect(lines.count == 1, "\(parley.output)")
    #expect(lines.first?.contains("JWT_SECRET") == true)
    #expect(lines.first?.contains("openssl rand -hex 32") == true)
    if !secret.isEmpty && secret != "secret" { #expect(!parley.output.contains(secret)) }
  }

  @Test(
    "A value that is none stops the start with one clear line",
    arguments: [
      ("DATABASE_URL", "mysql://localhost/x", "mysql"), ("DATABASE_URL", "nonsense", "sqlite:///"),
      ("JWT_ALGORITHM", "RS256", "HS256"), ("BCRYPT_COST", "3", "4 to 31"), ("AI_TIMEOUT", "soon", "seconds"),
      ("LOG_LEVEL", "loud", "info"), ("CORS_ORIGINS", "example.com", "https://"),
      ("AI_PROVIDER", "parrot", "openai"), ("DB_POOL_SIZE", "many", "connections"),
      ("MONTHLY_TOKEN_LIMIT", "-1", "tokens"), ("AI_MODEL_ENDPOINT", "not a url", "AI_MODEL_ENDPOINT"),
      ("RATE_LIMITS", "login=often", "RATE_LIMITS"),
    ])
  func malformed(_ name: String, _ value: String, _ advice: String) async throws {
    let folder = try TemporaryFolder()
    let parley = try ParleyProcess.launch(["JWT_SECRET": Stand.secret, name: value], in: folder)
    let end = try await parley.end()
    #expect(end != .exit(0))
    let lines = parley.output.split(separator: "\n")
    #expect(lines.count == 1, "\(parley.output)")
    #expect(lines.first?.contains(name) == true, "\(parley.output)")
    #expect(lines.first?.contains(advice) == true, "\(parley.output)")
  }

  @Test("A flag overrides the environment, which overrides .env")
  func precedence() async throws {
    try await Stand.with(.sqlite) { stand in
      try stand.folder.write("AI_MODEL=\"from-file\"\nMONTHLY_TOKEN_LIMIT=1000\n", to: ".env")
      let upstream = try await UpstreamProcess.start()
      var settings = upstream.settings
      settings["AI_MODEL"] = nil
      let parley = try await stand.start(settings, arguments: ["--monthly-token-limit", "3000"])
      let ada = try await Account.make("ada", on: parley)
      #expect(try await ada.client.get("/chat/models").member("/items/0/id") == "from-file")
      #expect(try await ada.client.get("/usage").number("/limit") == 3000)
      try await parley.stop()
    }
  }

  @Test("check says what works and what does not", arguments: Engine.allCases)
  func check(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      let upstream = try await UpstreamProcess.start()
      func check(_ more: [String: String]) async throws -> (ChildProcess.End, String) {
        var environment = stand.settings.merging(upstream.settings) { $1 }.merging(more) { $1 }
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        let process = try ChildProcess(
          Programs.path(of: "parley"), ["check"], environment: environment, folder: stand.folder.path)
        return (try await process.end(), process.output)
      }
      let (end, _) = try await check([:])
      #expect(end == .exit(0))
      try await upstream.kill()
      let (failure, output) = try await check([:])
      #expect(failure != .exit(0))
      #expect(output.lowercased().contains("model"))
      let (noDatabase, _) = try await check(["DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/nothing"])
      #expect(noDatabase != .exit(0))
    }
  }

  @Test("migrate makes the tables, and once is enough", arguments: Engine.allCases)
  func migrate(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      for _ in 0..<2 {
        var environment = stand.settings
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        let process = try ChildProcess(
          Programs.path(of: "parley"), ["migrate"], environment: environment, folder: stand.folder.path)
        #expect(try await process.end() == .exit(0), "\(process.output)")
      }
      let parley = try await stand.start()
      _ = try await Account.make("ada", on: parley)
      try await parley.stop()
    }
  }
}
