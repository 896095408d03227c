/// A schema as the validator follows it; other nodes are named by their places.
struct SchemaNode: Sendable {
  /// In the order of checking: annotations of those before are known to `unevaluated…`, which are last.
  var rules: [Rule] = []
  /// The dynamic anchors of the schema resource that is entered here, and what they mean.
  var dynamicAnchors: [String: Int] = [:]
  /// Whether a rule asks which items and members the others have looked at.
  var asksForEvaluated = false

  /// `false`: a schema that no value matches.
  static let refusing = SchemaNode(rules: [.nothing])
}

extension SchemaNode {
  /// The keywords of a schema; those that are checked together stand together.
  enum Rule: Sendable {
    case nothing
    case types(Types)
    case oneValue(JSONValue)
    case values([JSONValue])
    case number(NumberRules)
    case string(StringRules)
    case array(ArrayRules)
    case object(ObjectRules)
    case readOnly
    case reference(Int)
    case dynamicReference(anchor: String, otherwise: Int)
    case all([Int])
    case any([Int])
    case one([Int])
    case not(Int)
    case condition(Int, then: Int?, otherwise: Int?)
    case dependent([(name: String, node: Int)])
    case unevaluatedItems(Int)
    case unevaluatedMembers(Int)
  }

  /// The types of JSON Schema 2020-12 §6.1.1.
  struct Types: OptionSet, Sendable {
    let rawValue: Int

    static let null = Types(rawValue: 1)
    static let boolean = Types(rawValue: 2)
    static let integer = Types(rawValue: 4)
    static let number = Types(rawValue: 8)
    static let string = Types(rawValue: 16)
    static let array = Types(rawValue: 32)
    static let object = Types(rawValue: 64)

    /// With their names and as people read them.
    static let all: [(type: Types, name: String, phrase: String)] = [
      (.null, "null", "null"), (.boolean, "boolean", "a boolean"), (.integer, "integer", "an integer"),
      (.number, "number", "a number"), (.string, "string", "a string"), (.array, "array", "an array"),
      (.object, "object", "an object"),
    ]
  }

  struct NumberRules: Sendable {
    var minimum: JSONValue?
    var maximum: JSONValue?
    var exclusiveMinimum: JSONValue?
    var exclusiveMaximum: JSONValue?
    var multipleOf: JSONValue?
  }

  struct StringRules: Sendable {
    var minLength = 0
    var maxLength = Int.max
    var maxBytes = Int.max
    var pattern: Pattern?
    var format: StringFormat?
  }

  struct ArrayRules: Sendable {
    var minItems = 0
    var maxItems = Int.max
    var areUnique = false
    var prefix: [Int] = []
    /// Of the items behind the prefix.
    var items: Int?
    var contains: Int?
    var minContains = 1
    var maxContains = Int.max
  }

  struct ObjectRules: Sendable {
    var minProperties = 0
    var maxProperties = Int.max
    var required: [String] = []
    var properties: [ExactText: Int] = [:]
    var patterns: [(pattern: Pattern, node: Int)] = []
    /// Of the members that neither `properties` nor `patterns` name.
    var additional: Int?
    var names: Int?
    /// The members that the presence of one asks for.
    var dependent: [(name: String, required: [String])] = []
  }
}

/// A text that is equal to those of the same characters only, whatever their canonical forms are.
struct ExactText: Hashable, Sendable {
  let text: String

  static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
