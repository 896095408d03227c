/// How the rows of one table come from that of another program: SQL for each column.
struct AdoptedTable {
  let table: TableDefinition
  /// The old table, which has been set aside.
  let old: Catalog.Table
  let tables: [TableDefinition]
  let adoption: Adoption
  let engine: Engine
  /// What the conversions need, on PostgreSQL.
  private(set) var functions: [PostgresConversion.Function] = []
  /// SQL by column of the new table, in terms of the old one called `old`.
  private(set) var values: [String: String] = [:]
  /// Columns that nothing is known of.
  private(set) var unknown: [String] = []

  static let keys = TableDefinition(
    name: "parley_adopted_keys",
    columns: [
      ColumnDefinition(name: "table_name", type: .text), ColumnDefinition(name: "old_key", type: .text),
      ColumnDefinition(name: "new_key", type: .uuid),
    ], primaryKey: ["table_name", "old_key"])

  init(_ table: TableDefinition, old: Catalog.Table, tables: [TableDefinition], adoption: Adoption, engine: Engine) {
    self.table = table
    self.old = old
    self.tables = tables
    self.adoption = adoption
    self.engine = engine
    for column in table.columns { values[column.name] = value(of: column) }
    for column in table.columns {
      guard case .column(let other) = adoption.fallbacks[path(column)], let fallback = values[other] else {
        if values[column.name] == nil { unknown.append(path(column)) }
        continue
      }
      values[column.name] = values[column.name].map { "coalesce(\($0), \(fallback))" } ?? fallback
    }
  }

  /// The column that holds the key of the old table.
  var oldKey: String? { old.primaryKey?.columns.count == 1 ? old.primaryKey?.columns[0] : nil }

  /// When each old row was made, in milliseconds; nil when it does not tell.
  var moment: String? {
    guard let column = table.columns.first(where: { $0.name == "created_at" && $0.type == .timestamp }),
      source(of: column) != nil, let value = values[column.name]
    else { return nil }
    return engine == .postgres ? "CAST(extract(epoch FROM \(value)) * 1000 AS bigint)" : value
  }

  private func path(_ column: ColumnDefinition) -> String { "\(table.name).\(column.name)" }

  /// The old column that a new one comes from.
  private func source(of column: ColumnDefinition) -> String? {
    ([column.name] + (adoption.otherNames[path(column)] ?? [])).first { old.columns[$0] != nil }
  }

  private mutating func value(of column: ColumnDefinition) -> String? {
    if column.name == table.primaryKey.last { return oldKey.map { newKey(of: table.name, for: $0) } }
    for key in table.foreignKeys {
      guard let index = key.columns.firstIndex(of: column.name),
        let target = tables.first(where: { $0.name == key.referencedTable })
      else { continue }
      let referenced = key.referencedColumns[index]
      if referenced == target.primaryKey.last, let source = source(of: column) {
        return newKey(of: target.name, for: source)
      }
      // The owner of a message is that of its conversation.
      for (other, otherReferenced) in zip(key.columns, key.referencedColumns)
      where otherReferenced == target.primaryKey.last {
        guard let definition = table.columns.first(where: { $0.name == other }), let source = source(of: definition)
        else { continue }
        return "(SELECT parent.\(quoted(referenced)) FROM \(quoted(target.name)) AS parent "
          + "WHERE parent.\(quoted(otherReferenced)) = \(newKey(of: target.name, for: source)))"
      }
    }
    let fallback = literal(for: column)
    guard let source = source(of: column), let live = old.columns[source] else {
      return fallback ?? (column.isNullable ? "NULL" : nil)
    }
    let converted = convert(column, from: source, live.type)
    return fallback.map { column.isNullable ? converted : "coalesce(\(converted), \($0))" } ?? converted
  }

  private func literal(for column: ColumnDefinition) -> String? {
    if case .value(let value) = adoption.fallbacks[path(column)] { return value.literal(for: engine) }
    return column.defaultSQL(for: engine)
  }

  private mutating func convert(_ column: ColumnDefinition, from source: String, _ type: String) -> String {
    switch engine {
    case .sqlite:
      var old = column
      old.name = source
      return old.sqliteConversion
    case .postgres:
      let wanted = column.type == .timestamp ? "TIMESTAMP WITH TIME ZONE" : column.type.sql(for: .postgres)
      if type == wanted { return quoted(source) }
      let conversion = PostgresConversion(column: source, from: type, to: wanted)
      functions += conversion.functions
      return conversion.expression
    }
  }

  private func newKey(of table: String, for column: String) -> String {
    "(SELECT new_key FROM parley_adopted_keys WHERE table_name = \(quotedText(table)) "
      + "AND old_key = CAST(old.\(quoted(column)) AS TEXT))"
  }

  /// Copies the rows that fulfil every constraint.
  func copy(from oldName: String) -> String {
    let names = table.columns.map(\.name)
    // Constants have no type of their own in PostgreSQL's subqueries.
    let list = table.columns.map { column in
      let value = values[column.name] ?? "NULL"
      let typed = engine == .postgres ? "CAST(\(value) AS \(column.type.sql(for: .postgres)))" : value
      return "\(typed) AS \(quoted(column.name))"
    }.joined(separator: ", ")
    var conditions = table.columns.filter { !$0.isNullable }.map { "\(quoted($0.name)) IS NOT NULL" }
    conditions += table.columns.flatMap(\.checks).map { "(\($0.sql(for: engine))) IS NOT FALSE" }
    for key in table.foreignKeys {
      let missing = key.columns.map { "adopted.\(quoted($0)) IS NULL" }.joined(separator: " OR ")
      let equal = zip(key.referencedColumns, key.columns)
        .map { "parent.\(quoted($0)) = adopted.\(quoted($1))" }.joined(separator: " AND ")
      conditions.append(
        "(\(missing) OR EXISTS (SELECT 1 FROM \(quoted(key.referencedTable)) AS parent WHERE \(equal)))")
    }
    return """
      INSERT INTO \(quoted(table.name)) (\(quotedList(names)))
      SELECT \(quotedList(names)) FROM (SELECT \(list) FROM \(quoted(oldName)) AS old) AS adopted
      WHERE \(conditions.joined(separator: " AND ")) ON CONFLICT DO NOTHING
      """
  }
}
