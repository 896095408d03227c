import CSQLite
import Glibc
import Storage

/// One connection with its prepared statements.
///
/// `@unchecked Sendable`: it is used by one thread at a time. A thread of the database's own keeps it for life; those
/// for reads in place are taken out of a locked list and put back.
final class SQLiteConnection: @unchecked Sendable {
  enum Role {
    case writer
    /// On a thread of the database's own.
    case reader
    /// On a thread of the caller, which must not be held up: a read that takes more than `stepLimit` or meets a lock is
    /// given up.
    case inPlace
  }

  /// Steps of SQLite's virtual machine; about a fifth of a millisecond. A page of 200 rows takes some 3,000.
  static let stepLimit = 10_000
  private static let stepsPerTick = 1_000
  /// How long a statement may take elsewhere: as on PostgreSQL.
  private static let timeLimit: UInt64 = 30_000_000_000
  /// How long a lock of another process is waited for, in milliseconds.
  private static let busyTimeout: Int32 = 5_000

  private let handle: OpaquePointer
  private let role: Role
  private var statements: [Int: SQLiteStatement] = [:]
  private var isClosed = false
  private var ticks = 0
  private var deadline: UInt64 = 0
  /// Whether the last statement was given up because it took too long.
  private(set) var wasGivenUp = false

  init(_ location: SQLiteLocation, role: Role) throws(StorageError) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let result = sqlite3_open_v2(location.path, &handle, flags, nil)
    guard let handle, result == SQLITE_OK else {
      let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw StorageError(.unavailable, "The database file \(location.path) cannot be opened: \(reason).")
    }
    self.handle = handle
    self.role = role
    sqlite3_busy_timeout(handle, Self.busyTimeout)
    sqlite3_progress_handler(
      handle, Int32(Self.stepsPerTick),
      { context in
        guard let context else { return 0 }
        return Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue().tick() ? 0 : 1
      }, Unmanaged.passUnretained(self).toOpaque())
    // synchronous=FULL: in WAL mode, NORMAL may lose the last commits when the power fails.
    try execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
    // LIKE tells capitals from small letters, as on PostgreSQL.
    try execute("PRAGMA case_sensitive_like = ON")
    switch role {
    case .writer:
      try logAhead()
      addUnhex()
    case .reader, .inPlace: try execute("PRAGMA query_only = ON")
    }
    // Not before: opening a file that another process opens or closes may meet a lock.
    if role == .inPlace { sqlite3_busy_timeout(handle, 0) }
  }

  /// Lets writers write beside readers (wal.html). Where another process does the same to a new file, SQLite refuses at
  /// once: to wait while it has a read lock, which it turns into a write lock here, could be for ever
  /// (c3ref/busy_handler.html). So it is asked again for as long as the timeout.
  private func logAhead() throws(StorageError) {
    let end = monotonicNanoseconds() + UInt64(Self.busyTimeout) * 1_000_000
    while true {
      do {
        return try execute("PRAGMA journal_mode = WAL")
      } catch {
        guard sqlite3_errcode(handle) & 0xFF == SQLITE_BUSY, monotonicNanoseconds() < end else { throw error }
        usleep(5000)
      }
    }
  }

  /// Gives SQL the function `unhex` (lang_corefunc.html), which SQLite has from 3.41 on: migrations turn the text of
  /// ids into ids with it.
  private func addUnhex() {
    guard sqlite3_libversion_number() < 3_041_000 else { return }
    sqlite3_create_function_v2(
      handle, "unhex", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
      { context, _, arguments in
        guard let text = arguments?[0].flatMap({ sqlite3_value_text($0) }) else { return sqlite3_result_null(context) }
        let digits = String(cString: text).map(\.hexDigitValue)
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return sqlite3_result_null(context) }
        let values = digits.compactMap { $0 }
        let bytes = stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
        guard let count = Int32(exactly: bytes.count) else { return sqlite3_result_error_toobig(context) }
        parley_sqlite3_result_blob(context, bytes, count)
      }, nil, nil, nil)
  }

  deinit {
    close()
  }

  /// Nothing runs on it any more.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    statements = [:]
    sqlite3_close_v2(handle)
  }

  /// False when SQLite itself rolled the transaction back, as it does when the disk is full.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Runs a statement to its end and gives its rows to `decode`.
  func run<Result>(
    _ statement: Statement, _ values: [SQLValue], _ decode: (inout Rows) throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    try statement.check(values)
    start()
    if statement.isForMigration && role == .writer { deadline = .max }
    let prepared = try prepare(statement)
    defer { prepared.reset() }
    try prepared.bind(values)
    var rows = Rows(prepared)
    let result = try decode(&rows)
    // What nobody read must still run.
    if statement.effect == .write || !prepared.hasRun { try prepared.finish() }
    return result
  }

  /// Runs SQL text of any number of statements.
  func execute(_ sql: String) throws(StorageError) {
    start()
    // A migration takes as long as the table is large.
    if role != .inPlace { deadline = .max }
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw lastError() }
  }

  // MARK: Limits

  private func start() {
    wasGivenUp = false
    ticks = Self.stepLimit / Self.stepsPerTick
    deadline = role == .inPlace ? 0 : monotonicNanoseconds() + Self.timeLimit
  }

  /// Called every thousand steps; false to give the statement up.
  private func tick() -> Bool {
    if role == .inPlace {
      ticks -= 1
      wasGivenUp = ticks < 0
    } else {
      wasGivenUp = monotonicNanoseconds() > deadline
    }
    return !wasGivenUp
  }

  // MARK: Statements

  private func prepare(_ statement: Statement) throws(StorageError) -> SQLiteStatement {
    if let prepared = statements[statement.number], !prepared.isBusy { return prepared }
    var pointer: OpaquePointer?
    let flags = statement.number == 0 ? 0 : UInt32(SQLITE_PREPARE_PERSISTENT)
    guard sqlite3_prepare_v3(handle, statement.sqlite, -1, flags, &pointer, nil) == SQLITE_OK, let pointer else {
      throw lastError()
    }
    let prepared = SQLiteStatement(pointer, of: self, name: statement.name)
    if statement.number != 0 { statements[statement.number] = prepared }
    return prepared
  }

  /// What the last call that failed had to say.
  func lastError() -> StorageError {
    let code = sqlite3_extended_errcode(handle)
    let message = String(cString: sqlite3_errmsg(handle))
    return StorageError(sqlite: code, message: message) { table, columns in
      self.uniqueIndex(of: table, on: columns)
    }
  }

  /// The name of the unique index on these columns: SQLite tells the columns of a violated one, PostgreSQL the name.
  private func uniqueIndex(of table: String, on columns: [String]) -> String? {
    let statement = Statement(
      name: "sqlite.index", postgres: "",
      sqlite: """
        SELECT l.name, i.name FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i
        WHERE l."unique" ORDER BY l.name, i.seqno
        """,
      parameters: [.text], effect: .read)
    let indexes = try? run(statement, [.text(table)]) { rows throws(StorageError) in
      var indexes: [String: [String]] = [:]
      while try rows.next() { indexes[try rows.text(0), default: []].append(try rows.optionalText(1) ?? "") }
      return indexes
    }
    return indexes?.first { $0.value == columns }?.key
  }
}
