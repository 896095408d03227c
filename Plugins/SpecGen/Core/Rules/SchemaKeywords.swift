/// The keywords of JSON Schema 2020-12 that hold schemas, and how.
enum SchemaKeywords {
  static let schemas: Set<String> = [
    "items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "not",
    "if", "then", "else", "contentSchema",
  ]
  static let lists: Set<String> = ["prefixItems", "allOf", "anyOf", "oneOf"]
  static let maps: Set<String> = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"]

  /// Those that look at the value itself rather than at an item or a member.
  static let inPlace: Set<String> = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"]

  /// Those of the validation vocabulary.
  static let assertions: Set<String> = [
    "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
    "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties",
    "minProperties", "required", "dependentRequired",
  ]

  /// Those that no Swift type can say, in the order in which they are told.
  static let beyondTypes = [
    "not", "if", "then", "else", "dependentSchemas", "dependentRequired", "prefixItems", "contains", "minContains",
    "maxContains", "propertyNames", "patternProperties", "unevaluatedItems", "$dynamicRef",
  ]

  /// What is looked for in a schema only when one of them is there: those, and definitions.
  static let seldom = Set(["$defs"] + beyondTypes)

  static let counts: Set<String> = [
    "maxLength", "minLength", "maxItems", "minItems", "maxContains", "minContains", "maxProperties", "minProperties",
    "x-max-bytes",
  ]

  static let numbers: Set<String> = ["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"]

  /// The formats that the runtime asserts (`StringFormat`).
  static let formats: Set<String> = [
    "email", "idn-email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uri-template", "iri", "iri-reference",
    "uuid", "date", "time", "date-time", "duration", "regex", "json-pointer", "relative-json-pointer", "byte",
  ]

  static let types: Set<String> = ["null", "boolean", "integer", "number", "string", "array", "object"]

  /// Those that say nothing about which values are allowed.
  static let annotations: Set<String> = [
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
    "xml", "$comment", "$id", "$anchor", "$schema", "contentMediaType", "contentSchema", "x-swift-name",
    "x-swift-cases", "x-example-from", "x-renamed-from",
  ]

  /// The schemas that a keyword holds, with the tokens of a JSON Pointer that lead there.
  static func children(of keyword: String, _ value: DocumentValue) -> [(tokens: [String], value: DocumentValue)] {
    if schemas.contains(keyword) { return [([keyword], value)] }
    if lists.contains(keyword), case .array(let items) = value {
      return items.enumerated().map { ([keyword, "\($0.offset)"], $0.element) }
    }
    if maps.contains(keyword), case .object(let members) = value {
      return members.map { ([keyword, $0.key], $0.value) }
    }
    return []
  }
}
