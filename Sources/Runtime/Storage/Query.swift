/// A statement with its values and the way its rows become a result: what generated code makes and a database runs.
public struct Query<Result: Sendable>: Sendable {
  public let statement: Statement
  public let values: [SQLValue]
  /// Called once, with the rows before the first one. On SQLite it may run on the database's own thread.
  public let decode: @Sendable (inout Rows) throws(StorageError) -> Result

  public init(
    _ statement: Statement, _ values: [SQLValue] = [],
    decode: @escaping @Sendable (inout Rows) throws(StorageError) -> Result
  ) {
    self.statement = statement
    self.values = values
    self.decode = decode
  }

  /// The same with another result.
  public func map<Other>(_ transform: @escaping @Sendable (Result) -> Other) -> Query<Other> {
    Query<Other>(statement, values) { rows throws(StorageError) in transform(try decode(&rows)) }
  }

  /// Every row, in order.
  public static func all<Row>(
    _ statement: Statement, _ values: [SQLValue] = [],
    row: @escaping @Sendable (Rows) throws(StorageError) -> Row
  ) -> Query<[Row]> where Result == [Row] {
    Query(statement, values) { rows throws(StorageError) in
      var result: [Row] = []
      result.reserveCapacity(rows.estimatedCount)
      while try rows.next() { result.append(try row(rows)) }
      return result
    }
  }

  /// The first row; nil when there is none.
  public static func first<Row>(
    _ statement: Statement, _ values: [SQLValue] = [],
    row: @escaping @Sendable (Rows) throws(StorageError) -> Row
  ) -> Query<Row?> where Result == Row? {
    Query(statement, values) { rows throws(StorageError) in
      try rows.next() ? try row(rows) : nil
    }
  }
}

extension Query where Result == Void {
  /// For the effect alone.
  public init(_ statement: Statement, _ values: [SQLValue] = []) {
    self.init(statement, values) { _ in }
  }
}

extension Query where Result == Bool {
  /// Whether the statement inserted, changed or deleted a row.
  public static func changes(_ statement: Statement, _ values: [SQLValue] = []) -> Query<Bool> {
    Query(statement, values) { rows throws(StorageError) in try rows.changed() > 0 }
  }
}

extension Query where Result == Int {
  /// How many rows the statement inserted, changed or deleted.
  public static func changeCount(_ statement: Statement, _ values: [SQLValue] = []) -> Query<Int> {
    Query(statement, values) { rows throws(StorageError) in try rows.changed() }
  }
}
