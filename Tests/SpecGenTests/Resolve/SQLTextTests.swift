import Testing

@testable import SpecGenCore

@Suite struct SQLTextTests {
  @Test("Named parameters are found where SQL has them, and nowhere else")
  func parameters() {
    let sql = """
      SELECT a::text, ':no', "x:no", b FROM t -- :no
      WHERE a = :one /* :no */ AND b > :two_2 AND c = '' || ':no'
      """
    let names = SQLText.tokens(sql).compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    #expect(names == ["one", "two_2"])
    #expect(SQLText.tokens("a {x}") == [.text("a {x}")])
    #expect(SQLText.tokens("{columns} {m.columns}") == [.columns(alias: nil), .text(" "), .columns(alias: "m")])
    #expect(SQLText.tokens("x1 = $2") == [.text("x1 = "), .positional("$2")])
    #expect(SQLText.tokens("'open") == [.text("'open"), .unclosed("a string")])
  }

  @Test("Parameters are numbered as they are declared, in each database's way")
  func numbering() throws {
    let text =
      Sample.text + """

        x-queries:
          find:
            sql: SELECT {n.columns} FROM notes AS n WHERE n.text = :text AND n.id > :id AND n.text <> :text
            parameters: {id: {type: string, format: uuid}, text: {type: string}}
            result: {table: notes}
            rows: many
            effect: read
        """
    let query = try #require(try Sample.api(text).queries.first)
    #expect(query.postgres == "SELECT n.id, n.text FROM notes AS n WHERE n.text = $2 AND n.id > $1 AND n.text <> $2")
    #expect(query.sqlite == "SELECT n.id, n.text FROM notes AS n WHERE n.text = ?2 AND n.id > ?1 AND n.text <> ?2")
    #expect(query.parameters.map(\.swiftName) == ["id", "text"])
    #expect(query.isRead)
    #expect(query.result == .table("notes"))
  }

  @Test(
    "Without an effect, a SELECT that answers rows reads and everything else writes",
    arguments: [
      ("SELECT {columns} FROM notes", "result: {table: notes}, rows: many", true),
      ("(select {columns} from notes)", "result: {table: notes}, rows: one", true),
      ("SELECT {columns} FROM notes", "result: {table: notes}, rows: many, effect: write", false),
      ("DELETE FROM notes RETURNING {columns}", "result: {table: notes}, rows: many", false),
      ("SELECT 1", "rows: none", false), ("DELETE FROM notes", "rows: count", false),
    ])
  func effect(_ sql: String, _ rest: String, _ isRead: Bool) throws {
    let text = Sample.text + "\nx-queries:\n  q: {sql: '\(sql)', \(rest)}\n"
    #expect(try Sample.api(text).queries.map(\.isRead) == [isRead])
  }
}
