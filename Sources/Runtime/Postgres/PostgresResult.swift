import CLibpq
import Storage

/// What the server answered to one statement.
///
/// `@unchecked Sendable`: it is not changed once libpq has handed it out, so reading it from any thread is safe.
final class PostgresResult: @unchecked Sendable {
  enum Kind {
    case success
    /// The answer to a Sync.
    case synced
    /// Skipped, because a statement before it failed.
    case aborted
    case refused
    /// It was libpq that gave up, not the server that refused; or a COPY, which nobody here asks for.
    case broken
  }

  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    PQclear(pointer)
  }

  var kind: Kind {
    switch PQresultStatus(pointer) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: .success
    case PGRES_PIPELINE_SYNC: .synced
    case PGRES_PIPELINE_ABORTED: .aborted
    case PGRES_FATAL_ERROR where field("C") != nil: .refused
    default: .broken
    }
  }

  /// The first column of the first row as text; nil when there is none.
  var firstText: String? {
    guard PQntuples(pointer) > 0, PQnfields(pointer) > 0, PQgetisnull(pointer, 0, 0) == 0 else { return nil }
    return PQgetvalue(pointer, 0, 0).map { String(cString: $0) }
  }

  /// Such as `INSERT 0 1` or `ROLLBACK`.
  var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

  func field(_ code: Character) -> String? {
    guard let ascii = code.asciiValue, let text = PQresultErrorField(pointer, Int32(ascii)) else { return nil }
    return String(cString: text)
  }

  var message: String { PQresultErrorMessage(pointer).map { String(cString: $0) } ?? "" }
}

extension PostgresResult {
  /// A success without rows, as the server would send it; nil without memory. The pipeline's tests stand on it.
  static func empty() -> PostgresResult? {
    PQmakeEmptyPGresult(nil, PGRES_COMMAND_OK).map(PostgresResult.init)
  }
}
