import Generated
import Storage
import Testing

@Suite("What api.yaml declares of a statement is what both engines say of it")
struct DeclarationTests {
  @Test("Names, types, number and nulls of all values", arguments: [Bench.sqlite, .postgresInTurkish])
  func declarations(bench: Bench) async throws {
    let storage = try SpecifiedStorage.generated()
    for finding in try await DeclarationCheck(storage: storage, bench: bench).findings() {
      Issue.record("\(storage.text(of: finding))")
    }
  }

  @Test("A mismatch is told at its line, with the way out", arguments: [Bench.sqlite, .postgresInTurkish])
  func mismatches(bench: Bench) async throws {
    let storage = try SpecifiedStorage(Self.wrong)
    let texts = try await DeclarationCheck(storage: storage, bench: bench).findings().map(storage.text(of:))
    let lines = texts.compactMap { $0.split(separator: "\n").first.map(String.init) }
    for expected in bench == .sqlite ? Self.sqliteFaults : Self.postgresFaults {
      #expect(lines.contains { $0.hasPrefix(expected) }, "\(expected)\n\(lines.joined(separator: "\n"))")
    }
    #expect(lines.count == (bench == .sqlite ? Self.sqliteFaults : Self.postgresFaults).count, "\(lines)")
  }

  // The lines of `wrong` are counted behind the nine that every document has.
  private static let sqliteFaults = [
    "api.yaml:29:9: error: this column can be null on SQLite",
    "api.yaml:36:9: error: SQLite calls this column text; write AS title",
    "api.yaml:43:9: error: this column can be null on SQLite",
    "api.yaml:56:9: error: SQLite gives INTEGER, and text is declared; write CAST(... AS TEXT)",
  ]

  private static let postgresFaults = [
    "api.yaml:28:9: error: PostgreSQL gives numeric, and bigint is declared; write CAST(... AS BIGINT)",
    "api.yaml:29:9: error: this column can be null on PostgreSQL",
    "api.yaml:36:9: error: PostgreSQL calls this column text; write AS title",
    "api.yaml:43:9: error: this column can be null on PostgreSQL",
    "api.yaml:49:7: error: PostgreSQL takes :stars as uuid, and it is declared as bigint",
    "api.yaml:56:9: error: PostgreSQL gives bigint, and text is declared; write CAST(... AS TEXT)",
  ]

  private static let wrong = """
    x-tables:
      notes:
        columns:
          id: {type: string, format: uuid}
          parent_id: {type: [string, 'null'], format: uuid}
          text: {type: string}
          stars: {type: integer}
          rating: {type: [integer, 'null']}
        primaryKey: [id]
    x-queries:
      sums:
        sql: SELECT CAST(COUNT(*) AS BIGINT) AS notes, SUM(stars) AS stars, CAST(MAX(rating) AS BIGINT) AS best FROM notes WHERE text = :text
        parameters:
          text: {type: string}
        rows: one
        result:
          columns:
            notes: {type: integer}
            stars: {type: [integer, 'null']}
            best: {type: integer}
      names:
        sql: SELECT text FROM notes WHERE id = :id
        parameters: {id: {type: string, format: uuid}}
        rows: many
        result:
          columns:
            title: {type: string}
      parents:
        sql: SELECT other.text AS text FROM notes LEFT JOIN notes AS other ON other.id = notes.parent_id WHERE notes.id = :id
        parameters: {id: {type: string, format: uuid}}
        rows: many
        result:
          columns:
            text: {type: string}
      best:
        sql: UPDATE notes SET stars = 5 WHERE id = :stars
        rows: count
        # The next is wrong.
        parameters:
          stars: {type: integer}
      labels:
        sql: SELECT stars AS label FROM notes WHERE id = :id
        parameters: {id: {type: string, format: uuid}}
        rows: many
        result:
          columns:
            label: {type: string}
    """
}
