/// What there is to do, as of one look at the database.
struct Plan: Sendable {
  var migration: Migration

  /// - Parameters:
  ///   - isWhole: whether everything that could fail because of rows is done in this transaction.
  ///   - transaction: in which nothing is left behind.
  init(
    _ tables: [TableDefinition], scope: Migration.Options.Scope, isWhole: Bool = false,
    in transaction: any Transaction
  ) async throws(StorageError) {
    switch transaction.engine {
    case .postgres:
      // The tables and functions that planning needs go again. Counting the rows of a large table takes its time.
      try await transaction.execute(script: "SAVEPOINT plan; SET LOCAL statement_timeout = 0")
      migration = try await Self.migration(tables, scope, isWhole, in: transaction)
      try await transaction.execute(script: "ROLLBACK TO SAVEPOINT plan; RELEASE SAVEPOINT plan")
    case .sqlite:
      migration = try await Self.migration(tables, scope, isWhole, in: transaction)
    }
  }

  private static func migration(
    _ tables: [TableDefinition], _ scope: Migration.Options.Scope, _ isWhole: Bool, in transaction: any Transaction
  ) async throws(StorageError) -> Migration {
    var live = try await Catalog.read(from: transaction)
    let wanted = try await Catalog.wanted(tables, in: transaction)
    let made = try await History.madeTables(in: transaction)
    let strangers = try await Migration.Stranger.all(tables, live: live, wanted: wanted, made: made, in: transaction)
    if !strangers.isEmpty { return Migration(strangers: strangers) }
    let renames = Rename.due(in: &live, for: tables)
    let survey = Survey(transaction, renames: renames)
    let unclear = try await Rename.unclear(in: live, for: tables, survey, transaction)
    if !unclear.isEmpty { return Migration(steps: unclear) }
    let basis = PlanBasis(
      tables: tables, live: live, wanted: wanted, renames: renames, keepsSurplus: scope == .additive,
      isWhole: isWhole, madeTables: made, survey: survey)
    switch transaction.engine {
    case .postgres:
      var planner = PostgresPlanner(basis: basis)
      try await planner.plan()
      return Migration(steps: planner.steps)
    case .sqlite:
      var planner = SQLitePlanner(basis: basis)
      try await planner.plan()
      return Migration(steps: planner.steps)
    }
  }

  /// Plans without a lock. What another instance renames or drops meanwhile is looked for again, where it is then.
  static func made(
    _ tables: [TableDefinition], scope: Migration.Options.Scope, in database: any Database
  ) async throws -> Plan {
    var attempts = 0
    while true {
      do {
        return try await database.transaction { transaction in try await Plan(tables, scope: scope, in: transaction) }
      } catch let error as StorageError {
        // undefined_table, undefined_column
        guard [.sqlState("42P01"), .sqlState("42703")].contains(error.code), attempts < 20 else { throw error }
      }
      attempts += 1
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Refuses what may not be done.
  ///
  /// - Throws: `migrationRefused`.
  func check(_ options: Migration.Options) throws(StorageError) {
    if !migration.strangers.isEmpty && options.adoption == nil {
      throw StorageError(.migrationRefused, migration.strangersReport)
    }
    let refused = migration.steps.filter { step in
      if options.scope == .additive && !step.isAdditive { return true }
      guard let loss = step.loss else { return false }
      return !loss.canBeAllowed || !options.allowing.contains(step.name)
    }
    guard !refused.isEmpty else { return }
    let lines = refused.map { "  \($0.refusal(options))" }.joined(separator: "\n")
    let text =
      switch options.scope {
      case .additive:
        "The database is not what this version needs, and what is to do does not run by itself:\n\(lines)\n"
          + "See `parley migrate --plan`, then run `parley migrate`."
      case .all: "Data could be lost:\n\(lines)"
      }
    throw StorageError(.migrationRefused, text)
  }
}

extension Migration {
  /// For a start that must not migrate.
  ///
  /// - Throws: `migrationRefused` when a step is left that does more than take away what is too many.
  public func checkThatNothingIsMissing() throws(StorageError) {
    if !strangers.isEmpty { throw StorageError(.migrationRefused, strangersReport) }
    let missing = steps.filter { !$0.isSurplus }
    guard !missing.isEmpty else { return }
    let lines = missing.map { "  \($0.description)" }.joined(separator: "\n")
    throw StorageError(
      .migrationRefused,
      "The database is not what this version needs:\n\(lines)\nSee `parley migrate --plan`, then run `parley migrate`.")
  }
}

extension Migration.Step {
  /// Why it does not run, and what would make it.
  fileprivate func refusal(_ options: Migration.Options) -> String {
    guard let loss else { return description }
    let rows = loss.rows == 1 ? "1 row" : "\(loss.rows) rows"
    let way = loss.canBeAllowed && options.scope == .all ? " To go on: --allow \(name)" : ""
    return "\(description): \(rows); \(loss.description).\(way)"
  }
}

/// What a planner starts from.
struct PlanBasis {
  let tables: [TableDefinition]
  /// As after the renames.
  let live: Catalog
  let wanted: Catalog
  let renames: [Rename]
  /// Whether what is too many is left alone.
  let keepsSurplus: Bool
  let isWhole: Bool
  let madeTables: Set<String>
  let survey: Survey

  /// Of tables that exist and are not as they should be.
  var differences: [Difference] {
    tables.compactMap { table in
      guard let live = live.tables[table.name], let wanted = wanted.tables[table.name], live != wanted else {
        return nil
      }
      return Difference(table: table, live: live, wanted: wanted)
    }
  }

  var newTables: [TableDefinition] { tables.filter { live.tables[$0.name] == nil } }

  /// Those that a migration made and no definition knows any more; tables of others are not ours to drop. Sorted.
  var surplusTables: [String] {
    if keepsSurplus { return [] }
    return live.tables.keys.filter { wanted.tables[$0] == nil && madeTables.contains($0) }.sorted()
  }
}
