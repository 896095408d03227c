import Storage

/// One statement of a script, and what it must answer.
struct Step {
  let statement: Statement
  let values: [SQLValue]
  /// The types of the columns that it answers; empty when it answers no rows.
  let columns: [ColumnType]
  /// False where each engine has an order of its own, such as that of the best match.
  var isOrdered = true
  /// One of these; empty where only the engines are compared with one another.
  let expected: [Outcome]

  var description: String { "\(statement.name) \(values.map(\.transcript).joined(separator: ", "))" }

  /// The statement as a query whose rows are plain values, whatever Swift type they have elsewhere.
  var query: Query<Outcome> {
    Query(statement, values) { [columns, isOrdered] rows throws(StorageError) in
      if columns.isEmpty { return .changed(try rows.changed()) }
      var read: [[SQLValue]] = []
      while try rows.next() { read.append(try rows.values(as: columns)) }
      return .rows(read, isOrdered: isOrdered)
    }
  }
}

extension QueryRunner {
  /// What the engine answers; an error is an answer too.
  func outcome(of step: Step) async -> Outcome {
    do throws(StorageError) {
      return try await run(step.query)
    } catch {
      return .failed(error)
    }
  }
}

extension Rows {
  func values(as types: [ColumnType]) throws(StorageError) -> [SQLValue] {
    var values: [SQLValue] = []
    for (index, type) in types.enumerated() { values.append(try value(index, as: type)) }
    return values
  }

  /// - Throws: `decoding` when the column holds something else.
  func check(_ column: Int, is type: ColumnType) throws(StorageError) { _ = try value(column, as: type) }

  private func value(_ column: Int, as type: ColumnType) throws(StorageError) -> SQLValue {
    if try isNull(column) { return .null }
    switch type {
    case .bool: return .bool(try bool(column))
    case .int: return .int(Int64(try int(column)))
    case .double: return .double(try double(column))
    case .text: return .text(try text(column))
    case .uuid: return .uuid(try uuid(column))
    case .timestamp: return .timestamp(try timestamp(column))
    case .date: return .date(try date(column))
    case .json: return .json(try json(column))
    case .bytes: return .bytes(try bytes(column))
    }
  }
}
