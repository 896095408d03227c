import Foundation

/// What a black-box test stands on: a fresh database, and a server on it; both go when the test ends.
public final class Stand: Sendable {
  /// A secret as an operator makes one.
  public static let secret = "3f9a1c5e7b2d4860a1b2c3d4e5f60718293a4b5c6d7e8f90"

  public let folder: TemporaryFolder
  public let database: TestDatabase
  /// What the server is started with.
  public let settings: [String: String]

  private init(engine: Engine, settings: [String: String]) async throws {
    folder = try TemporaryFolder()
    database = try await TestDatabase(engine, in: folder)
    // The lowest cost that Parley takes: what bcrypt costs is not what these tests are about.
    let defaults = [
      "DATABASE_URL": database.url, "JWT_SECRET": Self.secret, "BCRYPT_COST": "4", "RATE_LIMITS": "off",
    ]
    self.settings = defaults.merging(settings) { $1 }
  }

  /// Runs a test with a database, and no server yet.
  public static func with<Value>(
    _ engine: Engine, settings: [String: String] = [:], _ body: (Stand) async throws -> Value
  ) async throws -> Value {
    try await Slots.servers.use {
      let stand = try await Stand(engine: engine, settings: settings)
      let result: Result<Value, any Error>
      do { result = .success(try await body(stand)) } catch { result = .failure(error) }
      try await stand.database.drop()
      return try result.get()
    }
  }

  /// Runs a test with a database and a server; afterwards the server must end as told.
  public static func serving<Value>(
    _ engine: Engine, settings: [String: String] = [:], _ body: (Stand, ParleyProcess) async throws -> Value
  ) async throws -> Value {
    try await with(engine, settings: settings) { stand in
      let parley = try await stand.start()
      do {
        let value = try await body(stand, parley)
        let end = try await parley.stop()
        guard end == .exit(0) else { throw Trouble("SIGTERM ended the server by \(end):\n\(parley.process.output)") }
        return value
      } catch {
        try await parley.kill()
        throw Trouble("\(error)\nThe server said:\n\(parley.process.output.suffix(4000))")
      }
    }
  }

  /// Starts a server on the database.
  public func start(_ more: [String: String] = [:], arguments: [String] = []) async throws -> ParleyProcess {
    try await ParleyProcess.start(settings.merging(more) { $1 }, arguments: arguments, in: folder)
  }
}
