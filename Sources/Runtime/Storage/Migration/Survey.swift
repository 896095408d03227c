/// Asks a live database about the rows that a step concerns. Tables and columns are asked for by their new names, and
/// found under the old ones while those last.
struct Survey {
  private let database: any QueryRunner
  private var tables: [String: String] = [:]
  private var columns: [String: [String: String]] = [:]

  init(_ database: any QueryRunner, renames: [Rename]) {
    self.database = database
    for rename in renames {
      switch rename {
      case .table(let old, let new): tables[new] = tables.removeValue(forKey: old) ?? old
      case .column(let old, let new, let table):
        columns[table, default: [:]][new] = columns[table]?.removeValue(forKey: old) ?? old
      }
    }
  }

  var engine: Engine { database.engine }

  /// Runs what counting needs.
  func run(_ sql: [String]) async throws(StorageError) {
    if !sql.isEmpty { try await database.execute(script: sql.joined(separator: ";\n")) }
  }

  /// The table as the database calls it now.
  func source(_ table: String) -> String { quoted(tables[table] ?? table) }

  /// An expression as the database takes it now.
  func source(_ expression: String, of table: String) -> String {
    guard let columns = columns[table] else { return expression }
    return SQLExpression(expression).replacing(columns.mapValues(quoted)).text
  }

  func holdsRows(_ table: String, moreThan count: Int = 0) async throws(StorageError) -> Bool {
    try await number("SELECT EXISTS (SELECT 1 FROM \(source(table)) LIMIT 1 OFFSET \(count))") > 0
  }

  /// How many rows fulfil a condition.
  func rows(of table: String, where condition: String = "TRUE") async throws(StorageError) -> Int {
    try await number("SELECT count(*) FROM \(source(table)) WHERE \(source(condition, of: table))")
  }

  /// How many values of a unique key several rows have, and how many rows would have to go.
  func duplicates(of table: String, by parts: [String]) async throws(StorageError) -> (groups: Int, rows: Int) {
    let names = parts.indices.map { "part\($0)" }
    let present = names.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let groups =
      "FROM (SELECT count(*) AS n FROM \(list(parts, of: table)) AS r WHERE \(present) "
      + "GROUP BY \(names.joined(separator: ", ")) HAVING count(*) > 1) AS g"
    return (
      try await number("SELECT count(*) \(groups)"), try await number("SELECT coalesce(sum(n - 1), 0) \(groups)")
    )
  }

  /// How many rows refer to none: to no row at all when the other table is not there yet.
  func orphans(
    of table: String, by parts: [String], in target: String?, by keys: [String]
  ) async throws(StorageError) -> Int {
    let names = parts.indices.map { "part\($0)" }
    var condition = names.map { "here.\($0) IS NOT NULL" }.joined(separator: " AND ")
    if let target {
      let equal = names.map { "there.\($0) = here.\($0)" }.joined(separator: " AND ")
      condition += " AND NOT EXISTS (SELECT 1 FROM \(list(keys, of: target)) AS there WHERE \(equal))"
    }
    return try await number("SELECT count(*) FROM \(list(parts, of: table)) AS here WHERE \(condition)")
  }

  /// Values of each row, called `part0` and so on.
  private func list(_ values: [String], of table: String) -> String {
    let columns = values.enumerated().map { "\(source($1, of: table)) AS part\($0)" }
    return "(SELECT \(columns.joined(separator: ", ")) FROM \(source(table)))"
  }

  /// The number that a statement gives; 1 for true.
  func number(_ sql: String) async throws(StorageError) -> Int {
    // One statement for both kinds of result.
    let text = try await text("SELECT CAST((\(sql)) AS TEXT)") ?? "0"
    return text == "true" ? 1 : Int(text) ?? 0
  }

  /// The text that a statement gives. It may take as long as the tables are large.
  func text(_ sql: String) async throws(StorageError) -> String? {
    switch engine {
    case .postgres: return try await first(sql)
    case .sqlite:
      // A script has no time limit.
      try await database.execute(script: "CREATE TEMP TABLE parley_survey AS SELECT (\(sql)) AS result")
      let text = try await first("SELECT result FROM temp.parley_survey")
      try await database.execute(script: "DROP TABLE temp.parley_survey")
      return text
    }
  }

  private func first(_ sql: String) async throws(StorageError) -> String? {
    let statement = Statement(name: "migration.survey", postgres: sql, sqlite: sql, effect: .read)
    let query = Query<String??>.first(statement) { row throws(StorageError) in try row.optionalText(0) }
    return try await database.run(query) ?? nil
  }
}
