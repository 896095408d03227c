import Values

/// One call of `Migration.apply`: plans, takes what runs together, and plans anew until nothing is left. What was
/// interrupted, wherever, is thereby finished by the next one.
struct MigrationRun: Sendable {
  /// How long tables that others keep locked are tried for.
  static let patience = Duration.seconds(120)

  let tables: [TableDefinition]
  let database: any Database
  let options: Migration.Options

  /// What there is to do. On SQLite, another instance that is at work is waited for.
  func plan() async throws -> Plan {
    try await retrying { try await Plan.made(tables, scope: options.scope, in: database) }
  }

  func finish() async throws -> Migration {
    // Most starts find nothing to do, and then take no lock.
    let plan = try await plan()
    do throws(StorageError) { try plan.check(options) } catch { throw error.telling([]) }
    if options.adoption == nil && plan.migration.steps.isEmpty { return Migration() }
    // With a connection to spare, one instance keeps the others away from its first step to its last; without, they
    // may take turns.
    guard database.engine == .postgres, database.transactionLimit > 1 else { return try await takeAll() }
    let result: Result<Migration, any Error> = try await retrying {
      try await database.transaction { holder in
        guard try await AdvisoryLock.migration.take(in: holder) else { return nil }
        try await holder.execute(script: "SET LOCAL idle_in_transaction_session_timeout = 0")
        do { return .success(try await takeAll()) } catch { return .failure(error) }
      }
    }
    return try result.get()
  }

  private func takeAll() async throws -> Migration {
    var taken: [Migration.Step] = []
    do {
      let adoption = AdoptionRun(tables: tables, database: database, options: options)
      if options.adoption != nil { taken += try await retrying { try await adoption.setAside() } }
      while true {
        let steps = try await retrying { try await next() }
        if steps.isEmpty { break }
        taken += steps
      }
      for table in tables where options.adoption != nil {
        if let step = try await adoption.copy(table) { taken.append(step) }
      }
    } catch let error as StorageError {
      throw error.telling(taken)
    }
    return Migration(steps: taken)
  }

  private func next() async throws -> [Migration.Step]? {
    switch database.engine {
    case .postgres: try await PostgresRun(tables: tables, database: database, options: options).next()
    case .sqlite: try await SQLiteRun(tables: tables, database: database, options: options).next()
    }
  }

  /// Does what gives nil again for as long as another instance is at work, and what meets the locks of others again
  /// for a while.
  func retrying<Result: Sendable>(_ body: () async throws -> Result?) async throws -> Result {
    let start = ContinuousClock.now
    var attempts = 0
    while true {
      var limit = Duration.milliseconds(250)
      do {
        if let result = try await body() { return result }
      } catch let error as StorageError {
        guard error.isLockTimeout else { throw error }
        guard ContinuousClock.now - start < Self.patience else {
          throw StorageError(
            .timeout,
            "Others kept a table locked for \(Self.patience.components.seconds) seconds: run the migration again when "
              + "the database is less busy.", detail: error.detail)
        }
        limit = .seconds(5)
      }
      // Longer each time, and not the same for all instances.
      let full = min(.milliseconds(20) * (1 << min(attempts, 10)), limit)
      attempts += 1
      try await Task.sleep(for: full * Double.random(in: 0.5...1))
    }
  }
}

/// A lock of PostgreSQL that ends with its transaction, as PgBouncer needs (documentation §13.3.5).
///
/// It is not waited for in the server: who waits there keeps `CREATE INDEX CONCURRENTLY` waiting.
enum AdvisoryLock: Int64 {
  /// A whole migration; the number is "parley".
  case migration = 123_563_833_845_113
  /// One transaction of it.
  case step = 123_563_833_845_114

  func take(in transaction: any Transaction) async throws(StorageError) -> Bool {
    let statement = Statement(
      name: "migration.lock", postgres: "SELECT pg_try_advisory_xact_lock(\(rawValue))", sqlite: "", effect: .write)
    return try await transaction.run(
      Query<Bool?>.first(statement) { row throws(StorageError) in try row.bool(0) }) == true
  }
}

extension StorageError {
  /// Somebody else held what was to be locked, so the transaction changed nothing.
  fileprivate var isLockTimeout: Bool {
    switch code {
    case .timeout: true
    case .sqlState(let state): state == "40P01"
    default: false
    }
  }

  /// Whether it is known what the failed statement did: nothing.
  var isAnswer: Bool {
    switch code {
    case .unavailable, .outcomeUnknown, .cancelled: false
    default: true
    }
  }

  /// With what had been done before and stays.
  fileprivate func telling(_ taken: [Migration.Step]) -> StorageError {
    var error = self
    if !taken.isEmpty {
      error.description += "\nThese steps were taken before, and stay:"
      error.description += taken.map { "\n  \($0.description)" }.joined()
    } else if isAnswer {
      error.description += "\nNothing was changed."
    }
    return error
  }
}
