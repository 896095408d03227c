import Testing

@testable import SpecGenCore

@Suite("Storage renderer")
struct StorageRendererTests {
  private let id = Column(name: "id", swiftName: "id", type: .uuid, isNullable: false, isPublic: false)
  private let order = Column(
    name: "order", swiftName: "order", type: .integer(IntegerConstraints()), isNullable: false, isPublic: false)
  private let note = Column(
    name: "note", swiftName: "note", type: .string(StringConstraints(maxLength: 9)), isNullable: true, isPublic: false)

  private func table(_ name: String, columns: [Column]? = nil, indexes: [Index] = []) -> Table {
    Table(
      name: name, typeName: name.capitalizedFirst, columns: columns ?? [id, order, note], primaryKey: ["id"],
      indexes: indexes)
  }

  private func files(_ tables: [Table], queries: [NamedQuery] = []) -> [String: String] {
    let files = StorageRenderer.files(for: API(title: "", version: "", tables: tables, queries: queries))
    return Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) })
  }

  @Test("A statement has both dialects, and quotes a name that is a keyword")
  func statement() throws {
    let text = try #require(files([table("notes")])["Tables.swift"])
    #expect(text.contains(#"postgres: #"INSERT INTO notes (id, "order", note) VALUES ($1, $2, $3)"#))
    #expect(text.contains(#"sqlite: #"INSERT INTO notes (id, "order", note) VALUES (?1, ?2, ?3)"#))
    #expect(text.contains("parameters: [.uuid, .int, .text], effect: .write)"))
  }

  @Test("An update keeps what is not given, and tells a null from nothing")
  func update() throws {
    let text = try #require(files([table("notes")])["Tables.swift"])
    #expect(text.contains(#"SET "order" = COALESCE($2, "order"),"#))
    #expect(text.contains("note = CASE WHEN $3 THEN $4 ELSE note END"))
    #expect(text.contains("public var note: Presence<String>"))
  }

  @Test("A table of nothing but its key has no update")
  func keyOnly() throws {
    let text = try #require(files([table("marks", columns: [id])])["Tables.swift"])
    #expect(text.contains("public enum MarksTable"))
    #expect(!text.contains("update") && !text.contains("MarksChanges"))
  }

  @Test("A page compares rows where its order has one direction, else column by column")
  func pages() throws {
    let orders: [(Bool, Bool, String)] = [
      (true, true, #"("order", id) < ($2, $3)"#),
      (false, false, #"("order", id) > ($2, $3)"#),
      (true, false, #""order" <= $2 AND ("order" < $2 OR ("order" = $2 AND id > $3))"#),
    ]
    for (first, second, condition) in orders {
      let index = Index(
        name: "by_order", swiftName: "byOrder", by: [],
        order: [
          Index.Order(column: "order", isDescending: first), Index.Order(column: "id", isDescending: second),
        ])
      let text = try #require(files([table("notes", indexes: [index])])["Tables.swift"])
      #expect(text.contains("WHERE \(condition)\n"))
      #expect(text.contains(#"ORDER BY "order"\#(first ? " DESC" : ""), id\#(second ? " DESC" : "")"#))
    }
  }

  @Test("What is required is counted for reads, and an error for writes")
  func requirement() throws {
    let query = NamedQuery(
      name: "live", swiftName: "live", typeName: "Live", postgres: "SELECT id FROM notes WHERE id = $1",
      sqlite: "SELECT id FROM notes WHERE id = ?1", parameters: [id], result: .none, rows: .required, isRead: true)
    let text = try #require(files([table("notes")], queries: [query])["Queries.swift"])
    #expect(text.contains("public static func live(id: UUID) -> Requirement {"))
    #expect(text.contains("Requirement(count: Statements.live, quotient: Statements.liveQuotient, [SQLValue(id)])"))
    #expect(text.contains("SELECT COUNT(*) AS count FROM (SELECT id FROM notes WHERE id = $1) AS required"))
    #expect(text.contains("SELECT 1 / COUNT(*) AS quotient FROM (SELECT id FROM notes WHERE id = ?1) AS required"))
    #expect(text.contains("statements: [Statement] = [Statements.live, Statements.liveQuotient]"))
  }

  @Test("Another table leaves the queries' file as it was")
  func stability() {
    let query = NamedQuery(
      name: "count", swiftName: "count", typeName: "Count", postgres: "SELECT COUNT(*) AS notes FROM notes",
      sqlite: "SELECT COUNT(*) AS notes FROM notes", parameters: [],
      result: .columns([
        Column(
          name: "notes", swiftName: "notes", type: .integer(IntegerConstraints()), isNullable: false, isPublic: false)
      ]), rows: .one, isRead: true)
    let one = files([table("notes")], queries: [query])
    let two = files([table("marks"), table("notes")], queries: [query])
    #expect(one["Queries.swift"] == two["Queries.swift"])
    #expect(one["Tables.swift"] != two["Tables.swift"])
  }

  @Test("What SQL can check of a schema stands in the definition")
  func definitions() throws {
    let text = try #require(files([table("notes")])["DatabaseSchema.swift"])
    #expect(text.contains(#"CheckDefinition(name: "notes_note_length", "length(note) <= 9")"#))
  }

  @Test("What was called otherwise before stands in the definition")
  func renames() throws {
    let specification = Sample.replacing(
      (
        "text: {type: string, maxLength: 100}",
        """
        text: {type: string, maxLength: 100, x-renamed-from: content}
                state: {$ref: '#/components/schemas/State', x-renamed-from: status}
            State: {type: string, enum: [open, done], x-values-renamed-from: {done: closed}}
        """
      ),
      ("    primaryKey: [id]", "    primaryKey: [id]\n    x-renamed-from: memos"))
    let files = StorageRenderer.files(for: try Sample.api(specification))
    let text = try #require(files.first { $0.name == "DatabaseSchema.swift" }).text
    #expect(
      text.contains(
        """
            static let notes = TableDefinition(
              name: "notes",
              columns: [
                ColumnDefinition(name: "id", type: .uuid),
                ColumnDefinition(
                  name: "text", type: .text, checks: [CheckDefinition(name: "notes_text_length", "length(text) <= 100")],
                  renamedFrom: "content"),
                ColumnDefinition(
                  name: "state", type: .text, isNullable: true,
                  checks: [CheckDefinition(name: "notes_state_values", "state IN ('open', 'done')")], renamedFrom: "status",
                  renamedValues: ["closed": "done"]),
              ],
              primaryKey: ["id"],
              renamedFrom: "memos")
        """.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n")), "\(text)")
  }
}
