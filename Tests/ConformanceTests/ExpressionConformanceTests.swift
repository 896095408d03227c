import Storage
import Testing

@Suite("SQL that queries may be written in means the same on both engines")
struct ExpressionConformanceTests {
  /// Conditions that are true, false or null.
  private static let conditions: [(String, Bool?)] = [
    ("'A' LIKE 'a'", false), ("'abc' LIKE 'a%'", true), ("'Abc' LIKE 'a_c'", false),
    (#"'50%' LIKE '50\%' ESCAPE '\'"#, true), ("lower('ABC') = 'abc'", true), ("length('𝕏é') = 2", true),
    ("7 / 2 = 3", true), ("-7 / 2 = -3", true), ("-7 % 3 = -1", true), ("1 = 1.0", true), ("0.0 = -0.0", true),
    ("'a' || 'b' = 'ab'", true), ("NULL = NULL", nil), ("NULL IS NULL", true), ("TRUE AND NULL", nil),
    ("1 IN (2, NULL)", nil), ("'a ' = 'a'", false), ("'' IS NULL", false),
    ("CASE WHEN 1 = 2 THEN 1 END IS NULL", true), ("substr('abc', 2, 1) = 'b'", true),
  ]

  @Test("Its conditions", arguments: Bench.allCases)
  func conditions(bench: Bench) async throws {
    try await bench.run([]) { database, _ in
      for (condition, expected) in Self.conditions {
        let sql = "SELECT CASE WHEN \(condition) THEN 1 WHEN NOT (\(condition)) THEN 0 END"
        let step = Step(
          statement: Statement(name: condition, postgres: sql, sqlite: sql, effect: .read), values: [],
          columns: [.int], expected: [])
        let outcome = await database.outcome(of: step)
        #expect(outcome == .rows([[expected.map { .int($0 ? 1 : 0) } ?? .null]]), "\(condition)")
      }
    }
  }
}
