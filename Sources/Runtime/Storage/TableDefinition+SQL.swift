import FoundationEssentials
import Values

extension TableDefinition {
  /// `CREATE TABLE`, without its indexes.
  ///
  /// - Parameter foreignKeys: those to declare in the table; the others need statements of their own.
  public func createTable(on engine: Engine, foreignKeys: [ForeignKey]) -> String {
    var lines = columns.map { $0.sql(for: engine) }
    lines.append("CONSTRAINT \(quoted(primaryKeyName)) PRIMARY KEY (\(quotedList(primaryKey)))")
    lines += foreignKeys.map {
      "CONSTRAINT \(quoted($0.name)) FOREIGN KEY (\(quotedList($0.columns))) \($0.references)"
    }
    let body = lines.map { "  \($0)" }.joined(separator: ",\n")
    // STRICT makes SQLite refuse values of another type, as PostgreSQL does.
    return "CREATE TABLE \(quoted(name)) (\n\(body)\n)" + (engine == .sqlite ? " STRICT" : "")
  }

  public func createIndex(_ index: IndexDefinition) -> String {
    let columns = index.columns.map(\.sql).joined(separator: ", ")
    return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(quoted(index.name)) ON \(quoted(name)) (\(columns))"
  }

  /// `ALTER TABLE ... ADD COLUMN`, with the foreign keys that this column alone makes.
  public func addColumn(_ column: ColumnDefinition, on engine: Engine) -> String {
    let references = foreignKeys.filter { $0.columns == [column.name] }
      .map { " CONSTRAINT \(quoted($0.name)) \($0.references)" }.joined()
    return "ALTER TABLE \(quoted(name)) ADD COLUMN \(column.sql(for: engine))\(references)"
  }

  /// `ALTER TABLE ... ADD CONSTRAINT ... FOREIGN KEY`, which SQLite does not have.
  public func addForeignKey(_ key: ForeignKey) -> String {
    "ALTER TABLE \(quoted(name)) ADD CONSTRAINT \(quoted(key.name)) "
      + "FOREIGN KEY (\(quotedList(key.columns))) \(key.references)"
  }
}

extension ColumnDefinition {
  func sql(for engine: Engine) -> String {
    var text = "\(quoted(name)) \(type.sql(for: engine))"
    if !isNullable { text += " NOT NULL" }
    switch defaultValue {
    case .value(let value): text += " DEFAULT \(value.literal(for: engine))"
    case .expression(let postgres, let sqlite): text += " DEFAULT (\(engine == .postgres ? postgres : sqlite))"
    case nil: break
    }
    for check in checks {
      text += " CONSTRAINT \(quoted(check.name)) CHECK (\(engine == .postgres ? check.postgres : check.sqlite))"
    }
    return text
  }
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

private func quotedText(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// An identifier as SQL takes it in both dialects, whatever it holds.
func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

private func quotedList(_ names: [String]) -> String {
  names.map(quoted).joined(separator: ", ")
}
