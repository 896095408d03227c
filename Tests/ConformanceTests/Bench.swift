import FoundationEssentials
import Postgres
import SQLite
import Storage
import TestSupport

/// An empty database of its own for one test, on an engine in a state that hurts.
enum Bench: String, CaseIterable, Sendable {
  case sqlite
  case sqliteInMemory
  /// Sorts and folds by the rules of Turkish, where `I` in lower case is `ı`.
  case postgresInTurkish

  /// Runs `body` with an open database that has the tables, and removes it afterwards.
  func run<Result: Sendable>(
    _ tables: [TableDefinition], _ body: (any Database, _ url: String) async throws -> Result
  ) async throws -> Result {
    switch self {
    case .sqliteInMemory: return try await Self.use("sqlite:///:memory:", tables, body)
    case .sqlite:
      let folder = try TemporaryFolder()
      defer { withExtendedLifetime(folder) {} }
      return try await Self.use("sqlite:///\(folder.path)/test.db", tables, body)
    case .postgresInTurkish:
      let name = "conformance_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
      let cluster = try PostgresCluster.fromEnvironment()
      try await cluster.run(
        "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'")
      let outcome: Swift.Result<Result, any Error>
      do {
        outcome = .success(try await Self.use(cluster.url(ofDatabase: name), tables, body))
      } catch {
        outcome = .failure(error)
      }
      try await cluster.run("DROP DATABASE \(name) WITH (FORCE)")
      return try outcome.get()
    }
  }

  private static func use<Result: Sendable>(
    _ url: String, _ tables: [TableDefinition], _ body: (any Database, _ url: String) async throws -> Result
  ) async throws -> Result {
    let database = try await open(url)
    do {
      try await Migration.apply(tables, to: database)
      let result = try await body(database, url)
      await database.close()
      return result
    } catch {
      await database.close()
      throw error
    }
  }

  static func open(_ url: String) async throws -> any Database {
    url.hasPrefix("sqlite") ? try await SQLiteDatabase.open(url: url) : try await PostgresDatabase.open(url: url)
  }
}
