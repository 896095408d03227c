/// Reads `sqlite_schema`, which holds the statements that made the tables and indexes.
extension Catalog {
  static func readSQLite(from database: some QueryRunner) async throws(StorageError) -> Catalog {
    try await Catalog(sqlite: database.run(objects))
  }

  /// A table, an index or a trigger.
  struct SQLiteObject: Sendable {
    var kind: String
    var name: String
    var table: String
    var sql: String
  }

  /// - Parameter objects: tables before what belongs to them.
  init(sqlite objects: [SQLiteObject]) {
    for object in objects {
      let tokens = SQLToken.all(in: object.sql)
      switch object.kind {
      case "table": tables[object.name] = Table(createTable: tokens)
      case "index": tables[object.table]?.indexes[object.name] = Index(createIndex: tokens)
      default: tables[object.table]?.triggers[object.name] = SQLExpression(tokens)
      }
    }
  }

  // Tables that a virtual table keeps for itself are not tables of ours.
  private static let objects = Query<[SQLiteObject]>.all(
    Statement(
      name: "catalog.objects", postgres: "",
      sqlite: """
        SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE tbl_name IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table')
          AND type IN ('table', 'index', 'trigger') AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY type <> 'table', name
        """, effect: .read)
  ) { row throws(StorageError) in
    SQLiteObject(kind: try row.text(0), name: try row.text(1), table: try row.text(2), sql: try row.text(3))
  }
}

extension Catalog.Index {
  /// `CREATE [UNIQUE] INDEX name ON table (part, ...) [WHERE condition]`
  fileprivate init(createIndex tokens: [SQLToken]) {
    let open = tokens.firstIndex { $0.isSymbol("(") } ?? tokens.endIndex - 1
    let close = tokens.closing(of: open)
    self.init(
      parts: tokens[min(open + 1, close)..<close].map { $0 }.items.map(Part.init(_:)),
      isUnique: tokens.prefix(3).contains { $0.is("UNIQUE") })
    if close + 1 < tokens.count, tokens[close + 1].is("WHERE") {
      condition = SQLExpression(tokens[(close + 2)...])
    }
  }
}

extension Catalog.Index.Part {
  init(_ tokens: [SQLToken]) {
    var tokens = tokens
    let direction = tokens.last
    if direction?.is("ASC") == true || direction?.is("DESC") == true { tokens.removeLast() }
    self.init(expression: SQLExpression(tokens), isDescending: direction?.is("DESC") == true)
  }
}
