import Foundation
import JSON
import Synchronization
import TestSupport

/// Several servers on one database, and the model behind them.
final class Site: Sendable {
  let engine: Engine
  let upstream: UpstreamProcess
  let counts: Counts
  private let folder: TemporaryFolder
  private let cluster: PrivateCluster?
  private let database: TestDatabase?
  private let settings: [String: String]
  private let servers: Mutex<[ParleyProcess?]>

  private init(_ engine: Engine, servers: Int, counts: Counts) async throws {
    self.engine = engine
    self.counts = counts
    folder = try TemporaryFolder()
    upstream = try await UpstreamProcess.start()
    let url: String
    switch engine {
    case .postgres:
      let cluster = try await PrivateCluster()
      try await cluster.start()
      (self.cluster, database) = (cluster, nil)
      url = cluster.cluster.url(ofDatabase: "postgres")
    case .sqlite:
      let database = try await TestDatabase(.sqlite, in: folder)
      (cluster, self.database) = (nil, database)
      url = database.url
    }
    settings = upstream.settings.merging([
      "DATABASE_URL": url, "JWT_SECRET": Stand.secret, "BCRYPT_COST": "4", "RATE_LIMITS": "off", "AI_TIMEOUT": "3",
      "LOG_LEVEL": "error", "MONTHLY_TOKEN_LIMIT": "1000000000",
    ]) { $1 }
    self.servers = Mutex(Array(repeating: nil, count: servers))
    for index in 0..<servers { try await start(index) }
  }

  static func with<Value>(
    _ engine: Engine, servers: Int, counts: Counts, _ body: (Site) async throws -> Value
  ) async throws -> Value {
    let site = try await Site(engine, servers: servers, counts: counts)
    let result: Result<Value, any Error>
    do { result = .success(try await body(site)) } catch { result = .failure(error) }
    for server in site.running { try? await server.kill() }
    try? await site.cluster?.stop(.immediate)
    return try result.get()
  }

  // MARK: Servers

  var running: [ParleyProcess] { servers.withLock { $0.compactMap { $0 } } }

  /// Any server that runs; waits while there is none.
  func server() async throws -> ParleyProcess {
    while true {
      if let server = running.randomElement() { return server }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Starts a server; again while the database is not there.
  private func start(_ index: Int) async throws {
    for _ in 0..<100 {
      if let server = try? await ParleyProcess.start(settings, in: folder) {
        return servers.withLock { $0[index] = server }
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Trouble("A server does not start.")
  }

  // MARK: Faults

  /// Kills a server, as a power cut does, and starts it again after a while.
  func killServer() async throws {
    guard let (index, server) = take() else { return }
    try await server.kill()
    counts.add("instances killed")
    try await Task.sleep(for: .milliseconds(Int.random(in: 0..<500)))
    try await start(index)
  }

  /// Ends a server, as an operator does.
  func restartServer() async throws {
    guard let (index, server) = take() else { return }
    let end = try await server.stop()
    guard end == .exit(0) else { throw Trouble("SIGTERM ended a server by \(end):\n\(server.process.output)") }
    counts.add("instances restarted")
    try await start(index)
  }

  /// Restarts PostgreSQL; nothing on SQLite, which has no server.
  func restartDatabase() async throws {
    guard let cluster else { return }
    try await cluster.stop(Bool.random() ? .immediate : .fast)
    try await Task.sleep(for: .milliseconds(Int.random(in: 0..<300)))
    try await cluster.start()
    counts.add("database restarts")
  }

  private func take() -> (Int, ParleyProcess)? {
    servers.withLock { servers in
      guard let index = servers.indices.filter({ servers[$0] != nil }).randomElement(), let server = servers[index]
      else { return nil }
      servers[index] = nil
      return (index, server)
    }
  }

  // MARK: What is there

  /// Rows of a query, columns parted by '|'.
  func rows(_ sql: String) async throws -> [[String]] {
    let output =
      if let cluster { try await cluster.cluster.run(sql, database: "postgres") } else {
        try await database?.rows(sql) ?? ""
      }
    return output.split(separator: "\n").map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Runs statements past the servers. SQLite only.
  func execute(_ script: String) async throws {
    guard let database else { throw Trouble("Not on SQLite") }
    try await database.execute(script)
  }

  /// A column of ids, as SQL that both engines print alike.
  func id(_ column: String) -> String {
    engine == .postgres ? "replace(CAST(\(column) AS TEXT), '-', '')" : "lower(hex(\(column)))"
  }

  /// Ends the servers as an operator does; each must end well.
  func stop() async throws {
    for server in running {
      let end = try await server.stop()
      guard end == .exit(0) else { throw Trouble("SIGTERM ended a server by \(end):\n\(server.process.output)") }
    }
    servers.withLock { $0 = $0.map { _ in nil } }
  }
}
