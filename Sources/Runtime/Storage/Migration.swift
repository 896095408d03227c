/// The steps that bring a live database to what `api.yaml` says. Only what adds: missing tables, columns and indexes.
/// Whatever could lose or reject data is refused with an error that says so.
public struct Migration: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    /// One line for people, such as `add column messages.model`.
    public var description: String
    public var sql: String
  }

  /// In the order in which they run; empty when there is nothing to do.
  public var steps: [Step]

  /// Compares the database with the definitions; changes nothing.
  ///
  /// - Throws: `StorageError`, `migrationRefused` when a step is not possible.
  public static func plan(
    _ tables: [TableDefinition], for database: any Database
  ) async throws(StorageError) -> Migration {
    let catalog = try await Catalog.read(tables.map(\.name), from: database)
    return try Migration(from: catalog, to: tables, on: database.engine)
  }

  /// Brings the database to the definitions, in one transaction and under a lock: of instances that start at once, one
  /// migrates and the others find nothing left to do.
  ///
  /// - Returns: the steps that were taken.
  @discardableResult
  public static func apply(
    _ tables: [TableDefinition], to database: any Database
  ) async throws -> Migration {
    // Most starts find nothing to do, and then take no lock.
    let plan = try await plan(tables, for: database)
    if plan.steps.isEmpty { return plan }
    return try await database.transaction { transaction in
      if transaction.engine == .postgres {
        // Another instance's migration may take longer than a statement of a request may.
        try await transaction.execute(script: "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'")
        // Held until the end of the transaction; the key is "parley". As a script, because a wait is no silence then.
        try await transaction.execute(script: "SELECT pg_advisory_xact_lock(123563833845113)")
      }
      let catalog = try await Catalog.read(tables.map(\.name), from: transaction)
      let migration = try Migration(from: catalog, to: tables, on: transaction.engine)
      for step in migration.steps { try await transaction.execute(script: step.sql) }
      return migration
    }
  }
}

extension Migration {
  init(from catalog: Catalog, to tables: [TableDefinition], on engine: Engine) throws(StorageError) {
    steps = []
    var present = Set(catalog.tables.keys)
    var late: [Step] = []
    for table in tables where catalog.tables[table.name] == nil {
      present.insert(table.name)
      // PostgreSQL cannot refer to a table that is made later; SQLite looks only when rows are written.
      let early = table.foreignKeys.filter { engine == .sqlite || present.contains($0.referencedTable) }
      let sql = table.createTable(on: engine, foreignKeys: early)
      steps.append(Step(description: "create table \(table.name)", sql: sql))
      late += table.foreignKeys.filter { !early.contains($0) }
        .map { Step(description: "add foreign key \($0.name)", sql: table.addForeignKey($0)) }
    }
    steps += late
    // After the new tables, to which new columns may refer.
    for table in tables {
      if let live = catalog.tables[table.name] { try addColumns(of: table, to: live, on: engine) }
    }
    for table in tables {
      for index in table.indexes where !catalog.indexes.contains(index.name) {
        steps.append(Step(description: "create index \(index.name)", sql: table.createIndex(index)))
      }
    }
  }

  private mutating func addColumns(
    of table: TableDefinition, to live: Catalog.Table, on engine: Engine
  ) throws(StorageError) {
    for column in table.columns {
      if let existing = live.columns[column.name] {
        try check(column, of: table, against: existing, on: engine)
        continue
      }
      let name = "\(table.name).\(column.name)"
      if table.primaryKey.contains(column.name) {
        throw .refused("The column \(name) is missing and part of the primary key, which cannot be added to a table.")
      }
      if !column.isNullable && column.defaultValue == nil && live.holdsRows {
        throw .refused(
          "The required column \(name) cannot be added: the table holds rows, and they have no value for it. "
            + "Make the property optional or give it a default.")
      }
      if let key = table.foreignKeys.first(where: { $0.columns.count > 1 && $0.columns.contains(column.name) }) {
        throw .refused(
          "The column \(name) cannot be added: the foreign key \(key.name) spans several columns. Add it by hand.")
      }
      steps.append(Step(description: "add column \(name)", sql: table.addColumn(column, on: engine)))
    }
  }

  private func check(
    _ column: ColumnDefinition, of table: TableDefinition, against live: Catalog.Column, on engine: Engine
  ) throws(StorageError) {
    let name = "\(table.name).\(column.name)"
    let wanted = column.type.catalogName(on: engine)
    if live.type != wanted {
      throw .refused("The column \(name) is \(live.type) in the database and must be \(wanted). Change it by hand.")
    }
    if live.isNullable != column.isNullable {
      throw .refused(
        "The column \(name) \(live.isNullable ? "may" : "must not") be null in the database and "
          + "\(column.isNullable ? "may" : "must not") be by the definition. Change it by hand.")
    }
  }
}

extension StorageError {
  fileprivate static func refused(_ description: String) -> StorageError { .init(.migrationRefused, description) }
}
