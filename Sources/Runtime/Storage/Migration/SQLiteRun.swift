import Values

/// Takes the next steps on SQLite: one script under the file's write lock, which does nothing when the schema is not the
/// one that was planned for any more.
struct SQLiteRun {
  let tables: [TableDefinition]
  let database: any Database
  let options: Migration.Options

  /// - Returns: the steps taken, empty when none is left, and nil when another process was faster.
  func next() async throws -> [Migration.Step]? {
    let (plan, version) = try await database.transaction { transaction in
      (
        try await Plan(tables, scope: options.scope, in: transaction),
        try await transaction.run(Self.schemaVersion) ?? 0
      )
    }
    try plan.check(options)
    let steps = group(of: plan.migration.steps)
    if steps.isEmpty { return [] }
    do {
      try await database.execute(script: script(steps, version: version))
    } catch {
      if error.constraint == Self.changed { return nil }
      guard error.constraint == Self.orphaned else { throw error }
      throw StorageError(
        .foreignKeyViolation,
        "Nothing was changed: afterwards, rows would refer to others that are not there (PRAGMA foreign_key_check).",
        detail: error.detail)
    }
    return steps
  }

  /// What deletes rows runs before, while foreign keys hold, and what it names must be called so already.
  private func group(of steps: [Migration.Step]) -> [Migration.Step] {
    let before = steps.filter { $0.mode == .before }
    if before.isEmpty { return steps }
    let renames = steps.filter { $0.name.hasPrefix("rename-table:") || $0.name.hasPrefix("rename-column:") }
    return renames.isEmpty ? before : renames
  }

  private func script(_ steps: [Migration.Step], version: Int) -> String {
    let rebuilt = steps.compactMap {
      $0.name.split(separator: ":").first == "rebuild-table" ? $0.name.dropFirst(14) : nil
    }
    let dropsTables = !rebuilt.isEmpty || steps.contains { $0.name.hasPrefix("drop-table:") }
    // A table that goes would take what refers to it along. The pragma has no effect within a transaction; the writer
    // puts it back, whatever happens.
    var script = dropsTables ? ["PRAGMA foreign_keys = OFF"] : []
    script += [
      "BEGIN IMMEDIATE",
      """
      CREATE TEMP TABLE parley_guard (
        version INTEGER CONSTRAINT \(Self.changed) CHECK (version = \(version)),
        orphan INTEGER CONSTRAINT \(Self.orphaned) CHECK (orphan IS NULL))
      """,
      "INSERT INTO temp.parley_guard (version) SELECT schema_version FROM pragma_schema_version",
      History.create(on: .sqlite),
    ]
    for step in steps {
      script += step.sql + [History.Entry(step: step, begun: .now, options: options).insert(on: .sqlite)]
    }
    for table in tables
    where rebuilt.contains(where: { name in
      table.name == name || table.foreignKeys.contains { $0.referencedTable == name }
    }) {
      script.append(
        "INSERT INTO temp.parley_guard (orphan) SELECT 1 FROM pragma_foreign_key_check(\(quotedText(table.name))) LIMIT 1"
      )
    }
    return (script + ["DROP TABLE temp.parley_guard", "COMMIT"]).joined(separator: ";\n")
  }

  private static let changed = "parley_schema_changed"
  private static let orphaned = "parley_orphaned"

  private static let schemaVersion = Query<Int?>.first(
    Statement(
      name: "migration.version", postgres: "", sqlite: "SELECT schema_version FROM pragma_schema_version", effect: .read
    )
  ) { row throws(StorageError) in try row.int(0) }
}
