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
      guard try rows.next(), try rows.int(0) > 0 else { throw .requirementFailed(count) }
    }
    // On SQLite the quotient is null, and this error undoes the batch.
    self.quotient = AnyQuery(statement: quotient, values: values) { rows throws(StorageError) in
      guard try rows.next(), try !rows.isNull(0) else { throw .requirementFailed(quotient) }
    }
  }

  /// The same as one of the queries of a batch that writes: it sees what those before it did, and undoes it when it
  /// does not hold. Which of several did not, ``StorageError/violates(_:)-(Requirement)`` tells.
  public var query: Query<Void> {
    Query(quotient.statement, quotient.values) { [quotient] rows throws(StorageError) in try quotient.receive(&rows) }
  }

  func isViolated(by error: StorageError) -> Bool {
    switch error.code {
    case .requirementFailed: error.statement == count.statement.name || error.statement == quotient.statement.name
    // division_by_zero
    case .sqlState("22012"): error.statement == quotient.statement.name
    default: false
    }
  }
}

extension StorageError {
  /// Whether this requirement, with whatever values, does not hold.
  public func violates(_ requirement: Requirement) -> Bool { requirement.isViolated(by: self) }
}
