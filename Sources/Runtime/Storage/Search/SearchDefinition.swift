/// The words of a table's texts, indexed for full-text search: a GIN index on PostgreSQL (documentation §12.2.2), on
/// SQLite an FTS5 table (sqlite.org/fts5.html) that triggers keep in step.
public struct SearchDefinition: Sendable, Hashable {
  /// Columns of text.
  public var columns: [String]
  /// The expression that PostgreSQL indexes; statements that search write the same one.
  public var document: String

  public init(columns: [String], document: String) {
    self.columns = columns
    self.document = document
  }
}

/// A table or a trigger of the search on SQLite, and the SQL that makes it.
struct SearchObject: Sendable, Hashable {
  /// `TABLE` or `TRIGGER`.
  var kind: String
  var name: String
  var sql: String
}

extension TableDefinition {
  /// What an engine has beside the table. On PostgreSQL the search is one more index, whose name tells the columns.
  func indexes(on engine: Engine) -> [IndexDefinition] {
    guard engine == .postgres, let search else { return indexes }
    let name = "\(self.name)_search_\(search.columns.joined(separator: "_"))"
    return indexes + [IndexDefinition(name: name, columns: [], document: search.document)]
  }

  /// What SQLite has for the search.
  ///
  /// The FTS5 table has rows and row numbers of its own, because a table's implicit ones may change when the file is
  /// vacuumed. A row is found by its primary key, which is indexed as a word, and its owner's key is another one, so that
  /// a search looks at the owner's rows alone.
  var searchObjects: [SearchObject] {
    guard let search else { return [] }
    let table = quoted("\(name)_search")
    let keys = primaryKey.map { "\(quoted($0)) UNINDEXED" }
    let columns = (primaryKey + ["search_key", "search_owner"] + search.columns).map(quoted).joined(separator: ", ")
    let row = "search_key : \"' || \(searchKey("OLD")) || '\""
    let found = "rowid IN (SELECT rowid FROM \(table) WHERE \(table) MATCH '\(row)')"
    let changed = (primaryKey + search.columns).map(quoted)
    let assignments = zip(columns.split(separator: ", "), searchValues("NEW")).map { "\($0) = \($1)" }
    return [
      SearchObject(
        kind: "TABLE", name: "\(name)_search",
        sql: "CREATE VIRTUAL TABLE \(table) USING fts5("
          + (keys + ["search_key", "search_owner"] + search.columns.map(quoted)).joined(separator: ", ")
          // As PostgreSQL's "simple": small letters and capitals are alike, letters with and without accents are not.
          + ", tokenize = 'unicode61 remove_diacritics 0')"),
      trigger(
        "insert", "INSERT",
        "INSERT INTO \(table) (\(columns)) VALUES (\(searchValues("NEW").joined(separator: ", ")))"),
      trigger(
        "update", "UPDATE OF \(changed.joined(separator: ", "))",
        "UPDATE \(table) SET \(assignments.joined(separator: ", ")) WHERE \(found)",
        when: changed.map { "OLD.\($0) IS NOT NEW.\($0)" }.joined(separator: " OR ")),
      trigger("delete", "DELETE", "DELETE FROM \(table) WHERE \(found)"),
    ]
  }

  /// Fills the FTS5 table with the rows that are there already.
  var fillSearch: String {
    let columns = (primaryKey + ["search_key", "search_owner"] + (search?.columns ?? [])).map(quoted)
    return "INSERT INTO \(quoted("\(name)_search")) (\(columns.joined(separator: ", "))) "
      + "SELECT \(searchValues(quoted(name)).joined(separator: ", ")) FROM \(quoted(name))"
  }

  private func trigger(_ suffix: String, _ event: String, _ action: String, when: String? = nil) -> SearchObject {
    let name = "\(self.name)_search_\(suffix)"
    return SearchObject(
      kind: "TRIGGER", name: name,
      sql: "CREATE TRIGGER \(quoted(name)) AFTER \(event) ON \(quoted(self.name))\(when.map { " WHEN \($0)" } ?? "") "
        + "BEGIN \(action); END")
  }

  private func searchValues(_ row: String) -> [String] {
    primaryKey.map { "\(row).\(quoted($0))" } + [searchKey(row), "hex(\(row).\(quoted(primaryKey[0])))"]
      + (search?.columns ?? []).map { "\(row).\(quoted($0))" }
  }

  /// The primary key as one word.
  private func searchKey(_ row: String) -> String {
    primaryKey.map { "hex(\(row).\(quoted($0)))" }.joined(separator: " || 'x' || ")
  }
}
