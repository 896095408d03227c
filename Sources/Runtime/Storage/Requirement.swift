/// What must hold for other queries of the same batch to be answered or to change anything, such as that the caller's
/// session lives.
public struct Requirement: Sendable {
  /// For batches that only read.
  let count: AnyQuery
  /// For batches that write.
  let quotient: AnyQuery

  /// - Parameters:
  ///   - count: counts the rows that show that it holds; none when it does not.
  ///   - quotient: 1 divided by that count. PostgreSQL has run the rest of a batch before anybody sees the count, and
  ///     only an error undoes it: a division by zero is one. Reads go without, because an error would hold up the
  ///     reads of other tasks that travel with them.
  public init(count: Statement, quotient: Statement, _ values: [SQLValue]) {
    self.count = AnyQuery(statement: count, values: values) { rows throws(StorageError) in
      guard try rows.next(), try rows.int(0) > 0 else { throw .requirementFailed }
    }
    // On SQLite the quotient is null, and this error undoes the batch.
    self.quotient = AnyQuery(statement: quotient, values: values) { rows throws(StorageError) in
      guard try rows.next(), try !rows.isNull(0) else { throw .requirementFailed }
    }
  }

  func isViolated(by error: StorageError) -> Bool {
    // SQLSTATE 22012: division_by_zero.
    error.code == .sqlState("22012") && error.statement == quotient.statement.name
  }
}
