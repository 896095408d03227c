import JSON
import TestSupport

/// A schema as a test makes it up: all kinds of which SpecGen makes a Swift type.
///
/// It knows what its values are and what refuses those that are none, without asking the code under test.
indirect enum Shape: Sendable {
  case text(TextBounds)
  case formatted(String)
  case constant(String)
  case texts([String])
  case integer(IntegerBounds)
  case number(NumberBounds)
  case boolean
  case literals([JSONValue])
  case anything
  case list(Shape, ListBounds)
  case map(Shape, least: Int, most: Int, isNullable: Bool)
  case object(Members)
  /// Objects that a member's text tells apart.
  case tagged([(tag: String, members: Members)])
  /// Values that their kinds tell apart.
  case kinds([Shape])
  /// Objects that a required member tells apart.
  case distinct([Members])
  /// Multiples of numbers, which only a trial tells apart.
  case multiples([Int64])
  /// A schema of `components`, by its name.
  case named(String, Box)

  struct TextBounds: Sendable {
    var least: Int
    var most: Int
    var pattern: Int?
    var mostBytes: Int?
  }

  struct IntegerBounds: Sendable {
    var minimum: Int64
    var maximum: Int64
    var isExclusive: Bool
    var multipleOf: Int64
  }

  struct NumberBounds: Sendable {
    var minimum: Double
    var maximum: Double
    var isExclusive: Bool
    /// In tenths.
    var multipleOf: Int?
  }

  struct ListBounds: Sendable {
    var least: Int
    var most: Int
    var isUnique: Bool
    var isNullable: Bool
  }

  struct Member: Sendable {
    var name: String
    var shape: Shape
    var isRequired: Bool
    var isNullable: Bool
    var isReadOnly = false
    var initial: JSONValue?
  }

  struct Members: Sendable {
    var members: [Member]
    /// What other members may be there: any, none, or those of a shape.
    var others: Others
    var refused: [String] = []

    enum Others: Sendable {
      case any, none
      case some(Box)
    }
  }

  /// Holds a shape beside others.
  final class Box: Sendable {
    let shape: Shape
    init(_ shape: Shape) { self.shape = shape }
  }
}

extension Shape {
  /// The JSON Schema.
  var schema: JSONValue {
    switch self {
    case .text(let bounds):
      var members: [(String, JSONValue)] = [("type", "string")]
      if bounds.least > 0 { members.append(("minLength", .integer(Int64(bounds.least)))) }
      if bounds.most < .max { members.append(("maxLength", .integer(Int64(bounds.most)))) }
      if let bytes = bounds.mostBytes { members.append(("x-max-bytes", .integer(Int64(bytes)))) }
      if let pattern = bounds.pattern { members.append(("pattern", .string(Samples.patterns[pattern].source))) }
      return .object(JSONObject(members))
    case .formatted(let format): return ["type": "string", "format": .string(format)]
    case .constant(let text): return ["const": .string(text)]
    case .texts(let texts): return ["type": "string", "enum": .array(texts.map { JSONValue.string($0) })]
    case .integer(let bounds):
      return .object(
        JSONObject([
          ("type", "integer"),
          (bounds.isExclusive ? "exclusiveMinimum" : "minimum", .integer(bounds.minimum)),
          (bounds.isExclusive ? "exclusiveMaximum" : "maximum", .integer(bounds.maximum)),
          ("multipleOf", .integer(bounds.multipleOf)),
        ]))
    case .number(let bounds):
      var members: [(String, JSONValue)] = [
        ("type", "number"),
        (bounds.isExclusive ? "exclusiveMinimum" : "minimum", .number(bounds.minimum)),
        (bounds.isExclusive ? "exclusiveMaximum" : "maximum", .number(bounds.maximum)),
      ]
      if let tenths = bounds.multipleOf { members.append(("multipleOf", .number(Double(tenths) / 10))) }
      return .object(JSONObject(members))
    case .boolean: return ["type": "boolean"]
    case .literals(let values): return values.count == 1 ? ["const": values[0]] : ["enum": .array(values)]
    case .anything: return [:]
    case .list(let item, let bounds):
      return .object(
        JSONObject([
          ("type", "array"), ("items", bounds.isNullable ? item.nullable : item.schema),
          ("minItems", .integer(Int64(bounds.least))), ("maxItems", .integer(Int64(bounds.most))),
          ("uniqueItems", .bool(bounds.isUnique)),
        ]))
    case .map(let value, let least, let most, let isNullable):
      return [
        "type": "object", "additionalProperties": isNullable ? value.nullable : value.schema,
        "minProperties": .integer(Int64(least)), "maxProperties": .integer(Int64(most)),
      ]
    case .object(let members): return members.schema
    case .tagged(let branches):
      return ["oneOf": .array(branches.map { $0.members.schema(tagged: $0.tag) })]
    case .kinds(let shapes): return ["anyOf": .array(shapes.map { $0.schema })]
    case .distinct(let branches): return ["oneOf": .array(branches.map { $0.schema })]
    case .multiples(let divisors):
      return ["oneOf": .array(divisors.map { ["type": "integer", "multipleOf": .integer($0)] })]
    case .named(let name, _): return ["$ref": .string("#/components/schemas/\(name)")]
    }
  }

  /// The schema of a value that may be null as well.
  var nullable: JSONValue { ["anyOf": [schema, ["type": "null"]]] }

  /// Whether the schema is one of JSON Schema itself that takes null.
  var takesNull: Bool {
    switch self {
    case .anything: true
    case .literals(let values): values.contains(.null)
    case .named(_, let box): box.shape.takesNull
    default: false
    }
  }
}

extension Shape.Members {
  var schema: JSONValue { schema(tagged: nil) }

  func schema(tagged tag: String?) -> JSONValue {
    var properties = members.map { ($0.name, $0.schema) }
    if let tag { properties.append(("type", ["const": .string(tag)])) }
    properties += refused.map { ($0, JSONValue.bool(false)) }
    let required = members.filter(\.isRequired).map { JSONValue.string($0.name) } + (tag == nil ? [] : ["type"])
    var keywords: [(String, JSONValue)] = [("type", "object"), ("properties", .object(JSONObject(properties)))]
    if !required.isEmpty { keywords.append(("required", .array(required))) }
    switch others {
    case .any: break
    case .none: keywords.append(("additionalProperties", false))
    case .some(let box): keywords.append(("additionalProperties", box.shape.schema))
    }
    return .object(JSONObject(keywords))
  }
}

extension Shape.Member {
  var schema: JSONValue {
    guard var object = (isNullable ? shape.nullable : shape.schema).object else { return .bool(true) }
    if isReadOnly { object["readOnly"] = true }
    if let initial { object["default"] = initial }
    return .object(object)
  }
}
