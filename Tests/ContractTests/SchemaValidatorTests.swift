import JSON
import Testing

/// A judge that lets everything pass would make every contract hold.
@Suite struct SchemaValidatorTests {
  private let validator = SchemaValidator(document: [
    "components": [
      "schemas": [
        "Point": [
          "type": "object", "required": ["x"],
          "properties": [
            "x": ["type": "integer", "minimum": 0], "label": ["type": ["string", "null"], "maxLength": 2],
            "kind": ["enum": ["a", "b"]], "at": ["type": "string", "format": "date-time"],
            "tags": ["type": "array", "items": ["type": "string"], "uniqueItems": true],
          ],
        ]
      ]
    ]
  ])

  private func failures(_ value: JSONValue) -> [String] {
    validator.failures(of: value, ["$ref": "#/components/schemas/Point"])
  }

  @Test(
    "What the schema allows passes",
    arguments: [
      ["x": 1], ["x": 2.0], ["x": 0, "label": nil], ["x": 0, "label": "😀😀"],
      ["x": 0, "kind": "a", "tags": ["a", "b"]],
      ["x": 0, "at": "2026-01-31T12:00:00.000Z"],
    ] as [JSONValue])
  func passes(_ value: JSONValue) {
    #expect(failures(value) == [])
  }

  @Test(
    "What the schema does not allow fails",
    arguments: [
      [], [:], ["x": -1], ["x": 1.5], ["x": "1"], ["x": nil], ["x": 1, "y": 1], ["x": 1, "label": "abc"],
      ["x": 1, "kind": "c"], ["x": 1, "at": "2026-01-31"], ["x": 1, "tags": ["a", "a"]], ["x": 1, "tags": [1]],
    ] as [JSONValue])
  func fails(_ value: JSONValue) {
    #expect(failures(value).count == 1)
  }

  @Test("A keyword that is not known fails")
  func unknownKeyword() {
    #expect(validator.failures(of: 1, ["minmum": 0]) == ["/: minmum does not hold"])
  }
}
