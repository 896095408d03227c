import Storage
import Testing

@testable import Postgres
@testable import SQLite

@Suite struct URLTests {
  @Test(arguments: [
    "postgresql://me:p%40ss@db.example:5433/chat", "postgres://me:p%40ss@db.example:5433/chat",
    "postgresql+asyncpg://me:p%40ss@db.example:5433/chat", "postgresql+psycopg2://me:p%40ss@db.example:5433/chat",
    "postgresql+psycopg://me:p%40ss@db.example:5433/chat",
  ])
  func `libpq's URLs and SQLAlchemy's mean the same`(url: String) throws {
    let parameters = try PostgresURL(url).parameters
    #expect(parameters["host"] == "db.example")
    #expect(parameters["port"] == "5433")
    #expect(parameters["user"] == "me")
    #expect(parameters["password"] == "p@ss")
    #expect(parameters["dbname"] == "chat")
    #expect(parameters["client_encoding"] == "UTF8")
    #expect(parameters["fallback_application_name"] == "parley")
  }

  @Test(arguments: [
    ("?ssl=require", "require"), ("?ssl=true", "require"), ("?ssl=false", "disable"),
    ("?ssl=verify-full&application_name=x", "verify-full"), ("?sslmode=prefer", "prefer"),
  ])
  func `asyncpg's ssl option is libpq's sslmode`(query: String, mode: String) throws {
    let parameters = try PostgresURL("postgresql+asyncpg://localhost/chat\(query)").parameters
    #expect(parameters["sslmode"] == mode)
  }

  @Test(arguments: [
    ("", nil), ("?prepared_statement_cache_size=0", false), ("?statement_cache_size=0&ssl=require", false),
    ("?ssl=require&prepared_statement_cache_size=100", true),
  ])
  func `The size of asyncpg's cache says whether statements stay prepared`(query: String, expected: Bool?) throws {
    let url = try PostgresURL("postgresql+asyncpg://localhost/chat\(query)")
    #expect(url.preparesStatements == expected)
    #expect(url.parameters["sslmode"] == (query.contains("ssl") ? "require" : nil))
  }

  @Test func `A size that is no number is told`() {
    #expect(throws: StorageError.self) { try PostgresURL("postgresql://localhost/chat?statement_cache_size=off") }
  }

  @Test func `Names of hosts become addresses, one entry for each, before libpq sees them`() async throws {
    let url = try PostgresURL("postgresql://localhost:1,127.0.0.1:2,[::1]:3/chat?sslmode=disable")
    let resolved = try await withCheckedContinuation { continuation in
      url.resolve { continuation.resume(returning: $0) }
    }.get()
    let parameters = resolved.parameters
    let hosts = try #require(parameters["host"]).split(separator: ",")
    let addresses = try #require(parameters["hostaddr"]).split(separator: ",")
    let ports = try #require(parameters["port"]).split(separator: ",")
    #expect(hosts.count == addresses.count && hosts.count == ports.count)
    #expect(hosts.first == "localhost" && ports.first == "1")
    #expect(addresses.first == "127.0.0.1" || addresses.first == "::1")
    #expect(addresses.suffix(2) == ["127.0.0.1", "::1"])
    #expect(ports.suffix(2) == ["2", "3"])
    // None of them may use up the time of the others.
    #expect(resolved.count == addresses.count && parameters["tcp_user_timeout"] == "8000")
  }

  @Test func `A host that does not exist is told by its name`() async throws {
    let url = try PostgresURL("postgresql://no-such-host.invalid/chat")
    let result = await withCheckedContinuation { continuation in url.resolve { continuation.resume(returning: $0) } }
    let error = #expect(throws: StorageError.self) { try result.get() }
    #expect(error?.description.contains("no-such-host.invalid") == true)
  }

  @Test func `Sockets and several hosts are libpq's business`() throws {
    let socket = try PostgresURL("postgresql:///chat?host=/run/postgresql&port=5433").parameters
    #expect(socket["host"] == "/run/postgresql")
    let hosts = try PostgresURL("postgresql://a:1,b:2/chat?target_session_attrs=read-write").parameters
    #expect(hosts["host"] == "a,b")
    #expect(hosts["port"] == "1,2")
    #expect(hosts["target_session_attrs"] == "read-write")
  }

  @Test(arguments: ["", "mysql://a/b", "postgresql:/a", "postgresql://a/b?no_such_option=1", "postgresql://[::1/b"])
  func `A URL that is not one of PostgreSQL is refused without quoting it`(url: String) {
    let error = #expect(throws: StorageError.self) { try PostgresURL(url) }
    #expect(error?.code == .configuration)
    #expect(url.isEmpty || error?.description.contains(url) == false)
  }

  @Test(arguments: [
    ("sqlite:///relative.db", SQLiteLocation.file("relative.db")),
    ("sqlite:///data/chat.db", .file("data/chat.db")), ("sqlite:////var/lib/chat.db", .file("/var/lib/chat.db")),
    ("sqlite+aiosqlite:///chat.db", .file("chat.db")), ("sqlite+pysqlite:////chat.db", .file("/chat.db")),
    ("sqlite:///:memory:", .memory), ("sqlite+aiosqlite:///:memory:", .memory), ("sqlite://", .memory),
  ])
  func `SQLite's URLs are SQLAlchemy's`(url: String, location: SQLiteLocation) throws {
    #expect(try SQLiteLocation(url: url) == location)
  }

  @Test(arguments: [
    "", "chat.db", "postgresql:///a", "sqlite:chat.db", "sqlite://host/chat.db", "sqlite:///a.db?mode=ro",
  ])
  func `A URL that is not one of SQLite is refused with the forms there are`(url: String) {
    let error = #expect(throws: StorageError.self) { try SQLiteLocation(url: url) }
    #expect(error?.code == .configuration)
    #expect(error?.description.contains("sqlite:///") == true)
  }
}
