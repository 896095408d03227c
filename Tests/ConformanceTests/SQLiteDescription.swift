import CSQLite

/// What SQLite says of a statement that it has prepared and not run.
struct SQLiteDescription {
  var parameterCount = 0
  /// The type is that of the table's column; nil for an expression, whose type only a row tells.
  var columns: [(name: String, type: String?)] = []
}

/// A connection for a test that asks a few questions.
final class SQLitePreparer {
  private var handle: OpaquePointer?

  struct Refusal: Error {
    var message: String
  }

  init(path: String) {
    sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  func describe(_ sql: String) throws(Refusal) -> SQLiteDescription {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw Refusal(message: String(cString: sqlite3_errmsg(handle)))
    }
    return SQLiteDescription(
      parameterCount: Int(sqlite3_bind_parameter_count(statement)),
      columns: (0..<sqlite3_column_count(statement)).map { index in
        (
          String(cString: sqlite3_column_name(statement, index)),
          sqlite3_column_decltype(statement, index).map { String(cString: $0) }
        )
      })
  }
}
