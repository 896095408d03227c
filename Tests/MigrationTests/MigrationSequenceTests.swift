import Foundation
import SQLite
import Storage
import TestSupport
import Testing

/// Random edits of the tables, one migration after the other. PARLEY_MIGRATION_SEQUENCES sets how many sequences there are
/// on each engine, PARLEY_MIGRATION_SEED runs one alone.
@Suite struct MigrationSequenceTests {
  @Test(arguments: Engine.allCases)
  func `After any edits the database is what a fresh one would be, and no value is lost unasked`(engine: Engine)
    async throws
  {
    var total = MigrationSequence.Tally()
    try await Ground.with(engine) { ground in
      try await Ground.with(engine) { other in
        try await other.use { fresh in
          for seed in Self.seeds(on: engine) {
            do {
              total.add(
                try await Self.run(seed, on: ground) {
                  try await other.empty(fresh)
                  // Nothing of what a fresh one is compared by depends on where it is.
                  return engine == .postgres ? fresh : try await SQLiteDatabase.open(url: "sqlite:///:memory:")
                })
            } catch {
              Issue.record("PARLEY_MIGRATION_SEED=\(seed) on \(engine): \(error)")
            }
          }
        }
      }
    }
    print(
      """
      Migrations on \(engine): \(total.sequences) sequences, \(total.edits) edits, \(total.refusals) refusals, \
      \(total.allowed) allowed losses, \(total.rows) rows checked
      """)
  }

  /// SQLite takes a fraction of the time.
  private static func seeds(on engine: Engine) -> ClosedRange<UInt64> {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["PARLEY_MIGRATION_SEED"].flatMap(UInt64.init) { return seed...seed }
    return 1...(environment["PARLEY_MIGRATION_SEQUENCES"].flatMap(UInt64.init) ?? (engine == .sqlite ? 100 : 40))
  }

  private static func run(
    _ seed: UInt64, on ground: Ground, fresh: @escaping () async throws -> any Database
  ) async throws -> MigrationSequence.Tally {
    try await ground.useEmpty { live in
      var sequence = MigrationSequence(seed: seed, in: live, fresh: fresh)
      try await sequence.run(edits: 5)
      return sequence.tally
    }
  }
}

extension MigrationSequence.Tally {
  mutating func add(_ other: Self) {
    sequences += other.sequences
    edits += other.edits
    refusals += other.refusals
    allowed += other.allowed
    rows += other.rows
  }
}
