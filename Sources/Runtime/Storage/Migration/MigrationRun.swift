import Values

/// One call of `Migration.apply`: plans, takes what runs together, and plans anew until nothing is left. What was
/// interrupted, wherever, is thereby finished by the next one.
struct MigrationRun: Sendable {
  /// How long tables that others keep locked are tried for.
  static let patience = Duration.seconds(120)

  let tables: [TableDefinition]
  let database: any Database
  let options: Migration.Options

  init(tables: [TableDefinition], database: any Database, options: Migration.Options) {
    self.tables = tables
    self.database = database
    var options = options
    options.source = options.source ?? tables.digest
    self.options = options
  }

  func finish() async throws -> Migration {
    // Most starts find nothing to do, and then take no lock.
    let isUpToDate = try await retrying {
      let plan = try await Plan.made(tables, scope: options.scope, in: database)
      try plan.check(options)
      if options.adoption != nil { return false }
      return plan.migration.steps.isEmpty
    }
    if isUpToDate { return Migration() }
    // With a connection to spare, one instance keeps the others away from its first step to its last; without, they
    // may take turns.
    guard database.engine == .postgres, database.transactionLimit > 1 else { return try await takeAll() }
    return try await retrying {
      try await database.transaction { holder in
        guard try await AdvisoryLock.migration.take(in: holder) else { return nil }
        try await holder.execute(script: "SET LOCAL idle_in_transaction_session_timeout = 0")
        return try await takeAll()
      }
    }
  }

  private func takeAll() async throws -> Migration {
    guard options.adoption != nil else { return try await takeSteps() }
    let adoption = AdoptionRun(tables: tables, database: database, options: options)
    var taken = try await adoption.setAside()
    taken += try await takeSteps().steps
    taken += try await adoption.copy()
    return Migration(steps: taken)
  }

  private func takeSteps() async throws -> Migration {
    var taken: [Migration.Step] = []
    while true {
      let steps = try await retrying {
        switch database.engine {
        case .postgres: try await PostgresRun(tables: tables, database: database, options: options).next()
        case .sqlite: try await SQLiteRun(tables: tables, database: database, options: options).next()
        }
      }
      if steps.isEmpty { return Migration(steps: taken) }
      taken += steps
    }
  }

  /// Does what gives nil again for as long as another instance is at work, and what meets the locks of others again
  /// for a while.
  private func retrying<Result: Sendable>(_ body: () async throws -> Result?) async throws -> Result {
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
            "Others kept a table locked for \(Self.patience.components.seconds) seconds. What was done until then stays; "
              + "run the migration again when the database is less busy.", detail: error.detail)
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
  /// Somebody else held what was to be locked; nothing was changed.
  fileprivate var isLockTimeout: Bool {
    switch code {
    case .timeout: true
    case .sqlState(let state): state == "40P01"
    default: false
    }
  }
}

extension [TableDefinition] {
  /// Tells definitions apart in the history (FNV-1a, 64 bits, of their SQL).
  fileprivate var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for table in self {
      let sql =
        [table.createTable(on: .postgres, foreignKeys: table.foreignKeys)] + table.indexes.map { table.createIndex($0) }
      for byte in sql.joined().utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return String(hash, radix: 16)
  }
}
