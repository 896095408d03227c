import Foundation
public import Glibc

/// A PostgreSQL cluster of a test's own, which it may kill. It goes when `stop` is called.
///
/// Nothing here turns the power off, so nothing is flushed to the disk: what a killed process wrote is still there.
public final class PrivateCluster: Sendable {
  /// How `pg_ctl` ends a server.
  public enum StopMode: String, Sendable, CaseIterable {
    case fast, immediate
  }

  /// For psql.
  public let cluster: PostgresCluster
  private let folder: TemporaryFolder

  public init() async throws {
    folder = try TemporaryFolder()
    try Self.giveAway(folder.path)
    let port = try Loopback.freePort()
    let password = UUID().uuidString.lowercased()
    guard let url = URLComponents(string: "postgresql://postgres:\(password)@127.0.0.1:\(port)/postgres") else {
      throw Trouble("No URL for port \(port)")
    }
    cluster = PostgresCluster(url: url)
    try folder.write(password, to: "password")
    try Self.giveAway(folder.path + "/password")
    // MD5, because SCRAM's cost at each of the thousands of connections is not what is tested.
    try await run(
      "initdb", "--username=postgres", "--encoding=UTF8", "--locale=C", "--auth=md5",
      "--pwfile=\(folder.path)/password", "--no-sync")
    try folder.write(
      """
      port = \(port)
      listen_addresses = '127.0.0.1'
      unix_socket_directories = '\(folder.path)'
      max_connections = 300
      fsync = off
      password_encryption = md5
      """, to: "data/postgresql.auto.conf")
    try Self.giveAway(folder.path + "/data/postgresql.auto.conf")
  }

  /// Starts the server, also after it was killed: those of its processes that still run hold it up. Nobody is told when
  /// the last of them is gone, so the server is started until it comes up; each attempt takes a tenth of a second.
  public func start() async throws {
    for _ in 0..<150 {
      if try await attempt("pg_ctl", "start", "--silent", "--wait", "--log=\(folder.path)/log") == .exit(0) { return }
    }
    throw Trouble("PostgreSQL does not start: \(try String(contentsOfFile: folder.path + "/log", encoding: .utf8))")
  }

  public func stop(_ mode: StopMode) async throws {
    try await run("pg_ctl", "stop", "--silent", "--wait", "--mode=\(mode)")
  }

  /// The postmaster's process.
  public func postmaster() throws -> pid_t {
    let file = try String(contentsOfFile: folder.path + "/data/postmaster.pid", encoding: .utf8)
    guard let id = file.split(separator: "\n").first.flatMap({ pid_t($0) }) else { throw Trouble("No id in \(file)") }
    return id
  }

  private func run(_ program: String, _ arguments: String...) async throws {
    let process = try start(program, arguments)
    let end = try await process.end()
    guard end == .exit(0) else { throw Trouble("\(program) ended by \(end): \(process.output)") }
  }

  private func attempt(_ program: String, _ arguments: String...) async throws -> ChildProcess.End {
    try await start(program, arguments).end()
  }

  /// As a user that PostgreSQL agrees to run as: it refuses root.
  private func start(_ program: String, _ arguments: [String]) throws -> ChildProcess {
    let user = geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
    let command = user + [try Self.programs() + "/" + program, "--pgdata=\(folder.path)/data"] + arguments
    return try ChildProcess(
      command[0], Array(command.dropFirst()), environment: ProcessInfo.processInfo.environment, folder: folder.path)
  }

  /// The newest installed server's programs, as script/lib/postgres.sh finds them.
  private static func programs() throws -> String {
    let base = "/usr/lib/postgresql"
    let versions = try FileManager.default.contentsOfDirectory(atPath: base).compactMap { Int($0) }.sorted()
    guard let version = versions.last else { throw Trouble("There is no PostgreSQL server in \(base).") }
    return "\(base)/\(version)/bin"
  }

  private static func giveAway(_ path: String) throws {
    guard geteuid() == 0 else { return }
    guard let user = getpwnam("postgres") else { throw Trouble("There is no user 'postgres'.") }
    guard chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else { throw Trouble.system("chown \(path)") }
  }
}
