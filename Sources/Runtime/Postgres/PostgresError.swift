import Storage

extension StorageError {
  /// - Parameter result: one that says that a statement failed.
  init(_ result: PostgresResult) {
    // The letters are those of the protocol's error fields: C SQLSTATE, M message, n constraint, t table, c column.
    let state = result.field("C") ?? ""
    let (code, description) = Self.meaning(of: state, message: result.field("M") ?? "")
    self.init(
      code, description, constraint: result.field("n"), table: result.field("t"), column: result.field("c"),
      detail: result.message)
  }

  /// What a SQLSTATE (PostgreSQL, Appendix A) means to a caller.
  private static func meaning(of state: String, message: String) -> (Code, String) {
    switch state {
    case "23505": (.uniqueViolation, "A row with this key exists already.")
    case "23503", "23001": (.foreignKeyViolation, "The row refers to one that does not exist, or is referred to.")
    case "23514": (.checkViolation, "A value violates a constraint.")
    case "23502": (.notNullViolation, "A required value is missing.")
    case "22012": (.sqlState(state), "The statement divides by zero.")
    case "25P02": (.transactionAborted, aborted.description)
    case "57014", "55P03": (.timeout, "The statement took longer than it may.")
    default:
      switch state.prefix(2) {
      case "22": (.invalidValue, "A value is not one that its column or the statement can take.")
      case "08", "57", "53": (.unavailable, "PostgreSQL is not available: \(message).")
      default: (.sqlState(state), "PostgreSQL refused the statement (SQLSTATE \(state)): \(message).")
      }
    }
  }

  /// The prepared statement is gone or its table has changed since: preparing it again helps.
  var isStalePlan: Bool { code == .sqlState("26000") || code == .sqlState("0A000") }
}
