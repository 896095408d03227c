import Storage
import Synchronization

/// What a test knows of every call that it made: kept outside of the database, and compared with it at the end.
final class Ledger: Sendable {
  /// What a caller was told about a write.
  enum Fate {
    /// Not answered yet.
    case open
    /// Must be there exactly once.
    case saved
    /// Must not be there.
    case refused
    /// May be there once.
    case unknown
  }

  /// A write: one row, or as a batch and as a transaction two rows and one increment of the counter of its key.
  struct Entry {
    var key: Int
    var isBatch: Bool
    var fate = Fate.open
  }

  struct Counts: CustomStringConvertible {
    var calls = 0
    var answers = 0
    var reads = 0
    /// Reads that failed.
    var refusedReads = 0
    /// Calls that their own tasks cancelled.
    var cancelled = 0
    var saved = 0
    /// Writes that were rolled back as they were asked to.
    var undone = 0
    var refused = 0
    var unknown = 0
    /// Those of `unknown` that turned out to be there.
    var unknownSaved = 0

    /// Calls that a fault made fail, nothing having been changed.
    var refusals: Int { refusedReads + refused }

    private static var members: [(name: String, path: WritableKeyPath<Counts, Int>)] {
      [
        ("calls", \.calls), ("answers", \.answers), ("cancelled", \.cancelled), ("writes acknowledged", \.saved),
        ("rolled back", \.undone), ("refused", \.refused), ("of unknown outcome", \.unknown),
        ("saved without an answer", \.unknownSaved), ("reads", \.reads), ("reads refused", \.refusedReads),
      ]
    }

    /// Those that are not zero.
    var description: String {
      Self.members.filter { self[keyPath: $0.path] > 0 }.map { "\($0.name) \(self[keyPath: $0.path])" }
        .joined(separator: ", ")
    }

    static func += (sum: inout Counts, counts: Counts) {
      for (_, path) in members { sum[keyPath: path] += counts[keyPath: path] }
    }
  }

  private struct State {
    var entries: [Entry] = []
    var counts = Counts()
    var violations: [String] = []
  }

  private let state = Mutex(State())

  var counts: Counts { state.withLock { $0.counts } }
  /// What must never happen, and did.
  var violations: [String] { state.withLock { $0.violations } }

  func violate(_ what: String) {
    state.withLock { $0.violations.append(what) }
  }

  // MARK: Reads

  /// Makes a call that changes nothing.
  func read(_ call: () async throws(StorageError) -> Void) async {
    state.withLock { $0.counts.calls += 1 }
    let error: StorageError?
    do throws(StorageError) {
      try await call()
      error = nil
    } catch let failure {
      error = failure
    }
    state.withLock { state in
      state.counts.answers += 1
      guard let error else {
        state.counts.reads += 1
        return
      }
      if !Self.isExpected(error) { state.violations.append("A read: \(error.debugDescription)") }
      if error.code == .cancelled { state.counts.cancelled += 1 } else { state.counts.refusedReads += 1 }
    }
  }

  // MARK: Writes

  /// Makes a call that changes something, with an id of its own.
  ///
  /// - Parameter call: returns false when it did as it was asked and undid it itself.
  func write(key: Int, isBatch: Bool, _ call: (_ id: Int) async throws -> Bool) async {
    let id = state.withLock { state in
      state.counts.calls += 1
      state.entries.append(Entry(key: key, isBatch: isBatch))
      return state.entries.count - 1
    }
    let fate: Fate
    let count: WritableKeyPath<Counts, Int>
    do {
      let isSaved = try await call(id)
      (fate, count) = isSaved ? (.saved, \.saved) : (.refused, \.undone)
    } catch let error as StorageError where error.code == .outcomeUnknown {
      (fate, count) = (.unknown, \.unknown)
    } catch let error as StorageError where Self.isExpected(error) {
      (fate, count) = (.refused, error.code == .cancelled ? \.cancelled : \.refused)
    } catch {
      violate("A write: \(String(reflecting: error))")
      (fate, count) = (.unknown, \.unknown)
    }
    state.withLock { state in
      state.entries[id].fate = fate
      state.counts.answers += 1
      state.counts[keyPath: count] += 1
    }
  }

  /// Whether it is one of those that faults lead to; all of them say that nothing was changed.
  private static func isExpected(_ error: StorageError) -> Bool {
    switch error.code {
    case .unavailable, .timeout, .poolExhausted, .cancelled, .transactionAborted: true
    default: false
    }
  }

  // MARK: The proof

  /// Compares with what the database holds, once every call was answered.
  ///
  /// - Parameters:
  ///   - rows: the parts that are there of each id: 0 of a single write, 1 and 2 of a batch.
  ///   - counters: by key.
  func check(rows: [Int: [Int]], counters: [Int: Int]) {
    state.withLock { state in
      var expected: [Int: Int] = [:]
      for (id, entry) in state.entries.enumerated() {
        let parts = (rows[id] ?? []).sorted()
        let isThere = parts == (entry.isBatch ? [1, 2] : [0])
        if isThere && entry.isBatch { expected[entry.key, default: 0] += 1 }
        let isRight =
          switch entry.fate {
          case .open: false
          case .saved: isThere
          case .refused: parts.isEmpty
          case .unknown: isThere || parts.isEmpty
          }
        if !isRight { state.violations.append("Write \(id) was \(entry), and of its parts there are \(parts).") }
        if entry.fate == .unknown && isThere { state.counts.unknownSaved += 1 }
      }
      for id in rows.keys where !state.entries.indices.contains(id) {
        state.violations.append("Row \(id) was never written.")
      }
      for (key, count) in counters where count != expected[key, default: 0] {
        state.violations.append("Counter \(key) is \(count), and \(expected[key, default: 0]) batches are there.")
      }
    }
  }
}
