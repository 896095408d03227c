/// A schema that becomes a Swift type of its own.
struct TypeDeclaration: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case object(ObjectType)
    case enumeration(EnumerationType)
    case choice(ChoiceType)
    /// A named schema that is no object or enumeration (`Username: {type: string, …}`): a `typealias`; its constraints
    /// stand in every use.
    case alias(TypeUse)
  }

  /// `SignUpRequest`.
  var swiftName: String
  /// `#/components/schemas/SignUpRequest`.
  var pointer: String
  var title: String?
  var description: String?
  var kind: Kind
}

struct ObjectType: Equatable, Sendable {
  /// The members that no property names: `additionalProperties: SCHEMA` beside `properties`.
  struct OtherMembers: Equatable, Sendable {
    var swiftName: String
    var type: TypeUse
    var isNullable: Bool
  }

  var properties: [Property]
  /// `additionalProperties: false`: an unknown member is a fault.
  var refusesUnknownMembers: Bool
  var otherMembers: OtherMembers?
  /// Members that must not be there: properties whose schema is `false`.
  var refusedMembers: [String] = []
  var minProperties: Int?
  var maxProperties: Int?
}

struct Property: Equatable, Sendable {
  /// The member's name in JSON.
  var name: String
  /// Not escaped; a renderer puts backticks around keywords.
  var swiftName: String
  var type: TypeUse
  var isRequired: Bool
  var isNullable = false
  /// Refused in requests (fault `read-only`).
  var isReadOnly = false
  /// Never in responses.
  var isWriteOnly = false
  var defaultValue: DocumentValue?
  var example: DocumentValue?
  /// `x-example-from`: contract cases take a live value from another operation's response.
  var exampleSource: ExampleSource?
  var description: String?
  /// Whether the property is where a type would hold itself: its value lies in memory of its own.
  var isIndirect = false
  var pointer = ""
}

struct EnumerationType: Equatable, Sendable {
  struct Case: Equatable, Sendable {
    var value: String
    var swiftName: String
    /// How the value was spelt before: `x-values-renamed-from`.
    var renamedFrom: String?
  }

  var cases: [Case]
  /// The case that holds any other text; nil where no other is a value.
  var otherCase: String?

  var isOpen: Bool { otherCase != nil }
}

/// A schema where it is used: what the value is and which constraints hold there.
indirect enum TypeUse: Equatable, Sendable {
  case string(StringConstraints)
  case integer(IntegerConstraints)
  case number(NumberConstraints)
  case boolean
  /// `const` of a string: `token_type: bearer`. The Swift type is String.
  case constant(String)
  /// `format: uuid`.
  case uuid
  /// `format: date-time`.
  case timestamp
  /// `format: date`.
  case date
  /// `format: byte`, or `contentEncoding: base64`: bytes, in base64 on the wire.
  case bytes
  case array(TypeUse, ArrayConstraints)
  /// `additionalProperties: SCHEMA` and no properties: `[String: T]`.
  case map(TypeUse, MapConstraints)
  /// `const` and `enum` of anything but strings: one of these values.
  case literal([DocumentValue])
  /// A type of `API.types`, by its Swift name; an alias is never named here but replaced by what it stands for,
  /// with `aliasName` kept in the schema's own declaration only.
  case named(String)
  /// No `type`: any JSON value.
  case json
  /// A JSON value that is checked by a rule, by the name of a `RuleUse`.
  case ruled(String)
}

struct StringConstraints: Equatable, Sendable {
  /// Those that the runtime checks (its `StringFormat` has the same names), `password`, which is none, and
  /// `binary`, which is bytes and no text. `uuid`, `date` and `date-time` are here where more is said of the text, so
  /// that it stays one.
  enum Format: String, CaseIterable, Equatable, Sendable {
    case uuid, date, email, hostname, ipv4, ipv6, uri, iri, time, duration, regex, byte, binary, password
    case dateTime = "date-time"
    case idnEmail = "idn-email"
    case uriReference = "uri-reference"
    case uriTemplate = "uri-template"
    case iriReference = "iri-reference"
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"

    /// Whether a text is checked for it.
    var isAsserted: Bool { self != .password && self != .binary }
  }

  /// In Unicode scalars (JSON Schema 2020-12 §6.3.1, §6.3.2).
  var minLength: Int?
  var maxLength: Int?
  /// `x-max-bytes`, in UTF-8.
  var maxBytes: Int?
  /// ECMA-262, not anchored (§6.3.3).
  var pattern: String?
  var format: Format?
}

struct IntegerConstraints: Equatable, Sendable {
  /// Inclusive; an exclusive bound is translated (`exclusiveMinimum: 0` is `minimum: 1`).
  var minimum: Int64?
  var maximum: Int64?
  var multipleOf: Int64?
}

struct NumberConstraints: Equatable, Sendable {
  var minimum: Double?
  var maximum: Double?
  var exclusiveMinimum: Double?
  var exclusiveMaximum: Double?
  var multipleOf: Double?
}

struct ArrayConstraints: Equatable, Sendable {
  var minItems: Int?
  var maxItems: Int?
  var uniqueItems = false
  /// Whether an item may be null.
  var itemsAreNullable = false
}

struct MapConstraints: Equatable, Sendable {
  var minProperties: Int?
  var maxProperties: Int?
  /// Whether a value may be null.
  var valuesAreNullable = false
}
