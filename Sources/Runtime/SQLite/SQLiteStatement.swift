import CSQLite
import FoundationEssentials
import Storage
import Values

/// A prepared statement, which is also its rows: columns are read where SQLite holds them.
final class SQLiteStatement: RowSource {
  private let handle: OpaquePointer
  private unowned let connection: SQLiteConnection
  private let name: String
  private var isDone = false
  /// Whether it was stepped since `bind`.
  private(set) var hasRun = false
  private var isOnRow = false
  /// Between `bind` and `reset`.
  private(set) var isBusy = false

  init(_ handle: OpaquePointer, of connection: SQLiteConnection, name: String) {
    self.handle = handle
    self.connection = connection
    self.name = name
  }

  deinit {
    sqlite3_finalize(handle)
  }

  func bind(_ values: [SQLValue]) throws(StorageError) {
    isBusy = true
    isDone = false
    hasRun = false
    for (offset, value) in values.enumerated() {
      guard bind(value, at: Int32(offset + 1)) == SQLITE_OK else { throw connection.lastError() }
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .bool(let value): sqlite3_bind_int(handle, index, value ? 1 : 0)
    case .int(let value): sqlite3_bind_int64(handle, index, value)
    // Without the sign of a zero: a column loses it, an expression would not.
    case .double(let value): sqlite3_bind_double(handle, index, value + 0)
    case .text(let value), .json(let value): bind(value, at: index)
    case .timestamp(let value): sqlite3_bind_int64(handle, index, value.milliseconds)
    case .date(let value): bind(value.iso8601, at: index)
    case .uuid(let value):
      withUnsafeBytes(of: value.uuid) { parley_sqlite3_bind_blob(handle, index, $0.baseAddress, 16) }
    case .bytes(let value):
      value.withUnsafeBytes { bytes in
        Int32(exactly: bytes.count).map { parley_sqlite3_bind_blob(handle, index, bytes.baseAddress, $0) }
          ?? SQLITE_TOOBIG
      }
    }
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        Int32(exactly: characters.count).map {
          // An empty text has no address, which would bind NULL.
          parley_sqlite3_bind_text(handle, index, characters.baseAddress ?? emptyText, $0)
        } ?? SQLITE_TOOBIG
      }
    }
  }

  /// Steps to the end: rows that were not asked for are passed over.
  func finish() throws(StorageError) {
    while try next() {}
  }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    isOnRow = false
    isBusy = false
  }

  // MARK: RowSource

  var estimatedCount: Int { 0 }

  func next() throws(StorageError) -> Bool {
    if isDone { return false }
    hasRun = true
    switch sqlite3_step(handle) {
    case SQLITE_ROW:
      isOnRow = true
      return true
    case SQLITE_DONE:
      isOnRow = false
      isDone = true
      return false
    default:
      isOnRow = false
      isDone = true
      let error = connection.lastError()
      throw error
    }
  }

  func changed() throws(StorageError) -> Int {
    try finish()
    return Int(sqlite3_changes64(sqlite3_db_handle(handle)))
  }

  func isNull(_ column: Int) throws(StorageError) -> Bool { try type(of: column) == SQLITE_NULL }

  func bool(_ column: Int) throws(StorageError) -> Bool { try int(column) != 0 }

  func int(_ column: Int) throws(StorageError) -> Int {
    guard try type(of: column) == SQLITE_INTEGER else { throw mismatch(column, "an integer") }
    return Int(sqlite3_column_int64(handle, Int32(column)))
  }

  func double(_ column: Int) throws(StorageError) -> Double {
    let type = try type(of: column)
    guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw mismatch(column, "a number") }
    return sqlite3_column_double(handle, Int32(column))
  }

  func text(_ column: Int) throws(StorageError) -> String {
    guard try type(of: column) == SQLITE_TEXT, let start = sqlite3_column_text(handle, Int32(column)) else {
      throw mismatch(column, "a text")
    }
    let length = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
  }

  func uuid(_ column: Int) throws(StorageError) -> UUID {
    guard try type(of: column) == SQLITE_BLOB, sqlite3_column_bytes(handle, Int32(column)) == 16,
      let start = sqlite3_column_blob(handle, Int32(column))
    else { throw mismatch(column, "a UUID") }
    return UUID(uuid: start.loadUnaligned(as: uuid_t.self))
  }

  func timestamp(_ column: Int) throws(StorageError) -> Timestamp {
    Timestamp(milliseconds: Int64(try int(column)))
  }

  func date(_ column: Int) throws(StorageError) -> CalendarDate {
    guard let date = CalendarDate(iso8601: try text(column)) else { throw mismatch(column, "a date") }
    return date
  }

  func json(_ column: Int) throws(StorageError) -> String { try text(column) }

  func bytes(_ column: Int) throws(StorageError) -> [UInt8] {
    guard try type(of: column) == SQLITE_BLOB else { throw mismatch(column, "bytes") }
    let length = Int(sqlite3_column_bytes(handle, Int32(column)))
    return [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(column)), count: length))
  }

  private func type(of column: Int) throws(StorageError) -> Int32 {
    guard isOnRow, column >= 0, column < Int(sqlite3_column_count(handle)) else {
      throw StorageError(.decoding, "\(name): there is no row, or it has no column \(column).")
    }
    return sqlite3_column_type(handle, Int32(column))
  }

  private func mismatch(_ column: Int, _ wanted: String) -> StorageError {
    let label = sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
    return StorageError(.decoding, "\(name): column \(column) (\(label)) is not \(wanted).")
  }
}

/// `nonisolated(unsafe)`: a constant, never written and never freed.
private nonisolated(unsafe) let emptyText: UnsafePointer<CChar> = {
  let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  text.initialize(to: 0)
  return UnsafePointer(text)
}()
