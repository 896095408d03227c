import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// A database on a cluster of the suite's own, where faults happen under load and the ledger is compared afterwards.
struct Arena: Sendable {
  let cluster: PrivateCluster

  static let database = "torture"

  /// Runs a suite with a cluster.
  static func with(_ body: (Arena) async throws -> Void) async throws {
    let arena = Arena(cluster: try await PrivateCluster())
    let result: Result<Void, any Error>
    do {
      try await arena.cluster.start()
      result = .success(try await body(arena))
    } catch {
      result = .failure(error)
    }
    try? await arena.cluster.stop(.immediate)
    try result.get()
  }

  /// Limits so short that rounds are.
  static var limits: PostgresPool.Limits {
    var limits = PostgresPool.Limits()
    limits.wait = .milliseconds(1_000)
    limits.silence = .milliseconds(700)
    limits.connect = .milliseconds(1_000)
    limits.firstBackoff = .milliseconds(5)
    limits.longestBackoff = .milliseconds(100)
    return limits
  }

  /// One chapter: `faults` happens under load, then the ledger is compared with the database.
  func chapter(
    _ report: inout Torture.Report, poolSize: Int = 8, limits: PostgresPool.Limits = Arena.limits,
    through proxy: FaultProxy? = nil, _ faults: (Load, inout Torture.Report) async throws -> Void
  ) async throws {
    try await run("DROP DATABASE IF EXISTS \(Self.database) WITH (FORCE)", database: "postgres")
    try await run("CREATE DATABASE \(Self.database) TEMPLATE template0", database: "postgres")
    try await run(Bank.script)
    let url = cluster.cluster.url(ofDatabase: Self.database)
    let database = try await PostgresDatabase.open(
      url: proxy?.url(for: url) ?? url, poolSize: poolSize, limits: limits)
    let ledger = Ledger()
    let load = Load(on: database, ledger: ledger)
    try await load.run { try await faults(load, &report) }
    try await compare(ledger)
    report.counts += ledger.counts
    let violations = ledger.violations
    #expect(violations.isEmpty, "\(violations.count): \(violations.prefix(5).joined(separator: "\n"))")
  }

  private func compare(_ ledger: Ledger) async throws {
    // What a backend began before its client was lost may still end.
    try await eventually("every backend is gone") { try await backends().isEmpty }
    let rows = try await run("SELECT string_agg(id || ':' || part, ' ') FROM entries")
    let counters = try await run("SELECT string_agg(key || ':' || count, ' ') FROM keys")
    ledger.check(rows: Self.pairs(rows), counters: Self.pairs(counters).mapValues { $0.reduce(0, +) })
  }

  private static func pairs(_ text: String) -> [Int: [Int]] {
    var pairs: [Int: [Int]] = [:]
    for pair in text.split(whereSeparator: \.isWhitespace) {
      let numbers = pair.split(separator: ":").compactMap { Int($0) }
      pairs[numbers[0], default: []].append(numbers[1])
    }
    return pairs
  }

  // MARK: For faults

  /// Runs SQL past the engine; again when the server went away or is not there yet.
  @discardableResult
  func run(_ sql: String, database: String = Arena.database) async throws -> String {
    var output = ""
    try await eventually("psql reaches the server") {
      do {
        output = try await cluster.cluster.run(sql, database: database)
        return true
      } catch let trouble as Trouble {
        let reasons = ["connection to server at", "closed the connection", "terminating connection"]
        guard reasons.contains(where: trouble.description.contains) else { throw trouble }
        return false
      }
    }
    return output
  }

  /// The server's processes that work for the engine.
  func backends() async throws -> [Int32] {
    try await run(
      """
      SELECT pid FROM pg_stat_activity
      WHERE datname = '\(Self.database)' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      """
    ).split(separator: "\n").compactMap { Int32($0) }
  }

  /// Stops some of the server's processes, each between two statements: within one it may hold what all others wait for,
  /// and then nobody's work goes on.
  func stopBackends(_ count: Int) async throws -> [Int32] {
    var stopped: [Int32] = []
    do {
      while stopped.count < count {
        for backend in try await backends().shuffled() where stopped.count < count && !stopped.contains(backend) {
          kill(backend, SIGSTOP)
          // Its title says what it does (documentation §28.1); one that is gone has none.
          try await eventually("the process stands still") { text(of: backend, "stat")?.contains(") T ") ?? true }
          let title = text(of: backend, "cmdline")?.trimmingCharacters(in: CharacterSet(charactersIn: " \0"))
          if title?.hasSuffix(" idle") == true {
            stopped.append(backend)
          } else {
            kill(backend, SIGCONT)
          }
        }
      }
    } catch {
      for backend in stopped { kill(backend, SIGCONT) }
      throw error
    }
    return stopped
  }

  /// What the kernel says of a process (proc(5)).
  private func text(of process: Int32, _ name: String) -> String? {
    try? String(contentsOfFile: "/proc/\(process)/\(name)", encoding: .utf8)
  }
}
