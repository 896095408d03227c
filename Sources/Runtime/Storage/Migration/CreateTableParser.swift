extension Catalog.Table {
  /// Reads a `CREATE TABLE` of SQLite (lang_createtable.html), whoever wrote it. What has no meaning for a catalog, such
  /// as a collation, is passed over.
  init(createTable tokens: [SQLToken]) {
    self.init()
    guard let open = tokens.firstIndex(where: { $0.isSymbol("(") }) else { return }
    let close = tokens.closing(of: open)
    isStrict = tokens[min(close, tokens.count)...].contains { $0.is("STRICT") }
    for item in Array(tokens[(open + 1)..<close]).items {
      var parser = CreateTableParser(tokens: item)
      parser.parse(into: &self)
    }
    // Only a rowid's column may be null in a primary key.
    for name in primaryKey?.columns ?? [] { columns[name]?.isNullable = false }
  }
}

/// One column definition or table constraint.
private struct CreateTableParser {
  private static let constraintStarts = [
    "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS",
  ]

  let tokens: [SQLToken]
  var position = 0
  /// Of the constraint that is being read.
  var name: String?

  init(tokens: [SQLToken]) {
    self.tokens = tokens
  }

  mutating func parse(into table: inout Catalog.Table) {
    guard let first = tokens.first else { return }
    if ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].contains(where: first.is) {
      parseConstraints(of: nil, into: &table)
    } else if let column = first.name {
      position = 1
      let start = position
      while let token = peek, !Self.constraintStarts.contains(where: token.is) { skip(token) }
      let type = tokens[start..<position].map { $0.text.uppercased() }.joined(separator: " ")
        .replacing(" ( ", with: "(").replacing(" )", with: ")")
      table.columns[column] = .init(type: type, isNullable: true)
      parseConstraints(of: column, into: &table)
    }
  }

  private mutating func parseConstraints(of column: String?, into table: inout Catalog.Table) {
    while let token = peek {
      if token.is("CONSTRAINT") {
        position += 1
        name = next()?.name
        continue
      }
      skip(token)
      if token.is("PRIMARY") {
        position += 1
        let columns = column.map { [$0] } ?? list().map(\.name)
        table.primaryKey = .init(name: name ?? "", columns: columns)
      } else if token.is("NOT"), let column {
        position += 1
        table.columns[column]?.isNullable = false
      } else if token.is("DEFAULT"), let column {
        table.columns[column]?.defaultValue = SQLExpression(defaultValue())
      } else if token.is("CHECK") {
        let expression = SQLExpression(parentheses())
        table.checks[name ?? expression.text] = .init(expression: expression)
      } else if token.is("UNIQUE") {
        let parts = column.map { [.init([SQLToken(kind: .quoted, text: $0)])] } ?? list().map(\.part)
        let columns = parts.map(\.expression.text).joined(separator: ", ")
        table.indexes[name ?? "UNIQUE (\(columns))"] = .init(parts: parts, isUnique: true, isConstraint: true)
      } else if token.is("FOREIGN") {
        position += 1
        let columns = list().map(\.name)
        if peek?.is("REFERENCES") == true { position += 1 }
        references(from: columns, into: &table)
      } else if token.is("REFERENCES"), let column {
        references(from: [column], into: &table)
      } else {
        // NULL, COLLATE name, ON CONFLICT action, GENERATED ALWAYS AS (...).
        continue
      }
      name = nil
    }
  }

  private mutating func references(from columns: [String], into table: inout Catalog.Table) {
    let referenced = next()?.name ?? ""
    let referencedColumns = peek?.isSymbol("(") == true ? list().map(\.name) : []
    var action = "NO ACTION"
    while let token = peek, token.is("ON") || token.is("MATCH") || token.is("DEFERRABLE") || token.is("INITIALLY") {
      position += 1
      let event = next()
      guard token.is("ON") else { continue }
      var words = next()?.text.uppercased() ?? ""
      if words == "SET" || words == "NO" { words += " " + (next()?.text.uppercased() ?? "") }
      if event?.is("DELETE") == true { action = words }
    }
    table.foreignKeys[name ?? "\(columns.joined(separator: ", ")) -> \(referenced)"] = .init(
      columns: columns, referencedTable: referenced, referencedColumns: referencedColumns, onDelete: action)
  }

  // MARK: Tokens

  private var peek: SQLToken? { position < tokens.count ? tokens[position] : nil }

  private mutating func next() -> SQLToken? {
    defer { position += 1 }
    return peek
  }

  /// Moves behind a token, or behind the parenthesis that it opens.
  private mutating func skip(_ token: SQLToken) {
    position = token.isSymbol("(") ? Swift.min(tokens.closing(of: position) + 1, tokens.count) : position + 1
  }

  /// What stands in the parentheses here.
  private mutating func parentheses() -> [SQLToken] {
    guard peek?.isSymbol("(") == true else { return [] }
    let close = tokens.closing(of: position)
    defer { position = Swift.min(close + 1, tokens.count) }
    return Array(tokens[(position + 1)..<close])
  }

  private mutating func list() -> [(name: String, part: Catalog.Index.Part)] {
    parentheses().items.map { ($0.first?.text ?? "", .init($0)) }
  }

  private mutating func defaultValue() -> [SQLToken] {
    if peek?.isSymbol("(") == true { return parentheses() }
    let start = position
    while let token = peek, token.isSymbol("-") || token.isSymbol("+") { skip(token) }
    position = Swift.min(position + 1, tokens.count)
    return Array(tokens[start..<position])
  }
}
