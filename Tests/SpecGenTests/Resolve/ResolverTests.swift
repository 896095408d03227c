import Testing

@testable import SpecGenCore

@Suite struct ResolverTests {
  @Test("The sample is right")
  func sample() {
    #expect(Sample.diagnostics(Sample.text) == [])
  }

  @Test("An array or a map may lead back to its own schema")
  func recursion() {
    let text = Sample.replacing(
      (
        "text: {type: string, maxLength: 100}",
        """
        text: {type: string}
                replies: {type: array, items: {$ref: '#/components/schemas/Note'}}
                named: {type: object, additionalProperties: {$ref: '#/components/schemas/Note'}}
        """
      ))
    #expect(Sample.diagnostics(text) == [])
  }

  @Test("A struct cannot lead back to itself through another one")
  func cycle() {
    let text = Sample.schemas(
      """
      Note:
        type: object
        required: [id, author]
        properties: {id: {type: string, format: uuid}, author: {$ref: '#/components/schemas/Author'}}
      Author:
        type: object
        required: [latest]
        properties: {latest: {$ref: '#/components/schemas/Note'}}
      """)
    #expect(Sample.diagnostics(text) == ["28:5 reference-cycle"])
  }

  @Test(
    "Values that fit their schemas are taken as default and example",
    arguments: [
      "{type: integer, minimum: 1, default: 1}", "{type: number, default: 2}",
      "{type: [string, 'null'], default: null}",
      "{type: array, items: {type: string}, examples: [[a]]}",
      "{type: string, format: date-time, example: '2026-01-01T00:00:00Z'}",
      "{type: string, enum: [a], default: a}", "{type: integer, default: 2.0}", "{example: {any: [thing]}}",
      "{allOf: [{type: number, enum: [0.3, 0.25]}, {type: number, multipleOf: 0.1}], example: 0.3}",
    ])
  func goodValues(_ schema: String) {
    #expect(Sample.diagnostics(Sample.replacing(("{type: string, maxLength: 100}", schema))) == [])
  }

  @Test(
    "Values that do not fit are refused",
    arguments: [
      "{type: integer, default: 1.5}", "{type: boolean, default: 'true'}", "{type: string, default: null}",
      "{type: array, items: {type: string}, example: [1]}",
      "{type: array, uniqueItems: true, items: {}, example: [1, 1]}",
      "{type: string, format: uuid, example: x}", "{type: string, format: email, default: nobody}",
      "{type: number, exclusiveMaximum: 2, default: 2}", "{type: integer, multipleOf: 3, default: 4}",
    ])
  func badValues(_ schema: String) {
    let found = Sample.diagnostics(Sample.replacing(("{type: string, maxLength: 100}", schema)))
    #expect(found.map { $0.hasSuffix(" invalid-default") || $0.hasSuffix(" invalid-example") } == [true])
  }

  @Test("An operation's own parameter replaces the one of its path")
  func overriding() throws {
    let text = Sample.replacing(
      ("    get:\n", "    parameters: [{name: note_id, in: path, required: true, schema: {type: string}}]\n    get:\n"))
    let operation = try #require(try Sample.api(text).operations.first)
    #expect(operation.parameters.map(\.type) == [.uuid])
  }

  @Test("Neither a long chain of references nor deep nesting is too much")
  func depth() {
    let chain = (0..<3000).map {
      "C\($0): {type: object, properties: {next: {$ref: '#/components/schemas/C\($0 + 1)'}}}"
    }
    let text = Sample.replacing(
      ("    Problem:\n", (chain + ["C3000: {type: string}"]).map { "    \($0)\n" }.joined() + "    Problem:\n"))
    #expect(Sample.diagnostics(text) == [])
    let nested = String(repeating: "{type: array, items: ", count: 100) + "{}" + String(repeating: "}", count: 100)
    #expect(Sample.diagnostics(Sample.replacing(("{type: string, maxLength: 100}", nested))) == [])
  }

  @Test("A chain of merges is followed once")
  func merges() {
    let chain = (1...60).map { "A\($0): {type: object, allOf: [{$ref: '#/components/schemas/A\($0 + 1)'}]}" }
    let text = Sample.schemas(
      """
      Note: {type: object, required: [id], properties: {id: {type: string, format: uuid}}}
      \(chain.joined(separator: "\n"))
      A61: {type: object, properties: {a: {type: string}}}
      """)
    #expect(Sample.diagnostics(text) == [])
  }
}
