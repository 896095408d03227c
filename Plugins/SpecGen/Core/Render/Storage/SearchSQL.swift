/// The full-text search of a table.
struct SearchSQL {
  private let table: TableModel
  private let columns: [ColumnCoding]
  private let owner: ColumnCoding

  init?(_ table: TableModel) {
    columns = table.columns(named: table.table.searched)
    guard !columns.isEmpty, let owner = table.primaryKey.first else { return nil }
    self.table = table
    self.owner = owner
  }

  /// What PostgreSQL indexes. Its parser takes addresses, paths and the like for words, and in the locale "C" every sign
  /// beyond ASCII; between spaces it finds the words that SQLite finds. A `tsvector` holds at most a megabyte
  /// (documentation §12.11), and a longer text must be saved nevertheless. `lower` folds A to Z whatever the locale,
  /// because the columns are `COLLATE "C"`: in a Turkish one the configuration "simple" would make another letter of I.
  var document: String {
    let texts = columns.map { $0.column.isNullable ? "coalesce(\($0.sqlName), '')" : $0.sqlName }
    return "to_tsvector('simple', regexp_replace(lower(left(\(texts.joined(separator: " || ' ' || ")), 100000)), "
      + "'\(Self.signs)', ' ', 'g'))"
  }

  /// What stands between words, as a class of PostgreSQL's regular expressions (documentation §9.7.3.2): the signs of
  /// ASCII and Latin-1, general punctuation but for the joiners, which stand within words, and the signs of Chinese and
  /// Japanese.
  private static let signs =
    #"[!-/:-@\[-`{-~\u00A0-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u2000-\u200B\u200E-\u206F"#
    + #"\u3000-\u3003\u3008-\u3011\uFEFF\uFF01-\uFF0F\uFF1A-\uFF20]"#

  /// Parameters: the owner, the text for PostgreSQL, the same for SQLite, and the limit.
  var statement: StatementText {
    let key = table.primaryKey.map(\.sqlName)
    let name = SQLSyntax.identifier("\(table.table.name)_search")
    let select = { (prefix: String) in
      let columns = table.columns.map { prefix + $0.sqlName }.joined(separator: ", ")
      return SQLSyntax.lines("SELECT \(columns)", width: 100).joined(separator: "\n")
    }
    let newest = { (prefix: String) in key.dropFirst().map { "\(prefix)\($0) DESC" }.joined(separator: ", ") }
    let weights = (key.map { _ in "0" } + ["0", "0"]).joined(separator: ", ")
    return StatementText(
      property: "search", name: "\(table.table.name).search",
      postgres: """
        \(select(""))
        FROM \(table.sqlName)
        WHERE \(owner.sqlName) = $1
          AND \(document)
            @@ plainto_tsquery('simple', $2)
        ORDER BY ts_rank(\(document),
          plainto_tsquery('simple', $2)) DESC, \(newest(""))
        LIMIT $4
        """,
      sqlite: """
        \(select("found."))
        FROM \(name) AS search
        JOIN \(table.sqlName) AS found ON \(key.map { "found.\($0) = search.\($0)" }.joined(separator: " AND "))
        WHERE \(name) MATCH ?3 AND found.\(owner.sqlName) = ?1
        ORDER BY bm25(\(name), \(weights)), \(newest("found."))
        LIMIT ?4
        """, parameters: [owner.columnType, ".text", ".text", ".int"], isRead: true)
  }

  func writeFunction(to writer: inout SourceWriter) {
    writer.line()
    writer.doc([
      "The rows with this `\(owner.column.name)` that hold every word of a text, best first.",
      "- Parameters:\n  - text: words, as somebody typed them; nothing in it is syntax.\n  - limit: the greatest number of rows.",
    ])
    writer.list(
      "public static func search(", ["\(owner.label): \(owner.valueType)", "matching text: String", "limit: Int"],
      ") -> Query<[SearchHit<\(table.rowType)>]> {")
    writer.indented { writer in
      let value = owner.value(of: owner.name, isOptional: false)
      let texts = columns.map { "\($0.column.isNullable ? "row.\($0.member) ?? \"\"" : "row.\($0.member)")" }
      let text = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))].joined(separator: \"\\n\")"
      writer.line("let words = SearchText(text)")
      writer.line("let owner = \(value)")
      writer.line("return .all(")
      writer.indented { writer in
        writer.line(
          "Statements.search, [owner, SQLValue(words.text), SQLValue(words.match(owner: owner)), SQLValue(limit)]")
      }
      writer.line(") { rows throws(StorageError) in")
      writer.indented { writer in
        writer.line("let row = try \(table.rowType)(reading: rows)")
        writer.line("return SearchHit(row: row, snippet: SnippetPart.snippet(of: \(text), for: words))")
      }
      writer.line("}")
    }
    writer.line("}")
  }
}
