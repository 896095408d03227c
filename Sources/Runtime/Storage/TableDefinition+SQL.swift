import FoundationEssentials
import Values

extension TableDefinition {
  /// `CREATE TABLE`, without its indexes.
  ///
  /// - Parameters:
  ///   - foreignKeys: those to declare in the table; the others need statements of their own.
  ///   - provisionalName: what to call the table instead.
  ///   - extra: columns that the definition does not know, and constraints.
  func createTable(
    on engine: Engine, foreignKeys: [ForeignKey], provisionalName: String? = nil,
    extra: (columns: [String], constraints: [String]) = ([], [])
  ) -> String {
    var lines = columns.map { $0.sql(for: engine) } + extra.columns
    lines.append("CONSTRAINT \(quoted(primaryKeyName)) PRIMARY KEY (\(quotedList(primaryKey)))")
    lines += foreignKeys.map {
      "CONSTRAINT \(quoted($0.name)) FOREIGN KEY (\(quotedList($0.columns))) \($0.references)"
    }
    lines += extra.constraints
    let body = lines.map { "  \($0)" }.joined(separator: ",\n")
    // STRICT makes SQLite refuse values of another type, as PostgreSQL does.
    return "CREATE TABLE \(quoted(provisionalName ?? name)) (\n\(body)\n)" + (engine == .sqlite ? " STRICT" : "")
  }

  /// - Parameter concurrently: on PostgreSQL, without keeping anyone from writing.
  func createIndex(_ index: IndexDefinition, concurrently: Bool = false) -> String {
    let columns = index.columns.map(\.sql).joined(separator: ", ")
    return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(concurrently ? "CONCURRENTLY " : "")"
      + "\(quoted(index.name)) ON \(quoted(name)) \(index.document.map { "USING gin (\($0))" } ?? "(\(columns))")"
  }

  /// `ALTER TABLE ... ADD COLUMN`. On SQLite with its checks and the foreign keys that this column alone makes, because
  /// nothing else can add those; PostgreSQL adds them without holding up the table.
  func addColumn(_ column: ColumnDefinition, on engine: Engine) -> String {
    let keys = engine == .sqlite ? foreignKeys.filter { $0.columns == [column.name] } : []
    let references = keys.map { " CONSTRAINT \(quoted($0.name)) \($0.references)" }.joined()
    let sql = column.sql(for: engine, withChecks: engine == .sqlite)
    return "ALTER TABLE \(quoted(name)) ADD COLUMN \(sql)\(references)"
  }

  /// `ALTER TABLE ... ADD CONSTRAINT ... FOREIGN KEY`, which SQLite does not have.
  func addForeignKey(_ key: ForeignKey) -> String {
    "ALTER TABLE \(quoted(name)) ADD CONSTRAINT \(quoted(key.name)) "
      + "FOREIGN KEY (\(quotedList(key.columns))) \(key.references)"
  }
}

extension ColumnDefinition {
  func sql(for engine: Engine, withChecks: Bool = true) -> String {
    var text = "\(quoted(name)) \(type.sql(for: engine))"
    // Sorted, compared and folded by bytes, as SQLite does, whatever the locale of the database.
    if type == .text && engine == .postgres { text += " COLLATE \"C\"" }
    if !isNullable { text += " NOT NULL" }
    if let value = defaultSQL(for: engine) { text += " DEFAULT \(value)" }
    if withChecks { text += checks.map { " \($0.constraint(for: engine))" }.joined() }
    return text
  }

  func defaultSQL(for engine: Engine) -> String? {
    switch defaultValue {
    case .value(let value): value.literal(for: engine)
    case .expression(let postgres, let sqlite): "(\(engine == .postgres ? postgres : sqlite))"
    case nil: nil
    }
  }
}

extension CheckDefinition {
  func sql(for engine: Engine) -> String { engine == .postgres ? postgres : sqlite }

  func constraint(for engine: Engine) -> String { "CONSTRAINT \(quoted(name)) CHECK (\(sql(for: engine)))" }
}

extension ForeignKey {
  fileprivate var references: String {
    "REFERENCES \(quoted(referencedTable)) (\(quotedList(referencedColumns))) ON DELETE \(onDelete.rawValue)"
  }
}

extension IndexColumn {
  fileprivate var sql: String {
    (isCaseInsensitive ? "lower(\(quoted(name)))" : quoted(name)) + (isDescending ? " DESC" : "")
  }
}

extension SQLValue {
  /// The value as a constant in SQL text: for defaults in DDL only, statements bind their values.
  func literal(for engine: Engine) -> String {
    let postgres = engine == .postgres
    switch self {
    case .null: return "NULL"
    case .bool(let value): return postgres ? (value ? "TRUE" : "FALSE") : (value ? "1" : "0")
    case .int(let value): return "\(value)"
    case .double(let value): return "\(value)"
    case .text(let value): return quotedText(value)
    case .json(let value): return quotedText(value)
    case .date(let value): return quotedText(value.iso8601)
    case .timestamp(let value): return postgres ? quotedText(value.rfc3339) : "\(value.milliseconds)"
    case .uuid(let value): return postgres ? quotedText(value.canonical) : "X'\(value.canonical.filter { $0 != "-" })'"
    case .bytes(let value):
      let digits = value.map { byte in
        String(byte >> 4, radix: 16) + String(byte & 0xF, radix: 16)
      }.joined()
      return postgres ? "'\\x\(digits)'" : "X'\(digits)'"
    }
  }
}

/// A text as SQL takes it in both dialects.
func quotedText(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// An identifier as SQL takes it in both dialects, whatever it holds.
func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

func quotedList(_ names: [String]) -> String {
  names.map(quoted).joined(separator: ", ")
}
