import FoundationEssentials
import Glibc
import Postgres
import SQLite
import Storage
import Values

/// An empty database of its own for one test, on either engine.
struct TestDatabase {
  let engine: Engine
  /// What to open it again with.
  let url: String

  /// Runs `body` with an open database, and removes it afterwards.
  static func with<Result>(
    _ engine: Engine, tables: [TableDefinition] = [], poolSize: Int = 6,
    _ body: (any Database, TestDatabase) async throws -> Result
  ) async throws -> Result {
    switch engine {
    case .sqlite:
      let folder = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let test = TestDatabase(engine: engine, url: "sqlite:///\(folder.path)/test.db")
      return try await test.run(tables, poolSize, body)
    case .postgres:
      let schema = "test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
      let server = try await PostgresDatabase.open(url: serverURL(), poolSize: 1)
      try await server.execute(script: "CREATE SCHEMA \(schema)")
      let url = try serverURL()
      let test = TestDatabase(
        engine: engine,
        url: "\(url)\(url.contains("?") ? "&" : "?")options=-csearch_path%3D\(schema)&application_name=\(schema)")
      let result: Swift.Result<Result, any Error>
      do {
        result = .success(try await test.run(tables, poolSize, body))
      } catch {
        result = .failure(error)
      }
      try await server.execute(script: "DROP SCHEMA \(schema) CASCADE")
      await server.close()
      return try result.get()
    }
  }

  private func run<Result>(
    _ tables: [TableDefinition], _ poolSize: Int, _ body: (any Database, TestDatabase) async throws -> Result
  ) async throws -> Result {
    let database = try await open(poolSize: poolSize)
    do {
      try await Migration.apply(tables, to: database)
      let result = try await body(database, self)
      await database.close()
      return result
    } catch {
      await database.close()
      throw error
    }
  }

  func open(poolSize: Int = 6) async throws -> any Database {
    switch engine {
    case .postgres: try await PostgresDatabase.open(url: url, poolSize: poolSize)
    case .sqlite: try await SQLiteDatabase.open(url: url)
    }
  }

  /// A superuser's URL of a private cluster.
  static func serverURL() throws -> String {
    guard let url = getenv("PARLEY_TEST_POSTGRES") else { throw NoServer() }
    return String(cString: url)
  }
}

struct NoServer: Error, CustomStringConvertible {
  let description =
    "PARLEY_TEST_POSTGRES is not set. Run script/test, which starts a private PostgreSQL cluster and sets it."
}

/// The code of the error that `body` throws; nil when it throws none.
func code(of body: () async throws -> Void) async throws -> StorageError.Code? {
  do {
    try await body()
    return nil
  } catch let error as StorageError {
    return error.code
  }
}
