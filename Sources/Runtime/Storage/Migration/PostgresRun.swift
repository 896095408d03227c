import Values

/// Takes the next steps on PostgreSQL, in one transaction: as few as can be, so that locks are short; all of them when
/// rows are deleted or cleared, so that it is not for nothing.
struct PostgresRun {
  let tables: [TableDefinition]
  let database: any Database
  let options: Migration.Options

  /// A step may take long, but must not make others queue behind it for its lock.
  static let begin = """
    SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '2s'; SET LOCAL idle_in_transaction_session_timeout = 0
    """

  private enum Outcome: Sendable {
    case busy
    case taken([Migration.Step])
    case begun(History.Entry)
  }

  /// - Returns: the steps taken, empty when none is left, and nil when another instance is at work.
  func next() async throws -> [Migration.Step]? {
    let outcome = try await database.transaction { transaction in try await takeGroup(in: transaction) }
    switch outcome {
    case .busy: return nil
    case .taken(let steps): return steps
    case .begun(let entry): return try await makeIndex(entry)
    }
  }

  private func takeGroup(in transaction: any Transaction) async throws(StorageError) -> Outcome {
    try await transaction.execute(script: Self.begin)
    guard try await AdvisoryLock.step.take(in: transaction) else { return .busy }
    var taken: [Migration.Step] = []
    var isWhole = false
    while true {
      let plan = try await Plan(tables, scope: options.scope, isWhole: isWhole, in: transaction)
      try plan.check(options)
      // Indexes that no row can stand against are made when all else is done.
      isWhole = isWhole || plan.migration.steps.contains { $0.mode == .fix }
      let steps = plan.migration.steps.filter { !isWhole || $0.mode != .concurrently }
      guard let first = steps.first else { return .taken(taken) }
      try await transaction.execute(script: History.create(on: .postgres))
      if first.mode == .concurrently {
        let entry = History.Entry(step: first, begun: .now, options: options)
        try await transaction.execute(script: entry.insert(on: .postgres, isFinished: false))
        return .begun(entry)
      }
      let group = first.mode == .together ? Array(steps.prefix { $0.mode == .together }) : [first]
      for step in group {
        let entry = History.Entry(step: step, begun: .now, options: options)
        try await transaction.execute(script: (step.sql + [entry.insert(on: .postgres)]).joined(separator: ";\n"))
      }
      taken += group
      if !isWhole { return .taken(taken) }
    }
  }

  /// `CREATE INDEX CONCURRENTLY`, which runs in no transaction: the leased connection's is ended before. When it fails or
  /// is cut off, an index is left that is not valid; the next plan drops it and makes it again.
  private func makeIndex(_ entry: History.Entry) async throws -> [Migration.Step]? {
    do {
      try await database.transaction { transaction in
        try await transaction.execute(script: "COMMIT")
        // Those of the session: behind PgBouncer, what a transaction sets must not stay behind.
        let limits = try await transaction.run(Self.limits) ?? "SELECT 1"
        try await transaction.execute(script: "SET statement_timeout = 0; SET lock_timeout = 0")
        let result: Result<Void, StorageError>
        do {
          for sql in entry.step.sql { try await transaction.execute(script: sql) }
          result = .success(())
        } catch {
          result = .failure(StorageError(migrating: error))
        }
        // Also when this task was cancelled: the connection goes back to others.
        try await Task { try await transaction.execute(script: limits) }.value
        try result.get()
      }
    } catch let error as StorageError where error.code == .sqlState("42P07") {
      // Another instance was faster.
      try await database.execute(script: entry.forget)
      return nil
    } catch let error as StorageError where error.isAnswer {
      // Such as of rows that were written since the plan was made.
      let name = String(entry.step.name.drop { $0 != ":" }.dropFirst())
      try await database.execute(script: "DROP INDEX IF EXISTS \(quoted(name)); \(entry.forget)")
      throw error
    }
    try await database.execute(script: entry.finish)
    return [entry.step]
  }

  /// SQL that gives the session its limits back.
  private static let limits = Query<String?>.first(
    Statement(
      name: "migration.limits",
      postgres: """
        SELECT format('SET statement_timeout = %L; SET lock_timeout = %L',
          current_setting('statement_timeout'), current_setting('lock_timeout'))
        """, sqlite: "", effect: .read)
  ) { row throws(StorageError) in try row.text(0) }
}
