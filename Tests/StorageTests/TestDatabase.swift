import FoundationEssentials
import SQLite
import Storage
import Testing
import Values

import struct TestSupport.PostgresCluster
import class TestSupport.TemporaryFolder

@testable import Postgres

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
      let folder = try TemporaryFolder()
      defer { withExtendedLifetime(folder) {} }
      let test = TestDatabase(engine: engine, url: "sqlite:///\(folder.path)/test.db")
      return try await test.run(tables, poolSize, body)
    case .postgres:
      let schema = "test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
      let cluster = try PostgresCluster.fromEnvironment()
      try await cluster.run("CREATE SCHEMA \(schema)")
      var url = cluster.url
      url.queryItems =
        (url.queryItems ?? []) + [
          URLQueryItem(name: "options", value: "-csearch_path=\(schema)"),
          URLQueryItem(name: "application_name", value: schema),
        ]
      let test = TestDatabase(engine: engine, url: try #require(url.string))
      let result: Swift.Result<Result, any Error>
      do {
        result = .success(try await test.run(tables, poolSize, body))
      } catch {
        result = .failure(error)
      }
      try await cluster.run("DROP SCHEMA \(schema) CASCADE")
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
    case .postgres:
      // Nobody is told to wait less than the slowest machine takes.
      var limits = PostgresPool.Limits()
      limits.wait = .seconds(60)
      return try await PostgresDatabase.open(url: url, poolSize: poolSize, limits: limits)
    case .sqlite: return try await SQLiteDatabase.open(url: url)
    }
  }
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
