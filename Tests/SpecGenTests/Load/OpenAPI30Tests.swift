import Testing

@testable import SpecGenCore

/// Documents of OpenAPI 3.0, which say with other words what 3.1 says.
@Suite struct OpenAPI30Tests {
  @Test(
    "A schema of 3.0 is the schema of 3.1 that means the same",
    arguments: [
      ("{type: string, nullable: true}", "{type: [string, 'null']}"),
      ("{type: string, nullable: false}", "{type: string}"),
      ("{type: string, enum: [a, b], nullable: true}", "{type: [string, 'null'], enum: [a, b, null]}"),
      ("{type: integer, minimum: 1, exclusiveMinimum: true}", "{type: integer, exclusiveMinimum: 1}"),
      ("{type: number, maximum: 9.5, exclusiveMaximum: true}", "{type: number, exclusiveMaximum: 9.5}"),
      ("{type: number, maximum: 9.5, exclusiveMaximum: false}", "{type: number, maximum: 9.5}"),
      (
        "{nullable: true, description: Text., allOf: [{$ref: '#/components/schemas/Other'}]}",
        "{description: Text., anyOf: [{$ref: '#/components/schemas/Other'}, {type: 'null'}]}"
      ),
      (
        "{type: array, items: {type: object, properties: {a: {type: string, nullable: true}}}}",
        "{type: array, items: {type: object, properties: {a: {type: [string, 'null']}}}}"
      ),
      ("{type: string, example: text}", "{type: string, example: text}"),
    ])
  func schemas(_ old: String, _ new: String) throws {
    func types(_ version: String, _ schema: String) throws -> [TypeDeclaration] {
      let text = Sample.replacing(
        ("openapi: 3.1.1", "openapi: \(version)"),
        (
          "    Problem:\n",
          "    Extra:\n      type: object\n      properties:\n        value: \(schema)\n    Other: {type: object}\n    Problem:\n"
        ))
      return try Sample.api(text).types
    }
    #expect(try types("3.0.3", old) == types("3.1.1", new))
  }

  @Test("Schemas are found wherever they may stand, whatever what holds them is called")
  func places() throws {
    let text = Sample.replacing(
      ("openapi: 3.1.1", "openapi: 3.0.3"),
      ("        '404':\n", "        default: {$ref: '#/components/responses/schema'}\n        '404':\n"),
      (
        "components:\n",
        """
        components:
          responses:
            schema:
              description: Anything else.
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      default: {type: string, nullable: true}
                      examples: {type: object, properties: {schema: {type: integer, nullable: true}}}

        """
      ))
    let types = try Sample.api(text).types.filter { $0.swiftName.hasPrefix("GetNoteDefault") }
    #expect(types.count == 2)
  }

  @Test("Values are left as they are, whatever their members are called")
  func values() throws {
    let text = Sample.schemas(
      """
      Note:
        type: object
        required: [id]
        properties: {id: {type: string, format: uuid}, nullable: {type: boolean}}
        example: {id: 01989bd4-7c00-7000-8000-000000000001, nullable: true}
      """
    ).replacing("openapi: 3.1.1", with: "openapi: 3.0.3")
    let note = try #require(try Sample.api(text).types.first { $0.swiftName == "Note" })
    guard case .object(let object) = note.kind else { return #expect(Bool(false)) }
    #expect(object.properties.map(\.name) == ["id", "nullable"])
  }

  @Test("What the server hands out says the version that its words are of")
  func document() throws {
    let api = try Sample.api(Sample.replacing(("openapi: 3.1.1", "openapi: 3.0.3")))
    guard case .object(let members) = api.document else { return #expect(Bool(false)) }
    #expect(members.first?.value == .string("3.1.1"))
  }
}
