import Glibc
import SQLite
import Storage
import Synchronization

/// Writes into a SQLite file with many tasks until it is killed, and prints the number of each write that was
/// acknowledged, at once.
///
/// Usage: sqlitewriter URL FIRST-NUMBER
///
/// A write is a row of its own, or as a batch and as a transaction two rows and a key that both refer to.
@main struct SQLiteWriter {
  private static let next = Atomic(0)

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let first = Int(arguments[2]) else { throw StorageError(.configuration, "Usage") }
    next.store(first, ordering: .relaxed)
    let database = try await SQLiteDatabase.open(url: arguments[1])
    try await database.execute(
      script: """
        CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY);
        CREATE TABLE IF NOT EXISTS entries (id INTEGER NOT NULL, part INTEGER NOT NULL, key INTEGER REFERENCES keys);
        """)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<32 {
        group.addTask {
          while true { await write(next.add(1, ordering: .relaxed).oldValue, to: database) }
        }
      }
    }
  }

  private static func write(_ id: Int, to database: SQLiteDatabase) async {
    let key = SQLValue.int(Int64(id))
    do {
      switch id % 4 {
      case 0, 1:
        try await database.run(insert(id, part: 0, key: .null))
      case 2:
        _ = try await database.run(insertKey(id), insert(id, part: 1, key: key), insert(id, part: 2, key: key))
      default:
        try await database.transaction { transaction in
          try await transaction.run(insertKey(id))
          try await transaction.run(insert(id, part: 1, key: key))
          try await transaction.run(insert(id, part: 2, key: key))
        }
      }
      print("saved", id)
    } catch {
      print("failed", String(reflecting: error))
    }
  }

  /// One line by one system call, so that it is there whenever the process dies.
  private static func print(_ word: String, _ rest: some CustomStringConvertible) {
    let line = Array("\(word) \(rest)\n".utf8)
    _ = Glibc.write(1, line, line.count)
  }

  private static func insertKey(_ id: Int) -> Query<Void> {
    Query(
      Statement(
        number: 1, name: "keys.insert", postgres: "", sqlite: "INSERT INTO keys VALUES (?1)", parameters: [.int],
        effect: .write), [.int(Int64(id))])
  }

  private static func insert(_ id: Int, part: Int64, key: SQLValue) -> Query<Void> {
    Query(
      Statement(
        number: 2, name: "entries.insert", postgres: "", sqlite: "INSERT INTO entries VALUES (?1, ?2, ?3)",
        parameters: [.int, .int, .int], effect: .write), [.int(Int64(id)), .int(part), key])
  }
}
