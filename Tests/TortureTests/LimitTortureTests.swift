import Storage
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// Time runs out, connections do, and tasks leave.
extension Torture {
  @Test(.timeLimit(.minutes(Torture.limit(share: 0.1))))
  func `Statements take too long, connections are busy and tasks are cancelled`() async throws {
    try await Arena.with { arena in
      var limits = Arena.limits
      limits.wait = .milliseconds(150)
      limits.silence = .seconds(20)
      try await Torture.run("storage/limits", share: 0.1) { report in
        try await arena.chapter(&report, poolSize: 4, limits: limits) { load, report in
          let admin = try await arena.open()
          for _ in 0..<4 {
            try await load.progress()
            report.add("pg_cancel_backend", try await arena.cancelStatements())
            report.add("exhausted pool", try await load.exhaustPool())
            report.add("slow read beside fast ones", try await load.readSlowly(admin))
            report.add("statement_timeout", try await load.exceedStatementTimeout(admin))
            report.add("cancelled task", await load.cancelTasks())
            report.rounds += 1
          }
          try await load.progress()
          await admin.close()
        }
      }
    }
  }
}

extension Arena {
  /// Opens the database a second time, for what does not belong to the load.
  fileprivate func open() async throws -> PostgresDatabase {
    try await PostgresDatabase.open(url: cluster.cluster.url(ofDatabase: Arena.database), poolSize: 1)
  }

  /// Cancels what every backend does at the moment, again and again.
  fileprivate func cancelStatements() async throws -> Int {
    var count = 0
    for _ in 0..<5 {
      let cancelled = try await run(
        """
        SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'
        """)
      count += Int(cancelled) ?? 0
    }
    return count
  }
}

extension Load {
  /// Takes every connection that writes until callers are refused; reads go on.
  fileprivate func exhaustPool() async throws -> Int {
    let isRefused = Flag()
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask { [database] in
          while !isRefused.isSet {
            do {
              try await database.transaction { transaction in
                _ = try await transaction.run(Bank.find(0))
                try await eventually("callers are refused") { isRefused.isSet }
              }
            } catch let error as StorageError where error.code == .poolExhausted {}
          }
        }
      }
      try await refusals(20)
      isRefused.set()
      try await group.waitForAll()
      return 3
    }
  }

  /// A read waits for a lock that is given back only after the others have gone on.
  fileprivate func readSlowly(_ admin: PostgresDatabase) async throws -> Int {
    let hasEnded = Flag()
    let slow = try await admin.transaction { [self] transaction in
      try await transaction.run(Bank.lock)
      let slow = Task {
        await ledger.read { () throws(StorageError) in
          try await database.run(Bank.lock)
          hasEnded.set()
        }
      }
      try await progress(100)
      #expect(!hasEnded.isSet)
      return slow
    }
    await slow.value
    return 1
  }

  /// A transaction whose second statement takes longer than it may: nothing of it is there.
  fileprivate func exceedStatementTimeout(_ admin: PostgresDatabase) async throws -> Int {
    try await admin.transaction { [self] transaction in
      try await transaction.run(Bank.lock)
      await ledger.write(key: 0, isBatch: false) { id in
        try await database.transaction { transaction in
          try await transaction.execute(script: "SET LOCAL statement_timeout = '20ms'")
          try await transaction.run(Bank.insert(id))
          try await transaction.run(Bank.lock)
          ledger.violate("A statement went on after its timeout.")
        }
        return true
      }
    }
    return 1
  }

  /// Many tasks at once that leave at some moment.
  fileprivate func cancelTasks() async -> Int {
    await withTaskGroup(of: Void.self) { group in
      for key in 0..<Bank.keys { group.addTask { await self.cancelled(key) } }
      await group.waitForAll()
    }
    return Bank.keys
  }
}
