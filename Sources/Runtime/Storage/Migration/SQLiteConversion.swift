/// How a column's values become those of another type on SQLite.
extension ColumnDefinition {
  /// The column's value as its type is stored, whatever it was before; null for what cannot be converted exactly.
  var sqliteConversion: String {
    let column = quoted(name)
    let integer = "CASE WHEN CAST(CAST(\(column) AS INTEGER) AS TEXT) = \(column) THEN CAST(\(column) AS INTEGER) END"
    let whole = "CASE WHEN CAST(\(column) AS INTEGER) = \(column) THEN CAST(\(column) AS INTEGER) END"
    switch type {
    case .text:
      let digits = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        .map { "substr(hex(\(column)), \($0.0), \($0.1))" }.joined(separator: " || '-' || ")
      return "CASE WHEN typeof(\(column)) = 'blob' AND length(\(column)) = 16 THEN lower(\(digits)) "
        + "ELSE CAST(\(column) AS TEXT) END"
    case .date, .json: return "CAST(\(column) AS TEXT)"
    case .double:
      return "CASE typeof(\(column)) WHEN 'real' THEN \(column) "
        + "WHEN 'integer' THEN CASE WHEN CAST(CAST(\(column) AS REAL) AS INTEGER) = \(column) "
        + "AND CAST(\(column) AS REAL) < 9223372036854775808.0 "
        + "THEN CAST(\(column) AS REAL) END "
        + "WHEN 'text' THEN CASE WHEN \(column) IN (CAST(CAST(\(column) AS REAL) AS TEXT), "
        + "CAST(CAST(\(column) AS INTEGER) AS TEXT)) THEN CAST(\(column) AS REAL) END END"
    case .int:
      return
        "CASE typeof(\(column)) WHEN 'integer' THEN \(column) WHEN 'real' THEN \(whole) WHEN 'text' THEN \(integer) END"
    case .bool:
      return "CASE WHEN lower(\(column)) IN ('1', 'true', 't') THEN 1 "
        + "WHEN lower(\(column)) IN ('0', 'false', 'f') THEN 0 END"
    case .timestamp:
      let moment = "CAST(round((julianday(\(column)) - 2440587.5) * 86400000) AS INTEGER)"
      return "CASE typeof(\(column)) WHEN 'integer' THEN \(column) WHEN 'text' THEN \(moment) END"
    case .uuid:
      let bytes = "unhex(replace(\(column), '-', ''))"
      return "CASE typeof(\(column)) WHEN 'blob' THEN CASE WHEN length(\(column)) = 16 THEN \(column) END "
        + "WHEN 'text' THEN CASE WHEN length(\(bytes)) = 16 THEN \(bytes) END END"
    case .bytes: return "CAST(\(column) AS BLOB)"
    }
  }
}
