import Storage
import Synchronization
import TestSupport
import Testing

/// Many tasks that read, write, write batches and run transactions for as long as faults happen.
final class Load: Sendable {
  let database: any Database
  let ledger: Ledger
  private let isOver = Atomic(false)

  init(on database: any Database, ledger: Ledger) {
    self.database = database
    self.ledger = ledger
  }

  /// Runs the load while `faults` happens; returns once every call was answered.
  func run(tasks: Int = 24, during faults: () async throws -> Void) async throws {
    let tasks = (0..<tasks).map { _ in
      Task { while !isOver.load(ordering: .relaxed) { await step() } }
    }
    let result: Result<Void, any Error>
    do { result = .success(try await faults()) } catch { result = .failure(error) }
    isOver.store(true, ordering: .relaxed)
    do {
      try await eventually("every call is answered") { ledger.counts.answers == ledger.counts.calls }
    } catch {
      Issue.record("\(error); \(ledger.counts)")
    }
    await database.close()
    for task in tasks { await task.value }
    try result.get()
  }

  /// Waits until so many more writes were acknowledged and reads answered.
  func progress(_ count: Int = 20) async throws {
    try await wait(for: count, more: "acknowledged writes and reads") { min($0.saved - $1.saved, $0.reads - $1.reads) }
  }

  /// Waits until so many more calls were refused.
  func refusals(_ count: Int) async throws {
    try await wait(for: count, more: "refused calls") { $0.refusals - $1.refusals }
  }

  private func wait(
    for count: Int, more what: String, _ growth: (_ now: Ledger.Counts, _ start: Ledger.Counts) -> Int
  ) async throws {
    let start = ledger.counts
    do {
      try await eventually("\(count) more \(what)") { growth(ledger.counts, start) >= count }
    } catch {
      throw Trouble("\(error); there were \(start), and are \(ledger.counts)")
    }
  }

  // MARK: Calls

  private func step() async {
    let key = Int.random(in: 0..<Bank.keys)
    switch Int.random(in: 0..<100) {
    case ..<40: await read(key)
    case ..<45: await failRead()
    case ..<60: await write(key)
    case ..<75: await batch(key)
    case ..<80: await failBatch(key)
    case ..<88: await transaction(key, commits: true)
    case ..<92: await transaction(key, commits: false)
    default: await cancelled(key)
    }
  }

  private func read(_ key: Int) async {
    await ledger.read { () throws(StorageError) in
      let rows = try await database.run(Bank.find(key))
      if rows != ["\(key): \(Bank.payload(key))"] { ledger.violate("The row of key \(key) was \(rows)") }
    }
  }

  private func failRead() async {
    await ledger.read { () throws(StorageError) in
      do throws(StorageError) {
        try await database.run(Bank.failingRead)
        ledger.violate("A division by zero was done.")
      } catch {
        if error.code != Bank.failure { throw error }
      }
    }
  }

  private func write(_ key: Int) async {
    await ledger.write(key: key, isBatch: false) { id in
      try await database.run(Bank.insert(id))
      return true
    }
  }

  private func batch(_ key: Int) async {
    await ledger.write(key: key, isBatch: true) { id in
      _ = try await database.run(Bank.insert(id, part: 1), Bank.increment(key), Bank.insert(id, part: 2))
      return true
    }
  }

  private func failBatch(_ key: Int) async {
    await ledger.write(key: key, isBatch: true) { id in
      do {
        _ = try await database.run(Bank.insert(id, part: 1), Bank.failingWrite, Bank.insert(id, part: 2))
        ledger.violate("A division by zero was done.")
        return true
      } catch let error as StorageError where error.code == Bank.failure {
        return false
      }
    }
  }

  private func transaction(_ key: Int, commits: Bool) async {
    await ledger.write(key: key, isBatch: true) { id in
      do {
        try await database.transaction { transaction in
          try await transaction.run(Bank.insert(id, part: 1))
          _ = try await transaction.run(Bank.increment(key))
          try await transaction.run(Bank.insert(id, part: 2))
          if !commits { throw RolledBack() }
        }
        return true
      } catch is RolledBack {
        return false
      }
    }
  }

  /// A call whose task is cancelled at some moment.
  func cancelled(_ key: Int) async {
    let task = Task {
      switch Int.random(in: 0..<4) {
      case 0: await read(key)
      case 1: await write(key)
      case 2: await batch(key)
      default: await transaction(key, commits: true)
      }
    }
    for _ in 0..<Int.random(in: 0..<20) { await Task.yield() }
    task.cancel()
    await task.value
  }
}

private struct RolledBack: Error {}
