import Foundation
import Storage
import TestSupport
import Testing

@testable import migrator

/// Migrations whose process is killed on the way.
@Suite(.serialized) struct KillTests {
  private static let rows = 20_000

  /// Migrates there and back, and kills the process at a random moment several times on the way.
  @Test(arguments: Engine.allCases)
  func `A migration that is killed again and again is finished by the next one, and no row is lost`(engine: Engine)
    async throws
  {
    var generator = SystemRandomNumberGenerator()
    var rounds = 0
    var kills = 0
    try await Ground.with(engine) { ground in
      let digest = try await ground.use { database in
        _ = try await Migrator.migrate(database, to: .before)
        try await Version.before.fill(database, rows: Self.rows)
        return try await Version.before.digest(of: database)
      }
      let fresh = try await Self.freshSchemas(engine)
      var version = Version.before
      // How long a whole migration takes, killed ones aside; the first one tells.
      var whole = Duration.seconds(1)
      let end = ContinuousClock.now + Self.duration
      while rounds < 6 || ContinuousClock.now < end {
        version = version.other
        for _ in 0..<3 {
          let process = try Self.start(ground.url, version)
          // The moment of the kill is the fault itself, and every moment is to be met: there is no event to wait for.
          try await Task.sleep(for: whole * Double.random(in: 0.02...1, using: &generator))
          process.send(SIGKILL)
          if try await process.end() == .exit(0) { break }
          kills += 1
        }
        let begin = ContinuousClock.now
        let process = try Self.start(ground.url, version)
        let result = try await process.end()
        whole = min(whole, ContinuousClock.now - begin)
        try #require(result == .exit(0), "Round \(rounds): \(process.output)")
        try await ground.use { database in
          let schema = try await LiveSchema.read(database)
          #expect(schema == fresh[version], "Round \(rounds)")
          let now = try await version.digest(of: database)
          #expect(now == digest, "Round \(rounds)")
        }
        rounds += 1
      }
    }
    print("Migrations killed on \(engine): \(rounds) rounds, \(kills) kills")
  }

  /// Of one engine, the two of which have PARLEY_TORTURE_MINUTES together, as script/torture sets it.
  private static var duration: Duration {
    let minutes = ProcessInfo.processInfo.environment["PARLEY_TORTURE_MINUTES"].flatMap(Double.init) ?? 0
    return .seconds(minutes * 30)
  }

  static func start(_ url: String, _ version: Version) throws -> ChildProcess {
    try ChildProcess(
      Programs.path(of: "migrator"), [url, version.rawValue], environment: ProcessInfo.processInfo.environment)
  }

  private static func freshSchemas(_ engine: Engine) async throws -> [Version: Set<String>] {
    var schemas: [Version: Set<String>] = [:]
    for version in Version.allCases {
      schemas[version] = try await Ground.with(engine) { ground in
        try await ground.use { database in
          _ = try await Migrator.migrate(database, to: version)
          return try await LiveSchema.read(database)
        }
      }
    }
    return schemas
  }
}
