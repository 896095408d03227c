/// Pieces of SQL that both engines read alike.
enum SQLSyntax {
  /// A name, in quotes where it would not be read as one: keywords, upper case, other characters.
  static func identifier(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
      && !(name.utf8.first.map { (48...57).contains($0) } ?? true)
    if isPlain, !keywords.contains(name) { return name }
    return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// A text literal.
  static func literal(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// A number literal; a whole number stands without its `.0`.
  static func literal(_ value: Double) -> String {
    if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return "\(whole)" }
    return "\(value)"
  }

  /// Behind a parameter of PostgreSQL that is a text: without it, a function such as `lower` folds the parameter by the
  /// locale of the database, and the column, which has this collation, by bytes. SQLite knows nothing else.
  static let bytewise = " COLLATE \"C\""

  /// The text for SQLite of a statement whose parameters are `$1`, `$2`, ..., outside of quotes `?1`, `?2`, ....
  static func sqlite(_ postgres: String) -> String {
    var result = ""
    var quote: Character?
    for character in postgres.replacing(bytewise, with: "") {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "$" {
        result.append("?")
        continue
      }
      result.append(character)
    }
    return result
  }

  /// Lines no longer than `width`, where that can be: what was written on several lines stays so, what is too long is
  /// broken before its clauses, then behind commas and before `AND` and `OR`, never inside quotes.
  static func lines(_ sql: String, width: Int) -> [String] {
    let written = sql.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard written.count == 1 else { return written.map { $0.trailingTrimmed }.withoutEmptyEnds }
    guard sql.count > width else { return [sql.trimmed] }
    let clauses = groups(of: words(of: sql)) { word, depth, _ in depth == 0 && openings.contains(word.uppercased()) }
    return clauses.flatMap { wrapped($0, width: width) }
  }

  /// A clause on as many lines as it takes, all but the first indented.
  private static func wrapped(_ clause: [String], width: Int) -> [String] {
    let pieces = groups(of: clause) { word, depth, previous in
      depth == 0 && (previous.hasSuffix(",") || ["AND", "OR"].contains(word.uppercased()))
    }
    var lines: [String] = []
    for piece in pieces {
      let text = piece.joined(separator: " ")
      if let last = lines.last, last.count + 1 + text.count <= width {
        lines[lines.count - 1] += " \(text)"
      } else if text.count + 2 <= width {
        lines.append(lines.isEmpty ? text : "  \(text)")
      } else {
        // A piece that is too long by itself is a subquery as a rule: each of its clauses has a line.
        let inner = groups(of: piece) { word, _, _ in
          openings.contains((word.first == "(" ? word.dropFirst() : word[...]).uppercased())
        }
        for line in inner.flatMap({ filled($0, width: width - 2) }) { lines.append(lines.isEmpty ? line : "  \(line)") }
      }
    }
    return lines
  }

  /// As many words on each line as fit.
  private static func filled(_ words: [String], width: Int) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  /// Splits at white space outside of quotes.
  private static func words(of sql: String) -> [String] {
    var words: [String] = []
    var current = ""
    var quote: Character?
    for character in sql {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character.isWhitespace {
        if !current.isEmpty { words.append(current) }
        current = ""
        continue
      }
      current.append(character)
    }
    return current.isEmpty ? words : words + [current]
  }

  /// Groups words; `begins` tells whether a word begins a group, from the depth of parentheses it stands in and the
  /// word before it.
  private static func groups(
    of words: [String], _ begins: (_ word: String, _ depth: Int, _ previous: String) -> Bool
  ) -> [[String]] {
    var groups: [[String]] = []
    var depth = 0
    for word in words {
      if let previous = groups.last?.last, !begins(word, depth, previous) {
        groups[groups.count - 1].append(word)
      } else {
        groups.append([word])
      }
      depth += nesting(of: word)
    }
    return groups
  }

  /// How many parentheses a word opens more than it closes.
  private static func nesting(of word: String) -> Int {
    var nesting = 0
    var quote: Character?
    for character in word {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "(" {
        nesting += 1
      } else if character == ")" {
        nesting -= 1
      }
    }
    return nesting
  }

  private static let openings: Set<String> = [
    "FROM", "GROUP", "HAVING", "LIMIT", "ORDER", "RETURNING", "SELECT", "SET", "UNION", "VALUES", "WHERE",
  ]

  /// Words that one of the engines does not take as the name of a column or table.
  private static let keywords: Set<String> = [
    "add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
    "autoincrement", "between", "binary", "both", "case", "cast", "check", "collate", "collation", "column", "commit",
    "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "default", "deferrable", "delete", "desc",
    "distinct", "do", "drop", "else", "end", "escape", "except", "exists", "false", "fetch", "for", "foreign",
    "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "index", "initially", "inner", "insert",
    "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
    "localtimestamp", "natural", "not", "nothing", "notnull", "null", "offset", "on", "only", "or", "order", "outer",
    "overlaps", "placing", "primary", "references", "returning", "right", "select", "session_user", "set", "similar",
    "some", "symmetric", "table", "tablesample", "then", "to", "trailing", "transaction", "true", "union", "unique",
    "update", "user", "using", "values", "variadic", "verbose", "when", "where", "window", "with",
  ]
}

extension String {
  fileprivate var trailingTrimmed: String {
    var rest = self[...]
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}

extension [String] {
  fileprivate var withoutEmptyEnds: [String] {
    var rest = self[...]
    while let first = rest.first, first.isEmpty { rest = rest.dropFirst() }
    while let last = rest.last, last.isEmpty { rest = rest.dropLast() }
    return Array(rest)
  }
}
