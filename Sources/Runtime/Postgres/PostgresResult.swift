import CLibpq
import Storage

/// What the server answered to one statement.
///
/// `@unchecked Sendable`: it is not changed once libpq has handed it out, so reading it from any thread is safe.
final class PostgresResult: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    PQclear(pointer)
  }

  var status: ExecStatusType { PQresultStatus(pointer) }

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
