/// How a column's values become those of another type.
struct PostgresConversion {
  struct Function {
    var name: String
    var sql: String

    /// Gives null for a text that is not of the type: PostgreSQL 15 has no other way to ask.
    init(_ type: String) {
      // A function returns a type without a collation.
      let type = type.firstRange(of: " COLLATE").map { String(type[..<$0.lowerBound]) } ?? type
      // PostgreSQL writes a DOUBLE PRECISION of 1e+15 so, which is no integer to it.
      let isInteger = ["SMALLINT", "INTEGER", "BIGINT"].contains(type)
      let number = "CASE WHEN value LIKE '%e%' THEN value::double precision::\(type) ELSE value::\(type) END"
      name = "pg_temp.\(quoted("parley_\(type.lowercased())"))"
      sql = """
        CREATE OR REPLACE FUNCTION \(name)(value text) RETURNS \(type) LANGUAGE plpgsql AS \
        $$ BEGIN RETURN \(isInteger ? number : "value::\(type)"); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$
        """
    }
  }

  let column: String
  let from: String
  let to: String

  /// Every value stays what it is.
  private var isExact: Bool {
    switch (from, to) {
    case (_, "TEXT"), (_, "TEXT COLLATE \"C\""), ("SMALLINT", "BIGINT"), ("INTEGER", "BIGINT"),
      ("SMALLINT", "DOUBLE PRECISION"),
      ("INTEGER", "DOUBLE PRECISION"), ("REAL", "DOUBLE PRECISION"), ("JSON", "JSONB"),
      ("DATE", "TIMESTAMP WITH TIME ZONE"), ("BOOLEAN", "BIGINT"):
      true
    default: from.hasPrefix("TIMESTAMP") && to == "TIMESTAMP WITH TIME ZONE"
    }
  }

  /// A text that only comes to be compared by bytes: its indexes are made anew, its rows are not.
  private var isText: Bool { (from.hasPrefix("CHARACTER VARYING") || from.hasPrefix("TEXT")) && to.hasPrefix("TEXT") }

  var rewrites: Bool { !isText }

  var functions: [Function] { isExact ? [] : [Function(to), Function(from)] }

  /// Moments without a zone are UTC, as sessions are.
  var expression: String {
    if isText { return quoted(column) }
    if from == "BOOLEAN" && to == "BIGINT" { return "\(quoted(column))::int::bigint" }
    return isExact ? "\(quoted(column))::\(to)" : "\(Function(to).name)(\(quoted(column))::text)"
  }

  /// Of which rows the value would be another one; nil for none.
  var changes: String? {
    if isExact { return nil }
    return "\(quoted(column)) IS NOT NULL AND "
      + "\(Function(from).name)((\(expression))::text)::text IS DISTINCT FROM \(quoted(column))::text"
  }
}
