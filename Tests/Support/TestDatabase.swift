import Foundation

/// The databases that Parley runs on.
public enum Engine: String, CaseIterable, Sendable, CustomStringConvertible {
  case sqlite, postgres

  public var description: String { rawValue }
}

/// A fresh, empty database: a file, or a database of the cluster that PARLEY_TEST_POSTGRES names.
public struct TestDatabase: Sendable {
  public let engine: Engine
  /// As DATABASE_URL takes it.
  public let url: String
  private let name: String

  public init(_ engine: Engine, in folder: TemporaryFolder) async throws {
    self.engine = engine
    name = "parley_" + UUID().uuidString.replacing("-", with: "").lowercased()
    switch engine {
    case .sqlite:
      url = "sqlite:///\(folder.path)/parley.db"
    case .postgres:
      url = try PostgresCluster.fromEnvironment().url(ofDatabase: name)
      try await PostgresCluster.fromEnvironment().run("CREATE DATABASE \(name) TEMPLATE template0")
    }
  }

  /// Removes it, whoever is connected.
  public func drop() async throws {
    guard engine == .postgres else { return }
    try await PostgresCluster.fromEnvironment().run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
  }

  /// Runs a query past the server and returns its rows as lines, columns parted by '|'.
  public func rows(_ sql: String) async throws -> String {
    switch engine {
    case .postgres: return try await PostgresCluster.fromEnvironment().run(sql, database: name)
    case .sqlite:
      let script = """
        import sqlite3, sys
        for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")
        """
      let python = try ChildProcess(
        "python3", ["-c", script, String(url.trimmingPrefix("sqlite:///")), sql],
        environment: ProcessInfo.processInfo.environment)
      guard try await python.end() == .exit(0) else { throw Trouble("sqlite3: \(python.output)") }
      return python.output
    }
  }

  /// Runs statements past the server, of any number and without results.
  public func execute(_ script: String) async throws {
    switch engine {
    case .postgres: try await PostgresCluster.fromEnvironment().run(script, database: name)
    case .sqlite:
      let program = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
      let python = try ChildProcess(
        "python3", ["-c", program, String(url.trimmingPrefix("sqlite:///")), script],
        environment: ProcessInfo.processInfo.environment)
      guard try await python.end() == .exit(0) else { throw Trouble("sqlite3: \(python.output)") }
    }
  }

  /// Lets nobody in and throws everybody out, or lets them in again. PostgreSQL only.
  public func setReachable(_ isReachable: Bool) async throws {
    let cluster = try PostgresCluster.fromEnvironment()
    try await cluster.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isReachable)")
    if !isReachable {
      try await cluster.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
    }
  }
}
