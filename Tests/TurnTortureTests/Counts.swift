import Synchronization

/// Counts by name: of faults, of what users did, and of what came of it.
final class Counts: Sendable, CustomStringConvertible {
  private let counts = Mutex<[String: Int]>([:])

  func add(_ name: String, _ count: Int = 1) {
    counts.withLock { $0[name, default: 0] += count }
  }

  subscript(name: String) -> Int { counts.withLock { $0[name, default: 0] } }

  var description: String {
    counts.withLock { $0.sorted { $0.key < $1.key } }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
