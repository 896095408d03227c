import Storage
import TestSupport

/// The tables of the torture suites and the statements on them. No key keeps a row from being there twice: that is what
/// is looked for.
enum Bank {
  static let keys = 64

  static let script = """
    CREATE TABLE keys (key bigint PRIMARY KEY, payload text NOT NULL, count bigint NOT NULL DEFAULT 0);
    CREATE TABLE entries (id bigint NOT NULL, part bigint NOT NULL);
    INSERT INTO keys (key, payload)
      SELECT key, repeat('payload of ' || key || ', ', CASE WHEN key % 8 = 7 THEN 3000 ELSE 1 END)
      FROM generate_series(0, \(keys - 1)) AS key
    """

  /// What a read of a key must give: sometimes more than fits into one segment.
  static func payload(_ key: Int) -> String {
    String(repeating: "payload of \(key), ", count: key % 8 == 7 ? 3_000 : 1)
  }

  static func find(_ key: Int) -> Query<[String]> {
    .all(
      Statement(
        number: 1, name: "find", postgres: "SELECT key, payload FROM keys WHERE key = $1", sqlite: "",
        parameters: [.int], effect: .read), [.int(Int64(key))]
    ) { row throws(StorageError) in "\(try row.int(0)): \(try row.text(1))" }
  }

  static func insert(_ id: Int, part: Int = 0) -> Query<Void> {
    Query(
      Statement(
        number: 2, name: "insert", postgres: "INSERT INTO entries VALUES ($1, $2)", sqlite: "",
        parameters: [.int, .int], effect: .write), [.int(Int64(id)), .int(Int64(part))])
  }

  static func increment(_ key: Int) -> Query<Bool> {
    .changes(
      Statement(
        number: 3, name: "increment", postgres: "UPDATE keys SET count = count + 1 WHERE key = $1", sqlite: "",
        parameters: [.int], effect: .write), [.int(Int64(key))])
  }

  /// What the two that follow fail with: a division by zero.
  static let failure = StorageError.Code.sqlState("22012")

  static let failingRead = Query<Void>(
    Statement(
      number: 4, name: "read.fail", postgres: "SELECT 1 / (count - count) FROM keys", sqlite: "", parameters: [],
      effect: .read))

  static let failingWrite = Query<Void>(
    Statement(
      number: 5, name: "write.fail", postgres: "UPDATE keys SET count = 1 / (count - count) WHERE key = 0", sqlite: "",
      parameters: [], effect: .write))

  /// Waits for an advisory lock.
  static let lock = Query<Void>(
    Statement(
      number: 6, name: "lock", postgres: "SELECT pg_advisory_xact_lock(1)", sqlite: "", parameters: [], effect: .read))
}
