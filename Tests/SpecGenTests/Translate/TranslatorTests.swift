import Testing

@testable import SpecGenCore

@Suite struct TranslatorTests {
  /// The properties of `Note`, whose schemas are these.
  private func properties(_ yaml: String) throws -> [Property] {
    let text = Sample.replacing(("text: {type: string, maxLength: 100}", yaml))
    guard case .object(let object) = try Sample.api(text).types.first?.kind else { return [] }
    return Array(object.properties.dropFirst())
  }

  @Test(
    "A schema becomes a type with its constraints",
    arguments: [
      (
        "{type: string, minLength: 1, maxLength: 3, x-max-bytes: 9, pattern: '^a'}",
        .string(.init(minLength: 1, maxLength: 3, maxBytes: 9, pattern: "^a"))
      ),
      ("{type: string, format: email}", .string(.init(format: .email))),
      ("{type: string, format: date-time}", .timestamp), ("{type: string, format: date}", .date),
      ("{type: integer, exclusiveMinimum: 0, maximum: 9.5}", .integer(.init(minimum: 1, maximum: 9))),
      ("{type: integer, format: int32}", .integer(.init(minimum: -2_147_483_648, maximum: 2_147_483_647))),
      ("{type: number, exclusiveMinimum: 0}", .number(.init(exclusiveMinimum: 0))),
      ("{const: live}", .constant("live")), ("{}", .json), ("true", .json), ("{type: object}", .map(.json, .init())),
      ("{type: object, additionalProperties: {type: integer}}", .map(.integer(.init()), .init())),
      (
        "{type: array, maxItems: 2, items: {type: [boolean, 'null']}}",
        .array(.boolean, .init(maxItems: 2, itemsAreNullable: true))
      ),
    ] as [(String, TypeUse)])
  func types(_ schema: String, _ type: TypeUse) throws {
    #expect(try properties("text: \(schema)").map(\.type) == [type])
  }

  @Test(
    "Null is understood however it is written",
    arguments: [
      "{type: [string, 'null']}", "{anyOf: [{type: string}, {type: 'null'}]}",
      "{oneOf: [{type: 'null'}, {type: string}]}",
      "{type: [string, 'null'], enum: [a, null]}",
    ])
  func nullable(_ schema: String) throws {
    let property = try #require(try properties("text: \(schema)").first)
    #expect(property.isNullable)
    #expect(property.isRequired)
  }

  @Test("What is required, read-only, defaulted and described is kept")
  func annotations() throws {
    let found = try properties(
      "text: {type: string}\n        made: {type: integer, readOnly: true, default: 3, description: D, example: 4}")
    #expect(found[1].isReadOnly)
    #expect(!found[1].isRequired)
    #expect(found[1].defaultValue == .integer(3))
    #expect(found[1].example == .integer(4))
    #expect(found[1].description == "D")
    #expect(found[1].pointer == "#/components/schemas/Note/properties/made")
  }

  @Test("Inline objects and enums are types named after their parents, and follow them")
  func hoisting() throws {
    let text = Sample.replacing(
      (
        "text: {type: string, maxLength: 100}",
        """
        text: {type: string, enum: [a, b]}
                parts: {type: array, items: {type: object, properties: {kind: {type: string, enum: [x]}}}}
                own: {type: string, enum: [y], x-swift-name: Mine}
        """
      ))
    #expect(
      try Sample.api(text).types.map(\.swiftName) == ["Note", "NoteText", "NotePartsItem", "NotePartsItemKind", "Mine"])
  }

  @Test("A named schema that is no type is an alias, and stands in its uses as what it is")
  func alias() throws {
    let text = Sample.schemas(
      """
      Note:
        type: object
        required: [id, text]
        properties: {id: {type: string, format: uuid}, text: {$ref: '#/components/schemas/Text'}}
      Text: {type: [string, 'null'], maxLength: 5, description: Words.}
      """)
    let types = try Sample.api(text).types
    #expect(types.map(\.swiftName) == ["Note", "Text"])
    #expect(types[1].kind == .alias(.string(.init(maxLength: 5))))
    guard case .object(let note) = types[0].kind else { return }
    #expect(note.properties[1].type == .string(.init(maxLength: 5)))
    #expect(note.properties[1].isNullable)
    #expect(note.properties[1].description == "Words.")
  }

  @Test("An operation says all that its route needs")
  func operation() throws {
    let api = try Sample.api(Sample.text)
    let operation = try #require(api.operations.first)
    #expect(operation.typeName == "GetNote")
    #expect(operation.segments == [.literal("notes"), .parameter("note_id")])
    #expect(operation.isSecured)
    #expect(operation.parameters.map(\.swiftName) == ["noteID"])
    #expect(operation.responses.map(\.caseName) == ["ok"])
    #expect(
      operation.problemResponses == [
        .init(status: .code(404), codes: ["note-not-found"], description: "No such note.")
      ])
    #expect(api.tags.map(\.protocolName) == ["NotesAPI"])
    #expect(api.problems.map(\.swiftName) == ["noteNotFound"])
  }

  @Test("A schema that only problems use becomes no type")
  func problems() throws {
    #expect(try Sample.api(Sample.text).types.map(\.swiftName) == ["Note"])
  }

  @Test("A table has its schema's columns first, then its own")
  func table() throws {
    let text = Sample.replacing(
      (
        "primaryKey: [id]",
        """
        columns: {user_id: {type: string, format: uuid}, secret: {type: [string, 'null']}}
            primaryKey: [user_id, id]
            unique: [{columns: [text], ignoreCase: true}]
            indexes: [{name: by_text, by: [user_id], order: [-text, id]}]
            references: [{columns: [user_id, id], table: notes, onDelete: restrict}]
        """
      ))
    let table = try #require(try Sample.api(text).tables.first)
    #expect(table.columns.map(\.name) == ["id", "text", "user_id", "secret"])
    #expect(table.columns.map(\.isPublic) == [true, true, false, false])
    #expect(table.columns.map(\.isNullable) == [false, false, false, true])
    #expect(table.schemaType == "Note")
    #expect(table.uniqueKeys == [.init(name: "notes_text_key", columns: ["text"], ignoresCase: true)])
    #expect(table.indexes.map(\.swiftName) == ["byText"])
    #expect(
      table.indexes[0].order == [.init(column: "text", isDescending: true), .init(column: "id", isDescending: false)])
    #expect(table.references.map(\.referencedColumns) == [["user_id", "id"]])
  }
}
