/// What a live database holds: the tables of the current schema with all that a definition can say of them. Two
/// databases whose catalogs are equal behave the same; the order of columns does not count.
package struct Catalog: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    /// As the engine names it, in upper case; on PostgreSQL with the collation, where that is "C".
    package var type: String
    package var isNullable: Bool
    package var defaultValue: SQLExpression?
  }

  package struct Key: Sendable, Hashable {
    package var name: String
    /// In order.
    package var columns: [String]
  }

  package struct Check: Sendable, Hashable {
    package var expression: SQLExpression
    /// False for one that PostgreSQL has not held rows against yet (`NOT VALID`).
    package var isValid = true
  }

  package struct Index: Sendable, Hashable {
    package struct Part: Sendable, Hashable {
      package var expression: SQLExpression
      package var isDescending = false
    }

    package var parts: [Part]
    package var isUnique: Bool
    /// False for what a `CREATE INDEX CONCURRENTLY` that failed, or is not over yet, leaves.
    package var isValid = true
    /// Whether it belongs to a `UNIQUE` constraint and goes with it.
    package var isConstraint = false
    /// Of a partial index.
    package var condition: SQLExpression?
    /// `btree`, unless it is something special.
    package var method = "btree"

    func mentions(_ column: String) -> Bool {
      parts.contains { $0.expression.mentions(column) } || condition?.mentions(column) == true
    }
  }

  package struct ForeignKey: Sendable, Hashable {
    package var columns: [String]
    package var referencedTable: String
    package var referencedColumns: [String]
    /// `RESTRICT`, `CASCADE`, `SET NULL`, `SET DEFAULT` or `NO ACTION`.
    package var onDelete: String
    package var isValid = true
  }

  package struct Table: Sendable, Hashable {
    package var columns: [String: Column] = [:]
    package var primaryKey: Key?
    package var checks: [String: Check] = [:]
    /// Unique keys among them, without the primary key's.
    package var indexes: [String: Index] = [:]
    package var foreignKeys: [String: ForeignKey] = [:]
    /// SQL of the table's triggers; SQLite only, where they must be made anew when the table is.
    package var triggers: [String: SQLExpression] = [:]
    /// Whether SQLite holds values to the columns' types; true on PostgreSQL.
    package var isStrict = true
  }

  package var tables: [String: Table] = [:]

  /// Reads the catalog of the current schema (PostgreSQL) or of the main file (SQLite). The history of migrations is
  /// left out.
  package static func read(from database: some QueryRunner) async throws(StorageError) -> Catalog {
    var catalog =
      switch database.engine {
      case .postgres: try await readPostgres(in: .current, from: database)
      case .sqlite: try await readSQLite(from: database)
      }
    catalog.tables[History.table.name] = nil
    return catalog
  }
}

// MARK: What a rename does

extension Catalog {
  mutating func rename(table old: String, to new: String) {
    tables[new] = tables.removeValue(forKey: old)
    for table in tables.keys {
      for (name, key) in tables[table]?.foreignKeys ?? [:] where key.referencedTable == old {
        tables[table]?.foreignKeys[name]?.referencedTable = new
      }
    }
  }

  mutating func rename(column old: String, to new: String, of table: String) {
    tables[table]?.rename(column: old, to: new)
    for other in tables.keys {
      for (name, key) in tables[other]?.foreignKeys ?? [:] where key.referencedTable == table {
        tables[other]?.foreignKeys[name]?.referencedColumns = key.referencedColumns.map { $0 == old ? new : $0 }
      }
    }
  }
}

extension Catalog.Table {
  fileprivate mutating func rename(column old: String, to new: String) {
    columns[new] = columns.removeValue(forKey: old)
    let map = { (names: [String]) in names.map { $0 == old ? new : $0 } }
    let replacement = [old: quoted(new)]
    if let key = primaryKey { primaryKey = .init(name: key.name, columns: map(key.columns)) }
    checks = checks.mapValues { check in
      var check = check
      check.expression = check.expression.replacing(replacement)
      return check
    }
    indexes = indexes.mapValues { index in
      var index = index
      index.condition = index.condition?.replacing(replacement)
      index.parts = index.parts.map {
        .init(expression: $0.expression.replacing(replacement), isDescending: $0.isDescending)
      }
      return index
    }
    foreignKeys = foreignKeys.mapValues { key in
      var key = key
      key.columns = map(key.columns)
      return key
    }
  }
}
