import Testing

@testable import SpecGenCore

@Suite struct RuleLoweringTests {
  /// The rules of the schema `It` of a document with these schemas, as JSON by their names, and what is wrong.
  private func lower(_ schemas: String) throws -> (rules: [String: String], problems: [String]) {
    var diagnostics: [Diagnostic] = []
    let text = "{openapi: 3.1.0, info: {title: T, version: '1'}, components: {schemas: {\(schemas)}}}"
    let linked = Linker.link(path: "api.yaml", source: Array(text.utf8), access: .none, &diagnostics)
    var loader = Loader()
    let document = loader.value(try #require(linked.node))
    var ruled = RuledSchemas(document)
    #expect(ruled.use(of: ["#/components/schemas/It"]) == "it")
    let lowered = ruled.lowered()
    return (
      Dictionary(uniqueKeysWithValues: lowered.rules.map { ($0.name, $0.schema.json) }),
      lowered.problems.map { "\($0.pointer) \($0.code.rawValue)" }
    )
  }

  @Test("Annotations are left out, and references are names")
  func names() throws {
    let lowered = try lower(
      """
      It: {title: T, description: D, items: {$ref: '#/components/schemas/Name', maxLength: 3}, x-swift-name: I},
      Name: {type: string, default: a, contentEncoding: base64}, Other: {}
      """)
    #expect(lowered.problems == [])
    #expect(lowered.rules == ["It": #"{"items":{"$ref":"Name","maxLength":3}}"#, "Name": #"{"type":"string"}"#])
  }

  @Test(
    "Formats are assertions where the runtime has them",
    arguments: [
      ("ipv4", #"{"format":"ipv4"}"#), ("password", "{}"), ("double", "{}"),
      (
        "int32",
        #"{"allOf":[{"if":{"type":"number"},"then":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}]}"#
      ),
    ])
  func formats(format: String, rule: String) throws {
    #expect(try lower("It: {format: \(format)}").rules == ["It": rule])
  }

  @Test("A dynamic reference knows the anchors of each schema resource")
  func dynamicReferences() throws {
    let lowered = try lower(
      """
      It: {$id: texts, $ref: 'list', $defs: {text: {$dynamicAnchor: item, type: string}}},
      List: {$id: list, items: {$dynamicRef: '#item'}, $defs: {any: {$dynamicAnchor: item}}}
      """)
    #expect(lowered.problems == [])
    let text = "/components/schemas/It/$defs/text"
    let any = "/components/schemas/List/$defs/any"
    #expect(
      lowered.rules == [
        "It": "{\"$ref\":\"List\",\"$dynamicAnchors\":{\"item\":\"\(text)\"}}",
        "List":
          "{\"items\":{\"$dynamicRef\":{\"anchor\":\"item\",\"schema\":\"\(any)\"}},\"$dynamicAnchors\":{\"item\":\"\(any)\"}}",
        text: "{\"type\":\"string\",\"$dynamicAnchors\":{\"item\":\"\(text)\"}}",
        any: "{\"$dynamicAnchors\":{\"item\":\"\(any)\"}}",
      ])
  }

  @Test(
    "What is wrong is told where it is",
    arguments: [
      ("It: {not: {$ref: '#/$defs/nothing'}}", "/components/schemas/It/not/$ref unknown-reference"),
      ("It: {items: {type: text}}", "/components/schemas/It/items/type invalid-value"),
      ("It: {if: {pattern: '('}}", "/components/schemas/It/if/pattern invalid-pattern"),
      ("It: {patternProperties: {'(': true}}", "/components/schemas/It/patternProperties invalid-pattern"),
      ("It: {contains: {multipleOf: 0}}", "/components/schemas/It/contains/multipleOf invalid-value"),
      ("It: {minContains: -1}", "/components/schemas/It/minContains invalid-value"),
      ("It: {required: name}", "/components/schemas/It/required wrong-type"),
      ("It: {dependentRequired: {a: b}}", "/components/schemas/It/dependentRequired wrong-type"),
      ("It: {prefixItems: {}}", "/components/schemas/It/prefixItems wrong-type"),
      ("It: {not: 1}", "/components/schemas/It/not wrong-type"),
      ("It: {anyOf: [{$ref: '#/components/schemas/It'}]}", "/components/schemas/It reference-cycle"),
    ])
  func problems(schemas: String, problem: String) throws {
    #expect(try lower(schemas).problems == [problem])
  }

  @Test("A schema may refer to itself for what it holds")
  func recursion() throws {
    #expect(try lower("It: {additionalProperties: {$ref: '#/components/schemas/It'}}").problems == [])
  }

  @Test("The text of rules is a literal that Swift reads as it is")
  func literal() {
    let rules = [Rule(name: "It", schema: .object([.init(key: "pattern", value: .string("^\\#(a)\"$"))]))]
    var writer = SourceWriter()
    RulesRenderer.write("Rules", uses: [RuleUse(swiftName: "default", rule: "It")], rules: rules, to: &writer)
    #expect(
      writer.text == ###"""
        enum Rules {
          static let `default` = schemas["It"]

          private static let schemas = JSONSchemas(
            ##"""
            {
              "It": {"pattern":"^\\#(a)\"$"}
            }
            """##)
        }

        """###)
  }
}
