/// The steps on PostgreSQL, as its documentation of `ALTER TABLE` and `CREATE INDEX` has them: constraints are added
/// without looking at the rows and held against them later, indexes are made beside running transactions, so that no
/// table is locked for longer than a moment unless its rows must be written anew.
struct PostgresPlanner {
  let basis: PlanBasis
  let differences: [Difference]
  var steps: [Migration.Step] = []
  /// Tables that hold rows, of those that differ.
  var filled: Set<String> = []
  /// Foreign keys that are taken away, if only for a while.
  var releasedKeys: Set<String> = []

  init(basis: PlanBasis) {
    self.basis = basis
    differences = basis.differences
  }

  mutating func plan() async throws(StorageError) {
    for difference in differences where try await basis.survey.holdsRows(difference.table.name) {
      filled.insert(difference.table.name)
    }
    steps += basis.renames.map { $0.step(on: .postgres) }
    releaseForeignKeys()
    for difference in differences { takeAway(difference) }
    createTables()
    for difference in differences {
      addColumns(difference)
      try await changeColumns(difference)
    }
    for difference in differences {
      try await addChecks(difference)
      try await tighten(difference)
      try await changePrimaryKey(difference)
      try await addIndexes(difference)
    }
    for difference in bystanders where try await basis.survey.holdsRows(difference.table.name) {
      filled.insert(difference.table.name)
    }
    for difference in differences + bystanders { try await addForeignKeys(difference) }
    try await dropSurplus()
    if basis.isWhole || steps.contains(where: { $0.mode == .fix }) { steps = steps.map(\.withinTransaction) }
  }

  // MARK: What goes first

  private mutating func takeAway(_ difference: Difference) {
    let (table, live, wanted) = (difference.table.name, difference.live, difference.wanted)
    let surplus = difference.surplusColumns
    for (old, new) in difference.renames(\.checks) { renameConstraint(old, to: new, of: table) }
    if let old = live.primaryKey?.name, !difference.changesPrimaryKey, old != difference.table.primaryKeyName {
      renameConstraint(old, to: difference.table.primaryKeyName, of: table)
    }
    let renamedChecks = Set(difference.renames(\.checks).map(\.old))
    let helpers = Set(difference.tightened.map { difference.notNullCheck(of: $0) })
    for (name, check) in live.checks.sorted(by: { $0.key < $1.key })
    where wanted.checks[name] == nil && !renamedChecks.contains(name) && !helpers.contains(name) {
      if surplus.contains(where: check.expression.mentions) { continue }
      steps.append(
        .init(
          "drop-check:\(name)", "drop check \(name)", sql: ["\(alter(table)) DROP CONSTRAINT \(quoted(name))"],
          lock: .brief, isAdditive: true))
    }
    let renamedIndexes = difference.renames(\.indexes)
    for (old, new) in renamedIndexes {
      steps.append(
        .init(
          "rename-index:\(new)", "rename index \(old) to \(new)",
          sql: ["ALTER INDEX \(quoted(old)) RENAME TO \(quoted(new))"], lock: .brief, isAdditive: true))
    }
    for (name, index) in live.indexes.sorted(by: { $0.key < $1.key })
    where wanted.indexes[name] != index && !renamedIndexes.contains(where: { $0.old == name }) {
      let isSurplus = wanted.indexes[name] == nil && index.isValid
      if isSurplus && surplus.contains(where: index.mentions) { continue }
      if isSurplus && !index.isUnique && basis.keepsSurplus { continue }
      // Who is still at work on an unfinished one holds this lock; it is not waited for, because others would behind us.
      var sql = index.isValid ? [] : ["LOCK TABLE \(quoted(table)) IN SHARE UPDATE EXCLUSIVE MODE NOWAIT"]
      sql.append(
        index.isConstraint ? "\(alter(table)) DROP CONSTRAINT \(quoted(name))" : "DROP INDEX \(quoted(name))")
      steps.append(
        .init(
          "drop-index:\(name)", "drop \(index.isValid ? "" : "unfinished ")index \(name)", sql: sql, lock: .brief,
          isAdditive: index.isUnique || !isSurplus, isSurplus: isSurplus && !index.isUnique))
    }
  }

  // MARK: New tables and columns

  private mutating func createTables() {
    var present = Set(basis.live.tables.keys)
    var late: [Migration.Step] = []
    for table in basis.newTables {
      present.insert(table.name)
      // What refers to a table that is made later needs a statement of its own.
      let early = table.foreignKeys.filter { present.contains($0.referencedTable) }
      steps.append(
        .init(
          "create-table:\(table.name)", "create table \(table.name)",
          sql: [table.createTable(on: .postgres, foreignKeys: early)], lock: .none, isAdditive: true))
      late += table.foreignKeys.filter { !early.contains($0) }
        .map {
          .init(
            "add-foreign-key:\($0.name)", "add foreign key \($0.name)", sql: [table.addForeignKey($0)], lock: .none,
            isAdditive: true)
        }
    }
    steps += late
    for table in basis.newTables {
      steps += table.indexes(on: .postgres).map {
        .init(
          "create-index:\($0.name)", "create index \($0.name)", sql: [table.createIndex($0)], lock: .none,
          isAdditive: true)
      }
    }
  }

