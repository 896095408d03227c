extension Explanation {
  static let schemas: [DiagnosticCode: Explanation] = [
    .unknownProperty: Explanation(
      "a property is named that does not exist",
      "\"required\" names properties of the same schema, and a pointer leads through those of a response. A misspelt name in\n\"required\" would ask for a member that nobody can know of.",
      wrong:
        "components:\n  schemas:\n    Extra: {type: object, required: [lable], properties: {label: {type: string}}}",
      right:
        "components:\n  schemas:\n    Extra: {type: object, required: [label], properties: {label: {type: string}}}"),
    .keywordMismatch: Explanation(
      "a keyword says nothing about its type",
      "\"minLength\" is for strings and \"minimum\" for numbers. By JSON Schema the wrong one passes every value, which is never\nwhat was meant.",
      wrong: "components:\n  schemas:\n    Extra: {type: integer, maxLength: 3}",
      right: "components:\n  schemas:\n    Extra: {type: integer, maximum: 999}"),
    .contradiction: Explanation(
      "two keywords contradict each other",
      "No value satisfies both, or one of them has nothing to say beside the other.",
      wrong: "components:\n  schemas:\n    Extra: {type: string, minLength: 10, maxLength: 5}",
      right: "components:\n  schemas:\n    Extra: {type: string, minLength: 5, maxLength: 10}"),
    .invalidEnum: Explanation(
      "the values of an enum are not right", "An enum has at least one value, all of its type, and none twice.",
      wrong: "components:\n  schemas:\n    Extra: {type: string, enum: [red, blue, red]}",
      right: "components:\n  schemas:\n    Extra: {type: string, enum: [red, blue]}"),
    .invalidPattern: Explanation(
      "a pattern cannot be used",
      "Patterns are regular expressions as ECMA-262 writes them, without what cannot be matched in linear time. They match\nanywhere in a text: \"^\" and \"$\" bind them to its ends.",
      wrong: "components:\n  schemas:\n    Extra: {type: string, pattern: '[a-z'}",
      right: "components:\n  schemas:\n    Extra: {type: string, pattern: '^[a-z]+$'}"),
    .jsonValue: Explanation(
      "a schema becomes a JSON value",
      "Its values are read as a JSONValue and checked against the whole schema, for no struct or enum can say it. Write it\nwith properties, enums and bounds to get a type.",
      wrong: "components:\n  schemas:\n    Extra: {type: string, not: {const: admin}}",
      right: "components:\n  schemas:\n    Extra: {type: string, pattern: '^(?!admin$)'}"),
    .unsupportedSchema: Explanation(
      "a schema has no Swift type",
      "No value satisfies it, or SpecGen writes no type for it. The message says what it does write.",
      wrong: "components:\n  schemas:\n    Extra: {type: array, items: false}",
      right: "components:\n  schemas:\n    Extra: {type: array, items: {type: string}}"),
  ]

  static let values: [DiagnosticCode: Explanation] = [
    .invalidDefault: Explanation(
      "a default is no value of its schema",
      "Where a member is left out, its default stands for it, and would be refused if it were sent.",
      wrong:
        "components:\n  schemas:\n    Extra: {type: object, properties: {size: {type: integer, maximum: 10, default: 20}}}",
      right:
        "components:\n  schemas:\n    Extra: {type: object, properties: {size: {type: integer, maximum: 10, default: 5}}}"
    ),
    .invalidExample: Explanation(
      "an example is no value of its schema", "Examples are shown to readers and sent by the contract tests.",
      wrong: "components:\n  schemas:\n    Extra: {type: string, format: date, examples: ['31.1.2026']}",
      right: "components:\n  schemas:\n    Extra: {type: string, format: date, examples: ['2026-01-31']}"),
  ]
}
