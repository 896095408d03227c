import JSON
import TestSupport

/// Schemas of all keywords, and values of the same few names and texts, so that they meet.
enum RandomRule {
  private static let names = ["a", "b", "ab", "c/d", "__proto__"]
  private static let texts = ["", "a", "ab", "abc", "é😀", "2026-01-31", "a@b", "12"]
  private static let patterns = ["^a", "b$", "^[^c]*$", "^.{2}$"]
  private static let types = ["null", "boolean", "integer", "number", "string", "array", "object"]

  static func schema(_ random: inout SplitMix64, depth: Int) -> JSONValue {
    if depth > 0, random.chance(8) { return .bool(random.chance(60)) }
    var members: [(String, JSONValue)] = []
    for _ in 0...Int.random(in: 0...(depth == 0 ? 3 : 1), using: &random) {
      members += keyword(&random, depth: depth)
    }
    var object = JSONObject()
    for (name, value) in members where object[name] == nil { object[name] = value }
    return .object(object)
  }

  private static func keyword(_ random: inout SplitMix64, depth: Int) -> [(String, JSONValue)] {
    func inner() -> JSONValue { depth < 3 ? schema(&random, depth: depth + 1) : ["type": element(types)] }
    func element(_ texts: [String]) -> JSONValue { .string(texts.randomElement(using: &random) ?? "") }
    func count() -> JSONValue { .integer(Int64.random(in: 0...3, using: &random)) }
    func number() -> JSONValue { .number(Double(Int.random(in: -8...24, using: &random)) / 4) }
    func map() -> JSONValue {
      .object(JSONObject(names.filter { _ in random.chance(40) }.map { ($0, inner()) }))
    }
    func list() -> JSONValue { .array((0...Int.random(in: 0...2, using: &random)).map { _ in inner() }) }
    func someNames() -> JSONValue { .array(names.filter { _ in random.chance(40) }.map { JSONValue.string($0) }) }
    switch Int.random(in: 0..<31, using: &random) {
    case 0, 1: return [("type", random.chance(70) ? element(types) : .array([element(types), "object"]))]
    case 2: return [("const", value(&random, depth: 2))]
    case 3: return [("enum", .array((0..<4).map { _ in value(&random, depth: 2) }))]
    case 4: return [("minimum", number())]
    case 5: return [("exclusiveMaximum", number())]
    case 6: return [("multipleOf", .number(Double(Int.random(in: 1...6, using: &random)) / 4))]
    case 7: return [("minLength", count())]
    case 8: return [("maxLength", count())]
    case 9: return [("pattern", element(patterns))]
    case 10: return [("format", element(["date", "email", "ipv4", "json-pointer"]))]
    case 11: return [("minItems", count())]
    case 12: return [("maxItems", count())]
    case 13: return [("uniqueItems", true)]
    case 14: return [("prefixItems", list()), ("items", inner())]
    case 15: return [("contains", inner()), ("minContains", count()), ("maxContains", count())]
    case 16: return [("minProperties", count()), ("maxProperties", count())]
    case 17: return [("required", someNames())]
    case 18, 19: return [("properties", map())]
    case 20: return [("patternProperties", ["^a": inner(), "b$": inner()])]
    case 21: return [("properties", map()), ("additionalProperties", inner())]
    case 22: return [("propertyNames", inner())]
    case 23: return [("dependentRequired", ["a": someNames()])]
    case 24: return [("dependentSchemas", ["b": inner()])]
    case 25: return [("allOf", list())]
    case 26: return [("anyOf", list())]
    case 27: return [("oneOf", list())]
    case 28: return [("not", inner())]
    case 29: return [("if", inner()), ("then", inner()), ("else", inner())]
    default:
      return random.chance(50)
        ? [("properties", map()), ("anyOf", list()), ("unevaluatedProperties", inner())]
        : [("prefixItems", list()), ("anyOf", list()), ("unevaluatedItems", inner())]
    }
  }

  static func value(_ random: inout SplitMix64, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 3 ? 12 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(random.chance(50))
    case 2: return .integer(Int64.random(in: -2...6, using: &random))
    case 3: return .number(Double(Int.random(in: -8...24, using: &random)) / 4)
    case 4, 5: return .string(texts.randomElement(using: &random) ?? "")
    case 6, 7, 8:
      let count = Int.random(in: 0...4, using: &random)
      return .array((0..<count).map { _ in value(&random, depth: depth + 1) })
    default:
      let members = names.filter { _ in random.chance(50) }.shuffled(using: &random)
      return .object(JSONObject(members.map { ($0, value(&random, depth: depth + 1)) }))
    }
  }
}