  private mutating func addColumns(_ difference: Difference) {
    let table = difference.table
    for column in difference.addedColumns {
      let name = "\(table.name).\(column.name)"
      var rewrites = false
      if case .expression = column.defaultValue { rewrites = true }
      let loss = column.hasNoValue && filled.contains(table.name) ? Migration.Loss.noValue : nil
      steps.append(
        .init(
          "add-column:\(name)", "add column \(name)", sql: [table.addColumn(column, on: .postgres)],
          lock: rewrites ? .long : .brief, rewritesTable: rewrites, loss: loss, isAdditive: loss == nil,
          mode: rewrites ? .alone : .together))
    }
  }

  // MARK: What goes last

  private mutating func dropSurplus() async throws(StorageError) {
    for difference in differences {
      let table = difference.table.name
      for column in difference.surplusColumns where !basis.keepsSurplus || difference.hinders(column) {
        let rows = try await basis.survey.rows(of: table, where: "\(quoted(column)) IS NOT NULL")
        steps.append(
          .init(
            "drop-column:\(table).\(column)", "drop column \(table).\(column)",
            sql: ["\(alter(table)) DROP COLUMN \(quoted(column))"], lock: .brief,
            loss: .init(rows: rows, description: "their values are deleted"),
            isSurplus: !difference.hinders(column)))
      }
    }
    let surplus = basis.surplusTables
    for table in surplus {
      var sql: [String] = []
      for other in surplus where other != table {
        for (name, key) in basis.live.tables[other]?.foreignKeys ?? [:] where key.referencedTable == table {
          sql.append("ALTER TABLE IF EXISTS \(quoted(other)) DROP CONSTRAINT IF EXISTS \(quoted(name))")
        }
      }
      let rows = try await basis.survey.rows(of: table)
      steps.append(
        .init(
          "drop-table:\(table)", "drop table \(table)", sql: sql.sorted() + ["DROP TABLE \(quoted(table))"],
          lock: .brief, loss: .init(rows: rows, description: "they are deleted"), isSurplus: true))
    }
  }

  // MARK: Parts of steps

  func alter(_ table: String) -> String { "ALTER TABLE \(quoted(table))" }

  mutating func renameConstraint(_ old: String, to new: String, of table: String) {
    steps.append(
      .init(
        "rename-constraint:\(new)", "rename constraint \(old) to \(new)",
        sql: ["\(alter(table)) RENAME CONSTRAINT \(quoted(old)) TO \(quoted(new))"], lock: .brief, isAdditive: true))
  }

  /// Holds the rows against a constraint that was added without looking at them.
  mutating func validate(_ constraint: String, of table: String, isAdditive: Bool = true) {
    steps.append(
      .init(
        "validate:\(constraint)", "hold the rows of \(table) against \(constraint)",
        sql: ["\(alter(table)) VALIDATE CONSTRAINT \(quoted(constraint))"], lock: .scan, isAdditive: isAdditive,
        mode: .alone))
  }
}

extension Migration.Step {
  /// A unique index, which rows may stand against, is made in the transaction that takes those away.
  fileprivate var withinTransaction: Migration.Step {
    let start = "CREATE UNIQUE INDEX CONCURRENTLY"
    guard mode == .concurrently, let create = sql.first, create.hasPrefix(start) else { return self }
    var step = self
    step.sql = ["CREATE UNIQUE INDEX" + create.dropFirst(start.count)]
    step.lock = Migration.Lock.share.description
    step.mode = .alone
    return step
  }
}

extension Migration.Loss {
  /// A required column without a default, for a table that holds rows.
  static let noValue = Migration.Loss(
    rows: 0, description: "the rows of the table have no value for it: make the property optional or give it a default",
    canBeAllowed: false)
}

extension ColumnDefinition {
  /// Whether rows that exist cannot have a value of it.
  var hasNoValue: Bool { !isNullable && defaultValue == nil }
}

extension Difference {
  /// A check that stands in for NOT NULL until no row is null.
  func notNullCheck(of column: ColumnDefinition) -> String { "\(table.name)_\(column.name)_not_null" }
}

extension [Catalog.Index.Part] {
  /// The columns of an index that has no expressions.
  var names: [String] { compactMap { $0.expression.tokens.count == 1 ? $0.expression.tokens[0].name : nil } }
}
