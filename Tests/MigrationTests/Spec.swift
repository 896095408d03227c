import Storage

/// The tables of an `api.yaml` as the tests know them: a table and a column keep their identity when their name changes.
struct Spec {
  struct Table {
    let id: Int
    var name: String
    var columns: [Column]
    /// Identities of columns, as everywhere here.
    var primaryKey: [Int]
    var indexes: [Index] = []
    var references: [Reference] = []
    /// What `x-renamed-from` says; it may stay there for long after the migration.
    var formerName: String?

    func column(_ id: Int) -> Column? { columns.first { $0.id == id } }
  }

  struct Column {
    let id: Int
    var name: String
    var type: ColumnType
    var isNullable: Bool
    var defaultValue: SQLValue?
    var rule: Rule?
    var formerName: String?
    var renamedValues: [String: String] = [:]
  }

  struct Index {
    struct Part: Hashable {
      var column: Int
      var isDescending = false
      var ignoresCase = false
    }

    /// Nil for a unique key, which is called after its columns.
    var name: String?
    var parts: [Part]
    var isUnique: Bool { name == nil }
  }

  struct Reference {
    var columns: [Int]
    /// The table whose primary key is meant.
    var table: Int
    var onDelete: ForeignKey.Action
  }

  var tables: [Table] = []
  private var lastID = 0

  mutating func makeID() -> Int {
    lastID += 1
    return lastID
  }

  func table(_ id: Int) -> Table? { tables.first { $0.id == id } }

  /// Whether some rows may not be deleted while others refer to them.
  var restricts: Bool { tables.contains { $0.references.contains { $0.onDelete == .restrict } } }

  /// What SpecGen would make of it.
  var definitions: [TableDefinition] {
    tables.map { table in
      TableDefinition(
        name: table.name,
        columns: table.columns.map { column in
          ColumnDefinition(
            name: column.name, type: column.type, isNullable: column.isNullable,
            defaultValue: column.defaultValue.map(DefaultValue.value),
            checks: column.rule.map { [$0.check(of: column.name, in: table.name)] } ?? [],
            renamedFrom: column.formerName, renamedValues: column.renamedValues)
        },
        primaryKey: table.names(table.primaryKey),
        indexes: table.indexes.map { index in
          IndexDefinition(
            name: table.name(of: index),
            columns: index.parts.map { part in
              IndexColumn(
                table.names([part.column])[0], isDescending: part.isDescending, isCaseInsensitive: part.ignoresCase)
            }, isUnique: index.isUnique)
        },
        foreignKeys: table.references.map { reference in
          let other = self.table(reference.table)
          return ForeignKey(
            name: table.name(of: reference), columns: table.names(reference.columns),
            referencedTable: other?.name ?? "", referencedColumns: other.map { $0.names($0.primaryKey) } ?? [],
            onDelete: reference.onDelete)
        }, renamedFrom: table.formerName)
    }
  }
}

extension Spec.Table {
  func names(_ ids: [Int]) -> [String] { ids.map { column($0)?.name ?? "?" } }

  func name(of index: Spec.Index) -> String {
    if let name = index.name { return "\(self.name)_\(name)" }
    return ([self.name] + names(index.parts.map(\.column)) + ["key"]).joined(separator: "_")
  }

  func name(of reference: Spec.Reference) -> String {
    ([name] + names(reference.columns) + ["fkey"]).joined(separator: "_")
  }

  /// Whether a key, an index or a reference stands on the column.
  func isUsed(_ id: Int) -> Bool {
    primaryKey.contains(id) || indexes.contains { $0.parts.contains { $0.column == id } }
      || references.contains { $0.columns.contains(id) }
  }
}
