extension Explanation {
  static let load: [DiagnosticCode: Explanation] = [
    .unknownKey: Explanation(
      "a key means nothing at this place",
      "Every key is one of OpenAPI, of JSON Schema or an \"x-\" key of docs/api-yaml.md. A misspelt one would be a rule that\nnever holds, so nothing is skipped.",
      wrong: "components:\n  schemas:\n    Extra: {type: string, maxLenght: 100}",
      right: "components:\n  schemas:\n    Extra: {type: string, maxLength: 100}"),
    .unsupportedKey: Explanation(
      "a key of the standard is not honoured here",
      "The key is right, but SpecGen writes nothing for it, and a rule that does not hold is worse than none. Say it another\nway, or remove the key.",
      wrong:
        "paths:\n  /notes/{note_id}:\n    additionalOperations: {COPY: {responses: {'204': {description: Copied.}}}}",
      right: "paths:\n  /notes/{note_id}: {summary: A note.}"),
    .missingKey: Explanation(
      "a key is missing that must be there", "Without it the rest has no meaning, or Swift has no name for it.",
      wrong: "servers: [{description: Here.}]", right: "servers: [{url: https://example.com, description: Here.}]"),
    .wrongType: Explanation(
      "a value is of another kind than its key takes",
      "YAML reads unquoted text that looks like a number, a boolean or nothing as such: 1.0, true, null. Put it between\nquotes where a string is meant.",
      wrong: "info: {version: 1.0}", right: "info: {version: '1.0'}"),
    .invalidValue: Explanation(
      "a value is not one of those that its key takes", "The message names the values that are allowed here.",
      wrong: "components:\n  schemas:\n    Extra: {type: text}",
      right: "components:\n  schemas:\n    Extra: {type: string}"),
    .unsupportedValue: Explanation(
      "a value of the standard is not honoured here",
      "OpenAPI allows more than SpecGen writes code for. The message names what it does.",
      wrong: "jsonSchemaDialect: http://json-schema.org/draft-07/schema",
      right: "jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base"
    ),
    .unsupportedVersion: Explanation(
      "the document is of another version of OpenAPI",
      "SpecGen reads OpenAPI 3.1, and 3.0 as what it means in 3.1. In Swagger 2.0 the keys mean something else.",
      wrong: "openapi: 2.0.0", right: "openapi: 3.1.1"),
  ]

  static let names: [DiagnosticCode: Explanation] = [
    .nameClash: Explanation(
      "two names become the same in Swift",
      "\"note_id\" and \"noteId\" differ on the wire, but both become \"noteID\". Rename one of the two, or give a schema\nanother Swift name with \"x-swift-name\". Some names are generated code's own.",
      wrong:
        "components:\n  schemas:\n    Extra: {type: object, properties: {note_id: {type: string}, noteId: {type: string}}}",
      right:
        "components:\n  schemas:\n    Extra: {type: object, properties: {note_id: {type: string}, other_id: {type: string}}}"
    ),
    .invalidName: Explanation(
      "a name makes no Swift name",
      "Methods are named after \"operationId\"; types after schemas, with a capital. Letters and digits\ncount, everything else parts words.",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: '*'\n      tags: [notes]\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      responses: {'204': {description: Nothing.}}"
    ),
  ]
}
