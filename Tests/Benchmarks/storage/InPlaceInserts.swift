import CSQLite
import Glibc

/// The baseline for SQLite: the statement and the durability of the engine (WAL, synchronous=FULL), on one connection,
/// each insert a transaction of its own, on the thread that asks.
final class InPlaceInserts {
  struct Failure: Error {
    var message: String
  }

  private var database: OpaquePointer?
  private var statement: OpaquePointer?

  init(file: String) throws {
    try check(sqlite3_open_v2(file, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil))
    try check(
      sqlite3_exec(
        database, "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", nil, nil, nil))
    try check(
      sqlite3_prepare_v3(
        database, "INSERT INTO bench (id, owner, name, at) VALUES (?1, ?2, ?3, ?4)", -1,
        UInt32(SQLITE_PREPARE_PERSISTENT),
        &statement, nil))
  }

  deinit {
    sqlite3_finalize(statement)
    sqlite3_close(database)
  }

  func insert(_ random: UInt64) throws {
    try check(sqlite3_bind_int64(statement, 1, Int64(random >> 1)))
    try check(parley_sqlite3_bind_blob(statement, 2, "sixteen bytes!!!", 16))
    try check(parley_sqlite3_bind_text(statement, 3, "a name of some length", 21))
    try check(sqlite3_bind_int64(statement, 4, Int64(time(nil)) * 1000))
    try check(sqlite3_step(statement))
    try check(sqlite3_reset(statement))
  }

  private func check(_ code: Int32) throws {
    if code != SQLITE_OK && code != SQLITE_DONE { throw Failure(message: String(cString: sqlite3_errmsg(database))) }
  }
}
