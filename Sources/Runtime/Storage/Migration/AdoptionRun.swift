import FoundationEssentials
import Values

/// Takes over the tables of another program: sets them aside, and once the definitions' tables are there, copies the
/// rows. Each part is one transaction with its line in the history, and is not done twice.
struct AdoptionRun: Sendable {
  static let suffix = "_before_parley"

  let tables: [TableDefinition]
  let database: any Database
  let options: Migration.Options

  /// - Throws: `migrationRefused` when a required column has no source; nothing was changed then.
  func setAside() async throws -> [Migration.Step] {
    try await database.transaction { transaction in
      if transaction.engine == .postgres { try await transaction.execute(script: PostgresRun.begin) }
      let plan = try await Plan(tables, scope: .all, in: transaction)
      if plan.migration.strangers.isEmpty { return [] }
      let catalog = try await Catalog.read(from: transaction)
      let strangers = plan.migration.strangers.compactMap { stranger in
        tables.first { $0.name == stranger.table }.flatMap { adopted($0, from: catalog.tables[stranger.table]) }
      }
      let unknown = strangers.flatMap(\.unknown)
      if !unknown.isEmpty {
        throw StorageError(
          .migrationRefused,
          "Nothing in the old tables tells what \(unknown.joined(separator: ", ")) should hold. "
            + "Make the properties optional or give them defaults in api.yaml.")
      }
      try await transaction.execute(script: History.create(on: transaction.engine))
      var steps: [Migration.Step] = []
      for stranger in strangers {
        let name = stranger.table.name
        let step = Migration.Step(
          "set-aside:\(name)", "rename table \(name) to \(name)\(Self.suffix)", sql: stranger.setAside, lock: .brief)
        try await take(step, in: transaction)
        steps.append(step)
      }
      return steps
    }
  }

  /// Copies the rows that fit; nil when that was done before.
  func copy(_ table: TableDefinition) async throws -> Migration.Step? {
    try await database.transaction { transaction in
      if transaction.engine == .postgres { try await transaction.execute(script: PostgresRun.begin) }
      return try await copy(table, in: transaction)
    }
  }

  private func copy(_ table: TableDefinition, in transaction: any Transaction) async throws(StorageError) -> Migration
    .Step?
  {
    let oldName = table.name + Self.suffix
    let catalog = try await Catalog.read(from: transaction)
    guard let adopted = adopted(table, from: catalog.tables[oldName]), adopted.unknown.isEmpty,
      try await !History.holds("adopt-rows:\(table.name)", in: transaction)
    else { return nil }
    let survey = Survey(transaction, renames: [])
    try await survey.run(adopted.functions.map(\.sql))
    try await makeKeys(of: adopted, oldName, in: transaction)
    let before = try await survey.rows(of: table.name)
    let sql = adopted.copy(from: oldName)
    try await transaction.execute(script: sql)
    let copied = try await survey.rows(of: table.name) - before
    let all = try await survey.rows(of: oldName)
    let left = copied < all ? "; the others break a constraint of api.yaml, and stay in \(oldName)" : ""
    let step = Migration.Step(
      "adopt-rows:\(table.name)", "copy \(copied) of \(all) rows of \(oldName) to \(table.name)\(left)", sql: [sql],
      lock: transaction.engine == .postgres ? .rows : .file, mode: .alone)
    try await transaction.execute(
      script: History.Entry(step: step, begun: .now, options: options).insert(on: transaction.engine))
    return step
  }

  /// A new id for each old row, from the moment it was made; ids that are UUIDs stay.
  private func makeKeys(
    of adopted: AdoptedTable, _ oldName: String, in transaction: any Transaction
  ) async throws(StorageError) {
    guard let key = adopted.oldKey else { return }
    let engine = transaction.engine
    let create = AdoptedTable.keys.createTable(on: engine, foreignKeys: [])
    try await transaction.execute(script: "CREATE TABLE IF NOT EXISTS" + create.dropFirst("CREATE TABLE".count))
    let sql = "SELECT CAST(\(quoted(key)) AS TEXT), \(adopted.moment ?? "NULL") FROM \(quoted(oldName)) AS old"
    let statement = Statement(name: "adoption.keys", postgres: sql, sqlite: sql, effect: .read)
    let rows = try await transaction.run(
      Query<[(String, Int?)]>.all(statement) { row throws(StorageError) in
        (try row.text(0), try adopted.moment == nil ? nil : row.optionalInt(1))
      })
    var start = 0
    while start < rows.count {
      let lines = rows[start..<min(start + 500, rows.count)].map { old, moment in
        let made = moment.map { Timestamp(milliseconds: Int64($0)) } ?? .now
        let new = UUID(uuidString: old) ?? UUID(digits: old) ?? .v7(at: made)
        let values: [SQLValue] = [.text(adopted.table.name), .text(old), .uuid(new)]
        return "(\(values.map { $0.literal(for: engine) }.joined(separator: ", ")))"
      }
      try await transaction.execute(
        script:
          "INSERT INTO parley_adopted_keys (table_name, old_key, new_key) VALUES \(lines.joined(separator: ",\n"))")
      start += 500
    }
  }

  private func adopted(_ table: TableDefinition, from old: Catalog.Table?) -> AdoptedTable? {
    guard let old, let adoption = options.adoption else { return nil }
    return AdoptedTable(table, old: old, tables: tables, adoption: adoption, engine: database.engine)
  }

  private func take(_ step: Migration.Step, in transaction: any Transaction) async throws(StorageError) {
    let entry = History.Entry(step: step, begun: .now, options: options)
    try await transaction.execute(
      script: (step.sql + [entry.insert(on: transaction.engine)]).joined(separator: ";\n"))
  }
}

extension AdoptedTable {
  /// Renames the old table with everything whose name the new one needs.
  fileprivate var setAside: [String] {
    let (name, new) = (table.name, table.name + AdoptionRun.suffix)
    let rename = "ALTER TABLE \(quoted(name)) RENAME TO \(quoted(new))"
    let indexes = old.indexes.filter { !$0.value.isConstraint }.sorted { $0.key < $1.key }
    switch engine {
    case .sqlite:
      // SQLite cannot rename an index.
      return indexes.map { "DROP INDEX \(quoted($0.key))" } + [rename]
        + indexes.map { $0.value.sql(named: $0.key + AdoptionRun.suffix, on: new) }
    case .postgres:
      let constraints =
        Array(old.checks.keys) + old.foreignKeys.keys + [old.primaryKey?.name].compactMap { $0 }
        + old.indexes.filter(\.value.isConstraint).keys
      return [rename]
        + constraints.sorted().map {
          "ALTER TABLE \(quoted(new)) RENAME CONSTRAINT \(quoted($0)) TO \(quoted($0 + AdoptionRun.suffix))"
        } + indexes.map { "ALTER INDEX \(quoted($0.key)) RENAME TO \(quoted($0.key + AdoptionRun.suffix))" }
    }
  }
}

extension UUID {
  /// 32 hexadecimal digits, as SQLAlchemy writes them on SQLite.
  fileprivate init?(digits: String) {
    guard digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
      let low = UInt64(digits.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }
}
