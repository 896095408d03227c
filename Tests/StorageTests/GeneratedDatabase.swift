import Foundation
import Generated
import Postgres
import SQLite
import Storage

/// Runs a test in a fresh database that has the tables of `api.yaml`.
func withGeneratedTables(on engine: Engine, _ test: (any Database) async throws -> Void) async throws {
  let name = "parley_" + UUID().uuidString.filter { $0 != "-" }.lowercased()
  switch engine {
  case .sqlite:
    let file = FileManager.default.temporaryDirectory.appending(path: "\(name).db")
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path() + suffix) }
    }
    try await run(test, in: try await SQLiteDatabase.open(url: "sqlite:///\(file.path())"))
  case .postgres:
    let cluster = try cluster()
    var url = cluster
    url.path = "/\(name)"
    let administrator = try await PostgresDatabase.open(url: cluster.string ?? "", poolSize: 1)
    try await administrator.execute(script: "CREATE DATABASE \(name) TEMPLATE template0")
    let result: Result<Void, any Error>
    do {
      result = .success(
        try await run(test, in: try await PostgresDatabase.open(url: url.string ?? "", poolSize: 4)))
    } catch {
      result = .failure(error)
    }
    try await administrator.execute(script: "DROP DATABASE \(name) WITH (FORCE)")
    await administrator.close()
    try result.get()
  }
}

private func run(_ test: (any Database) async throws -> Void, in database: any Database) async throws {
  do {
    try await Migration.apply(DatabaseSchema.tables, to: database)
    try await test(database)
  } catch {
    await database.close()
    throw error
  }
  await database.close()
}

private func cluster() throws -> URLComponents {
  guard let text = ProcessInfo.processInfo.environment["PARLEY_TEST_POSTGRES"], let url = URLComponents(string: text)
  else { throw NoCluster() }
  return url
}

private struct NoCluster: Error, CustomStringConvertible {
  let description = "PARLEY_TEST_POSTGRES is not set. Run 'script/test', or 'script/postgres swift test'."
}
