import Testing

@testable import SpecGenCore

@Suite struct LoaderTests {
  private func document(_ text: String) throws -> OpenAPI.Document {
    var diagnostics: [Diagnostic] = []
    let loaded = try Loader.load(YAMLParser.parse(Array(text.utf8)), &diagnostics)
    if !diagnostics.isEmpty { throw Diagnostics(diagnostics) }
    return try #require(loaded?.document)
  }

  @Test("A document is loaded with its places and pointers")
  func document() throws {
    let document = try document(Sample.text)
    #expect(document.info == .init(title: "Notes", version: "1"))
    let operation = try #require(document.paths.first?.operations.first)
    #expect(operation.pointer == "#/paths/~1notes~1{note_id}/get")
    #expect(operation.id == Located("getNote", at: Place(Position(line: 8, column: 20), Position(line: 8, column: 27))))
    #expect(document.components.schemas.map(\.name.value) == ["Note", "Problem"])
    #expect(document.components.schemas[0].value.properties?.map(\.name.value) == ["id", "text"])
    #expect(document.tables.map(\.name.value) == ["notes"])
  }

  @Test("Keys keep their order and numbers their text")
  func values() throws {
    let text = Sample.replacing(("maxLength: 100", "examples: [{z: 1.50, a: 1e2, m: +3, n: .5}]"))
    let note = try #require(try document(text).components.schemas.first?.value)
    #expect(
      note.properties?[1].value.examples.map(\.value) == [
        .object([
          .init(key: "z", value: .number("1.50")), .init(key: "a", value: .number("1e2")),
          .init(key: "m", value: .integer(3)), .init(key: "n", value: .number("0.5")),
        ])
      ])
  }

  @Test("Every unknown key is told, not only the first")
  func unknownKeys() {
    let text = Sample.replacing(
      ("maxLength", "maxLenght"), ("x-problems", "x-problem"), ("title: Notes", "titel: Notes"))
    #expect(
      Sample.diagnostics(text) == ["2:8 unknown-key", "33:30 unknown-key", "38:1 unknown-key"])
  }

  @Test("Documentation is honoured wherever OpenAPI allows it")
  func documentation() throws {
    let text = Sample.replacing(
      (
        "info: {title: Notes, version: '1'}",
        """
        info:
          title: Notes
          version: '1'
          termsOfService: https://example.com
          contact: {name: A, url: https://example.com, email: a@example.com}
          license: {name: MIT, identifier: MIT}
        externalDocs: {url: https://example.com, description: More.}
        servers: [{url: /, description: Here.}]
        """
      ),
      (
        "      operationId: getNote",
        "      summary: A\n      description: B\n      deprecated: true\n      operationId: getNote"
      ))
    let operation = try #require(try Sample.api(text).operations.first)
    #expect(operation.summary == "A")
    #expect(operation.description == "B")
    #expect(operation.isDeprecated)
  }
}
