import FoundationEssentials
import Storage
import Values

/// The table, the row and the statements that are measured; `select.sql` and `insert.sql` say the same to pgbench.
enum Workload {
  struct Row: Sendable {
    var id: Int
    var owner: UUID
    var name: String
    var at: Timestamp
  }

  private static let table = TableDefinition(
    name: "bench",
    columns: [
      ColumnDefinition(name: "id", type: .int), ColumnDefinition(name: "owner", type: .uuid),
      ColumnDefinition(name: "name", type: .text), ColumnDefinition(name: "at", type: .timestamp),
    ], primaryKey: ["id"])

  /// Rows that `seed` made: their ids count from 1.
  static let count = Query<Int>(
    Statement(
      number: 1, name: "bench.count", postgres: "SELECT count(*) FROM bench WHERE id < 1000000",
      sqlite: "SELECT count(*) FROM bench WHERE id < 1000000", parameters: [], effect: .read)
  ) { rows throws(StorageError) in try rows.next() ? try rows.int(0) : 0 }

  private static let find = Statement(
    number: 2, name: "bench.find", postgres: "SELECT id, owner, name, at FROM bench WHERE id = $1",
    sqlite: "SELECT id, owner, name, at FROM bench WHERE id = ?1", parameters: [.int], effect: .read)

  private static let insert = Statement(
    number: 3, name: "bench.insert", postgres: "INSERT INTO bench (id, owner, name, at) VALUES ($1, $2, $3, $4)",
    sqlite: "INSERT INTO bench (id, owner, name, at) VALUES (?1, ?2, ?3, ?4)",
    parameters: [.int, .uuid, .text, .timestamp], effect: .write)

  private static let owner = UUID.v7()

  static func seed(_ database: any Database, rows: Int) async throws {
    try await Migration.apply([table], to: database)
    for start in stride(from: 1, through: rows, by: 1000) {
      _ = try await database.run((start..<min(start + 1000, rows + 1)).map(insert))
    }
  }

  static func read(_ database: any Database, _ rows: Int, _ random: UInt64) async throws {
    let id = 1 + Int(random % UInt64(rows))
    let row = try await database.run(
      Query<Row?>.first(find, [.int(Int64(id))]) { row throws(StorageError) in
        Row(id: try row.int(0), owner: try row.uuid(1), name: try row.text(2), at: try row.timestamp(3))
      })
    precondition(row?.id == id)
  }

  static func insert(_ database: any Database, _ random: UInt64) async throws {
    try await database.run(insert(Int(random >> 1)))
  }

  private static func insert(_ id: Int) -> Query<Void> {
    Query(insert, [.int(Int64(id)), .uuid(owner), .text("a name of some length"), .timestamp(.now)])
  }
}
