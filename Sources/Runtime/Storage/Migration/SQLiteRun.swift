import Values

/// Takes the steps on SQLite, all of them in one transaction.
struct SQLiteRun {
  let tables: [TableDefinition]
  let database: any Database
  let options: Migration.Options

  /// - Returns: the steps taken, empty when there are none.
  func next() async throws -> [Migration.Step] {
    try await database.transaction { transaction in
      // A table that goes would take what refers to it along. The pragma has no effect within a transaction; the writer
      // puts it back, whatever happens.
      try await transaction.execute(script: "COMMIT; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")
      let plan = try await Plan(tables, scope: options.scope, in: transaction)
      try plan.check(options)
      let steps = plan.migration.steps
      if steps.isEmpty { return [] }
      let deletes = steps.contains { $0.mode == .fix }
      if deletes { try await checkReferences(of: nil, in: transaction, "Already") }
      try await transaction.execute(script: History.create(on: .sqlite))
      for step in steps {
        let entry = History.Entry(step: step, begun: .now, options: options).insert(on: .sqlite)
        try await transaction.execute(script: (step.sql + [entry]).joined(separator: ";\n"))
      }
      if deletes { try await followReferences(in: transaction) }
      try await checkReferences(of: deletes ? nil : touched(by: steps), in: transaction, "Afterwards")
      return steps
    }
  }

  /// What referred to rows that were deleted goes with them, or lets go of them, as the references say that are there
  /// now: while steps run, SQLite does nothing about it. All rows referred to something before.
  private func followReferences(in transaction: any Transaction) async throws(StorageError) {
    let catalog = try await Catalog.read(from: transaction)
    let survey = Survey(transaction, renames: [])
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (name, table) in catalog.tables.sorted(by: { $0.key < $1.key }) {
        for key in table.foreignKeys.values where ["CASCADE", "SET NULL"].contains(key.onDelete) {
          let reference = ForeignKey(
            name: "", columns: key.columns, referencedTable: key.referencedTable,
            referencedColumns: key.referencedColumns, onDelete: .cascade)
          let orphaned = reference.orphaned(of: name)
          guard try await survey.rows(of: name, where: orphaned) > 0 else { continue }
          let delete = "DELETE FROM \(quoted(name)) WHERE \(orphaned)"
          try await transaction.execute(script: key.onDelete == "CASCADE" ? delete : reference.clearing(of: name))
          isSettled = false
        }
      }
    }
  }

  /// Tables that were made anew, and those that refer to them.
  private func touched(by steps: [Migration.Step]) -> [String] {
    let rebuilt = Set(steps.map(\.name).filter { $0.hasPrefix("rebuild-table:") }.map { String($0.dropFirst(14)) })
    return tables.filter { table in
      rebuilt.contains(table.name) || table.foreignKeys.contains { rebuilt.contains($0.referencedTable) }
    }.map(\.name)
  }

  /// - Parameter tables: nil for all.
  private func checkReferences(
    of tables: [String]?, in transaction: any Transaction, _ when: String
  ) async throws(StorageError) {
    let checks = tables.map { $0.map { "pragma_foreign_key_check(\(quotedText($0)))" } } ?? ["pragma_foreign_key_check"]
    if checks.isEmpty { return }
    let found = checks.map { "SELECT \"table\" AS name FROM \($0)" }.joined(separator: " UNION ")
    let names = try await Survey(transaction, renames: []).text("SELECT group_concat(DISTINCT name) FROM (\(found))")
    guard let names else { return }
    throw StorageError(
      .foreignKeyViolation,
      "\(when), rows of \(names) refer to others that are not there "
        + "(PRAGMA foreign_key_check). Delete them, or make them refer to others.")
  }
}
