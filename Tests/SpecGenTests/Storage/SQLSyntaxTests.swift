import Testing

@testable import SpecGenCore

@Suite("SQL text")
struct SQLSyntaxTests {
  @Test(
    "A name stands between quotes where SQL would not read it as one",
    arguments: [
      ("created_at", "created_at"), ("order", #""order""#), ("User", #""User""#), ("a b", #""a b""#),
      (#"a"b"#, #""a""b""#), ("2nd", #""2nd""#), ("", #""""#),
    ])
  func identifiers(name: String, expected: String) {
    #expect(SQLSyntax.identifier(name) == expected)
  }

  @Test("SQLite's parameters replace PostgreSQL's, outside of quotes only")
  func parameters() {
    #expect(SQLSyntax.sqlite(#"a = $1 AND b = '$2' AND "$3" = $12"#) == #"a = ?1 AND b = '$2' AND "$3" = ?12"#)
  }

  @Test("A short statement stays on its line, what was written on lines stays on them")
  func kept() {
    #expect(SQLSyntax.lines("SELECT 1 FROM a", width: 40) == ["SELECT 1 FROM a"])
    #expect(SQLSyntax.lines("SELECT 1\n  FROM a \n", width: 40) == ["SELECT 1", "  FROM a"])
  }

  @Test("A long statement is broken before clauses, behind commas and before conditions, never inside quotes")
  func broken() {
    let sql =
      "SELECT f(a, b) AS first, 'x  FROM, y' AS second FROM things WHERE a = $1 AND b IN (SELECT b FROM others) "
      + "AND c = $2 ORDER BY a"
    #expect(
      SQLSyntax.lines(sql, width: 40) == [
        "SELECT f(a, b) AS first,", "  'x  FROM, y' AS second", "FROM things", "WHERE a = $1",
        "  AND b IN (SELECT b FROM others)", "  AND c = $2", "ORDER BY a",
      ])
  }

  @Test("A subquery that is too long for a line has a line for each of its clauses")
  func subquery() {
    let sql = "UPDATE a SET b = (SELECT max(c) FROM others WHERE d = $1 LIMIT 1) WHERE e = $2"
    #expect(
      SQLSyntax.lines(sql, width: 40) == [
        "UPDATE a", "SET b =", "  (SELECT max(c)", "  FROM others", "  WHERE d = $1", "  LIMIT 1)", "WHERE e = $2",
      ])
  }
}
