import CLibpq
import Storage

/// A connection of libpq that never blocks: it owns the PGconn, and no call of libpq's for one stands elsewhere.
final class PostgresHandle {
  enum Progress {
    case reading, writing, connected
    case failed(StorageError)
  }

  private let pointer: OpaquePointer
  private var types: [UInt32] = []
  /// All values are sent in the binary format.
  private var formats: [Int32] = []

  /// Begins to connect; nil without memory.
  init?(_ parameters: [String: String]) {
    let keywords = Array(parameters.keys)
    let values = keywords.map { parameters[$0] ?? "" }
    let pointer = withCStrings(keywords) { keywords in
      withCStrings(values) { values in PQconnectStartParams(keywords, values, 0) }
    }
    guard let pointer else { return nil }
    self.pointer = pointer
    PQsetNoticeProcessor(pointer, { _, _ in }, nil)
  }

  deinit {
    PQfinish(pointer)
  }

  /// May change between two calls while it connects: libpq tries another host, or goes without TLS.
  var descriptor: Int32 { PQsocket(pointer) }
  var isLost: Bool { PQstatus(pointer) == CONNECTION_BAD }
  var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }
  /// The process that the server said it is; behind a pooler, a number of the pooler's own.
  var serverProcess: Int32 { PQbackendPID(pointer) }

  var error: StorageError {
    let message = String(cString: PQerrorMessage(pointer))
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    return StorageError(
      .unavailable, "PostgreSQL cannot be reached: \(line.isEmpty ? "the connection was lost" : line)")
  }

  func proceed() -> Progress {
    switch PQconnectPoll(pointer) {
    case PGRES_POLLING_READING: return .reading
    case PGRES_POLLING_WRITING: return .writing
    case PGRES_POLLING_OK:
      PQsetnonblocking(pointer, 1)
      return .connected
    default: return .failed(error)
    }
  }

  // MARK: Sending. False when the connection is of no use any more; `error` says why.

  func sendPrepare(_ statement: Statement, as name: [CChar]) -> Bool {
    types.removeAll(keepingCapacity: true)
    for type in statement.parameters { types.append(PostgresType.of(type)) }
    return PQsendPrepare(pointer, name, statement.postgres, Int32(types.count), types) == 1
  }

  func sendExecute(_ name: [CChar], _ parameters: Parameters) -> Bool {
    while formats.count < parameters.count { formats.append(1) }
    return parameters.withValues { values, lengths in
      PQsendQueryPrepared(pointer, name, Int32(parameters.count), values, lengths, formats, 1) == 1
    }
  }

  /// One statement without parameters, in pipeline mode.
  func sendStatement(_ sql: String) -> Bool { PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 1) == 1 }
  func sendSync() -> Bool { PQpipelineSync(pointer) == 1 }
  /// Any number of statements, outside of pipeline mode.
  func sendScript(_ sql: String) -> Bool { PQsendQuery(pointer, sql) == 1 }
  func enterPipeline() -> Bool { PQenterPipelineMode(pointer) == 1 }
  func exitPipeline() -> Bool { PQexitPipelineMode(pointer) == 1 }

  /// Gives the socket what it takes. Nil when the connection is of no use any more, else whether all was taken.
  func flush() -> Bool? {
    switch PQflush(pointer) {
    case 0: true
    case 1: false
    default: nil
    }
  }

  // MARK: Receiving

  /// Reads what has arrived; false when the connection is lost. What arrived before still counts.
  func consume() -> Bool { PQconsumeInput(pointer) == 1 }
  /// Whether the next result has not arrived yet.
  var isBusy: Bool { PQisBusy(pointer) != 0 }
  /// Nil stands behind the results of each statement. Only when not `isBusy`.
  func nextResult() -> PostgresResult? { PQgetResult(pointer).map(PostgresResult.init) }

  func nextNotification() -> (channel: String, payload: String)? {
    guard let notify = PQnotifies(pointer) else { return nil }
    defer { PQfreemem(notify) }
    return (String(cString: notify.pointee.relname), String(cString: notify.pointee.extra))
  }

  /// What asks the server, over a connection of its own, to stop what this one works on; nil without memory.
  func cancellation() -> PostgresCancellation? { PQgetCancel(pointer).map(PostgresCancellation.init) }
}

/// A request to stop what a connection works on.
///
/// `@unchecked Sendable`: libpq's PGcancel is made to be used by another thread, and is not changed.
final class PostgresCancellation: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    PQfreeCancel(pointer)
  }

  /// Connects, asks and waits until the server has passed it on. Blocks.
  func send() {
    var message = [CChar](repeating: 0, count: 256)
    // Without success the statement ends by its time limit.
    PQcancel(pointer, &message, Int32(message.count))
  }
}

/// Calls `body` with the texts as C strings and a NULL behind them.
private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for text in texts {
    starts.append(bytes.count)
    bytes.append(contentsOf: text.utf8CString)
  }
  return bytes.withUnsafeBufferPointer { buffer in
    var pointers: [UnsafePointer<CChar>?] = starts.map { buffer.baseAddress?.advanced(by: $0) }
    pointers.append(nil)
    return body(pointers)
  }
}
