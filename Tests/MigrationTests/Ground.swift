import FoundationEssentials
import Glibc
import Postgres
import SQLite
import Storage
import TestSupport

typealias Engine = Storage.Engine

/// Where a sequence of migrations happens: a database that is empty at first, and as many others as are asked for, all of
/// them gone at the end.
final class Ground: Sendable {
  let engine: Engine
  let url: String
  private let folder: TemporaryFolder
  private let schema: String

  init(_ engine: Engine) async throws {
    self.engine = engine
    folder = try TemporaryFolder()
    schema = "test_" + UUID().uuidString.replacing("-", with: "").lowercased()
    switch engine {
    case .sqlite: url = "sqlite:///\(folder.path)/test.db"
    case .postgres:
      url = try Self.url(of: schema)
      try await Self.administrate("CREATE SCHEMA \(schema)")
    }
  }

  /// Runs a test in an empty database.
  static func with<Value>(_ engine: Engine, _ body: (Ground) async throws -> Value) async throws -> Value {
    let ground = try await Ground(engine)
    let result: Result<Value, any Error>
    do { result = .success(try await body(ground)) } catch { result = .failure(error) }
    if engine == .postgres { try await administrate("DROP SCHEMA \(ground.schema) CASCADE") }
    return try result.get()
  }

  func open(poolSize: Int = 3) async throws -> any Database {
    switch engine {
    case .postgres: try await PostgresDatabase.open(url: url, poolSize: poolSize)
    case .sqlite: try await SQLiteDatabase.open(url: url)
    }
  }

  func use<Value>(_ body: (any Database) async throws -> Value) async throws -> Value {
    try await use(open(), body)
  }

  func useEmpty<Value>(_ body: (any Database) async throws -> Value) async throws -> Value {
    try await use(openEmpty(), body)
  }

  private func use<Value>(
    _ database: any Database, _ body: (any Database) async throws -> Value
  ) async throws -> Value {
    let result: Result<Value, any Error>
    do { result = .success(try await body(database)) } catch { result = .failure(error) }
    await database.close()
    return try result.get()
  }

  /// Opens it after everything in it was removed.
  private func openEmpty() async throws -> any Database {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: "\(folder.path)/test.db\(suffix)")
    }
    let database = try await open()
    try await empty(database)
    return database
  }

  /// Removes everything from an open database. PostgreSQL only: a file of SQLite is cheaper to make anew.
  func empty(_ database: any Database) async throws {
    guard engine == .postgres else { return }
    try await database.execute(script: "DROP SCHEMA \(schema) CASCADE; CREATE SCHEMA \(schema)")
  }

  private static func url(of schema: String) throws -> String {
    let url = try PostgresCluster.fromEnvironment().url.string ?? ""
    let options = "-csearch_path=\(schema) -csynchronous_commit=off".replacing("=", with: "%3D").replacing(
      " ", with: "%20")
    return "\(url)\(url.contains("?") ? "&" : "?")options=\(options)&application_name=\(schema)"
  }

  private static func administrate(_ sql: String) async throws {
    let server = try await PostgresDatabase.open(url: PostgresCluster.fromEnvironment().url.string ?? "", poolSize: 1)
    try await server.execute(script: sql)
    await server.close()
  }
}
