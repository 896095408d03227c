/// SQL of a list in both dialects.
struct ListSQL {
  var postgres: String
  var sqlite: String

  init(postgres: String, sqlite: String) {
    self.postgres = postgres
    self.sqlite = sqlite
  }

  /// A text that reads the same on both engines, but for its parameters.
  init(_ sql: String) {
    self.init(postgres: sql, sqlite: SQLSyntax.sqlite(sql))
  }

  /// The condition of a filter whose value is the parameter `number`.
  init(_ comparison: ListQuery.Filter.Comparison, _ column: ColumnCoding, _ number: Int) {
    let name = column.sqlName
    switch comparison {
    case .equal: self.init("\(name) = $\(number)")
    case .different:
      // What is null differs from every value.
      if column.column.isNullable {
        self.init(postgres: "\(name) IS DISTINCT FROM $\(number)", sqlite: "\(name) IS NOT ?\(number)")
      } else {
        self.init("\(name) <> $\(number)")
      }
    case .less, .atMost, .greater, .atLeast:
      let ordered = ListSQL(ordering: column)
      self.init(
        postgres: "\(ordered.postgres) \(comparison.rawValue) $\(number)",
        sqlite: "\(ordered.sqlite) \(comparison.rawValue) ?\(number)")
    case .among: self.init(column, among: number)
    // Without LIKE there are no wildcards to escape. By the rules of "C", as on SQLite, only A to Z have a case.
    case .contains:
      self.init(
        postgres: "strpos(lower(\(name) COLLATE \"C\"), lower($\(number) COLLATE \"C\")) > 0",
        sqlite: "instr(lower(\(name)), lower(?\(number))) > 0")
    case .prefix:
      self.init(
        postgres: "starts_with(lower(\(name) COLLATE \"C\"), lower($\(number) COLLATE \"C\"))",
        sqlite: "substr(lower(\(name)), 1, length(?\(number))) = lower(?\(number))")
    case .isNull: self.init("(\(name) IS NULL) = $\(number)")
    }
  }

  /// The parameter is a JSON array.
  private init(_ column: ColumnCoding, among number: Int) {
    let name = column.sqlName
    switch column.kind {
    case .int:
      self.init(
        postgres:
          "\(name) = ANY (ARRAY(SELECT CAST(item AS BIGINT) FROM jsonb_array_elements_text($\(number)) AS item))",
        sqlite: "\(name) IN (SELECT value FROM json_each(?\(number)))")
    case .uuid:
      self.init(
        postgres: "\(name) = ANY (ARRAY(SELECT CAST(item AS UUID) FROM jsonb_array_elements_text($\(number)) AS item))",
        sqlite: "lower(hex(\(name))) IN (SELECT replace(value, '-', '') FROM json_each(?\(number)))")
    default:
      self.init(
        postgres: "\(name) = ANY (ARRAY(SELECT jsonb_array_elements_text($\(number))))",
        sqlite: "\(name) IN (SELECT value FROM json_each(?\(number)))")
    }
  }

  /// A column as it sorts: text by its bytes, as on SQLite.
  init(ordering column: ColumnCoding) {
    let isText = [.text, .enumeration].contains(column.kind)
    self.init(postgres: isText ? "\(column.sqlName) COLLATE \"C\"" : column.sqlName, sqlite: column.sqlName)
  }
}
