import Foundation
import Synchronization
import TestSupport
import Testing

/// Suites that let things go wrong under load, one after the other. In their short form, the usual one, they are bounded
/// by a number of rounds; script/torture sets PARLEY_TORTURE_MINUTES, and they share that time.
@Suite(.serialized) struct Torture {
  /// What is to be printed of a suite: its faults, and what the ledger counted.
  struct Report {
    var rounds = 0
    var faults: [String: Int] = [:]
    var counts = Ledger.Counts()

    mutating func add(_ fault: String, _ count: Int = 1) {
      faults[fault, default: 0] += count
    }
  }

  private static let minutes = ProcessInfo.processInfo.environment["PARLEY_TORTURE_MINUTES"].flatMap { Double($0) }

  /// How many minutes a suite may take until it is given up: far above what it needs.
  static func limit(share: Double) -> Int {
    10 + Int((minutes ?? 0) * share * 2)
  }

  /// Runs a chapter of a suite (faults under load, then the proof that the ledger holds) once, or in the long form until
  /// the suite's share of the time is over; then prints the counts.
  static func run(_ name: String, share: Double, _ chapter: (inout Report) async throws -> Void) async throws {
    let start = ContinuousClock.now
    let time = Duration.seconds(60 * (minutes ?? 0) * share)
    var report = Report()
    repeat { try await chapter(&report) } while ContinuousClock.now - start < time
    let faults = report.faults.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let seconds = (ContinuousClock.now - start).components.seconds
    print("torture \(name): \(report.rounds) rounds (\(faults)) in \(seconds) s; \(report.counts)")
  }
}

/// Waits until something is so; gives up after a minute of nothing.
func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
  let start = ContinuousClock.now
  while try await !condition() {
    guard ContinuousClock.now - start < .seconds(60) else { throw Trouble("Not within a minute: \(what)") }
    try await Task.sleep(for: .milliseconds(2))
  }
}

final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}
