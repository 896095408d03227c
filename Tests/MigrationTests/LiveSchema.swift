import Storage

/// The schema of a live database as a set of lines, read without any code of the migrations: from PostgreSQL's own
/// catalogs and the definitions it prints, and from the text that SQLite keeps. The order of columns means nothing.
enum LiveSchema {
  static func read(_ database: any Database) async throws -> Set<String> {
    switch database.engine {
    case .postgres: Set(try await lines(postgres, of: database))
    case .sqlite: Set(try await lines(sqlite, of: database).flatMap(SQLiteText.pieces))
    }
  }

  private static func lines(_ sql: String, of database: any Database) async throws -> [String] {
    let statement = Statement(name: "test.schema", postgres: sql, sqlite: sql, effect: .read)
    return try await database.run(
      Query<[String]>.all(statement) { row throws(StorageError) -> String in try row.text(0) })
  }

  private static let postgres = """
    SELECT format('table %s kind %s persistence %s options %s', c.relname, c.relkind, c.relpersistence, c.reloptions)
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind NOT IN ('i', 'c', 't')
      AND c.relname NOT LIKE 'parley_migrations%'
    UNION ALL
    SELECT format('column %s.%s %s null %s default %s identity %s', table_name, column_name, data_type, is_nullable,
      column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'parley_migrations'
    UNION ALL
    SELECT format('constraint %s on %s: %s', k.conname, c.relname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname <> 'parley_migrations'
    UNION ALL
    SELECT format('index %s valid %s: %s', i.relname, x.indisvalid AND x.indisready,
      replace(pg_get_indexdef(i.oid), format('%I.', current_schema()), ''))
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname <> 'parley_migrations'
    UNION ALL
    SELECT format('trigger %s on %s', t.tgname, c.relname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
    UNION ALL
    SELECT format('function %s', proname) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    """

  private static let sqlite = """
    SELECT sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND tbl_name <> 'parley_migrations' AND name NOT LIKE 'sqlite_%'
    """
}

/// Cuts the text of a CREATE statement, as SQLite keeps it, into parts that can be compared: SQLite adds columns at the
/// end, writes quotes when it renames, and a constraint of one column may stand behind it or by itself.
enum SQLiteText {
  static func pieces(of sql: String) -> [String] {
    let tokens = tokens(of: sql)
    guard tokens.count > 2, tokens[1] == "TABLE", let open = tokens.firstIndex(of: "(") else {
      return [tokens.joined(separator: " ")]
    }
    let table = tokens[2]
    var depth = 0
    var parts: [[String]] = [[]]
    var rest: [String] = []
    for (index, token) in tokens.enumerated() where index > open {
      if depth < 0 {
        rest.append(token)
      } else if token == ")", depth == 0 {
        depth = -1
      } else if token == ",", depth == 0 {
        parts.append([])
      } else {
        if token == "(" { depth += 1 }
        if token == ")" { depth -= 1 }
        parts[parts.count - 1].append(token)
      }
    }
    return ["table \(table) \(rest.joined(separator: " "))"]
      + parts.flatMap(constraints).map { "\(table): \($0.joined(separator: " "))" }
  }

  /// A column without its constraints that have names, and those.
  private static func constraints(of part: [String]) -> [[String]] {
    var result: [[String]] = [[]]
    for token in part {
      if token == "CONSTRAINT" { result.append([]) }
      result[result.count - 1].append(token)
    }
    guard let column = result[0].first else { return Array(result.dropFirst()) }
    return [result[0]]
      + result.dropFirst().map { constraint in
        constraint.count > 2 && constraint[2] == "REFERENCES"
          ? constraint.prefix(2) + ["FOREIGN", "KEY", "(", column, ")"] + constraint.dropFirst(2) : constraint
      }
  }

  /// Names without their quotes, texts with them.
  private static func tokens(of sql: String) -> [String] {
    var tokens: [String] = []
    var characters = Array(sql.unicodeScalars)[...]
    while let first = characters.popFirst() {
      switch first {
      case " ", "\n", "\t": continue
      case "\"", "'":
        var text = ""
        while let next = characters.popFirst() {
          if next == first {
            if characters.first != first { break }
            _ = characters.popFirst()
          }
          text.unicodeScalars.append(next)
        }
        tokens.append(first == "'" ? "'\(text)'" : text)
      case "(", ")", ",": tokens.append(String(first))
      default:
        var text = String(first)
        while let next = characters.first, !" \n\t\"'(),".unicodeScalars.contains(next) {
          text.unicodeScalars.append(next)
          _ = characters.popFirst()
        }
        tokens.append(text)
      }
    }
    return tokens
  }
}
