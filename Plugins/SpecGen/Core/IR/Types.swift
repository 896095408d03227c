/// A schema that becomes a Swift type of its own.
public struct TypeDeclaration: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case object(ObjectType)
    case enumeration(EnumerationType)
    case choice(ChoiceType)
    /// A named schema that is no object or enumeration (`Username: {type: string, …}`): a `typealias`; its constraints
    /// stand in every use.
    case alias(TypeUse)
  }

  /// `SignUpRequest`.
  public var swiftName: String
  /// The key under `components/schemas`; nil for a hoisted inline schema.
  public var schemaName: String?
  /// `#/components/schemas/SignUpRequest`.
  public var pointer: String
  public var title: String?
  public var description: String?
  public var kind: Kind

  public init(
    swiftName: String, schemaName: String?, pointer: String, title: String? = nil, description: String? = nil,
    kind: Kind
  ) {
    self.swiftName = swiftName
    self.schemaName = schemaName
    self.pointer = pointer
    self.title = title
    self.description = description
    self.kind = kind
  }
}

public struct ObjectType: Equatable, Sendable {
  /// The members that no property names: `additionalProperties: SCHEMA` beside `properties`.
  public struct OtherMembers: Equatable, Sendable {
    public var swiftName: String
    public var type: TypeUse
    public var isNullable: Bool

    public init(swiftName: String, type: TypeUse, isNullable: Bool) {
      self.swiftName = swiftName
      self.type = type
      self.isNullable = isNullable
    }
  }

  public var properties: [Property]
  /// `additionalProperties: false`: an unknown member is a fault.
  public var refusesUnknownMembers: Bool
  public var otherMembers: OtherMembers?
  /// Members that must not be there: properties whose schema is `false`.
  public var refusedMembers: [String]
  public var minProperties: Int?
  public var maxProperties: Int?

  public init(
    properties: [Property], refusesUnknownMembers: Bool, otherMembers: OtherMembers? = nil,
    refusedMembers: [String] = [], minProperties: Int? = nil, maxProperties: Int? = nil
  ) {
    self.properties = properties
    self.refusesUnknownMembers = refusesUnknownMembers
    self.otherMembers = otherMembers
    self.refusedMembers = refusedMembers
    self.minProperties = minProperties
    self.maxProperties = maxProperties
  }
}

public struct Property: Equatable, Sendable {
  /// The member's name in JSON.
  public var name: String
  /// Not escaped; a renderer puts backticks around keywords.
  public var swiftName: String
  public var type: TypeUse
  public var isRequired: Bool
  public var isNullable: Bool
  /// Refused in requests (fault `read-only`).
  public var isReadOnly: Bool
  /// Never in responses.
  public var isWriteOnly: Bool
  public var defaultValue: DocumentValue?
  public var example: DocumentValue?
  /// `x-example-from`: contract cases take a live value from another operation's response.
  public var exampleSource: ExampleSource?
  public var description: String?
  /// Whether the property is where a type would hold itself: its value lies in memory of its own.
  public var isIndirect: Bool
  public var pointer: String

  public init(
    name: String, swiftName: String, type: TypeUse, isRequired: Bool, isNullable: Bool = false,
    isReadOnly: Bool = false, isWriteOnly: Bool = false, defaultValue: DocumentValue? = nil,
    example: DocumentValue? = nil, exampleSource: ExampleSource? = nil, description: String? = nil,
    isIndirect: Bool = false, pointer: String = ""
  ) {
    self.name = name
    self.swiftName = swiftName
    self.type = type
    self.isRequired = isRequired
    self.isNullable = isNullable
    self.isReadOnly = isReadOnly
    self.isWriteOnly = isWriteOnly
    self.defaultValue = defaultValue
    self.example = example
    self.exampleSource = exampleSource
    self.description = description
    self.isIndirect = isIndirect
    self.pointer = pointer
  }
}

public struct EnumerationType: Equatable, Sendable {
  public struct Case: Equatable, Sendable {
    public var value: String
    public var swiftName: String
    /// How the value was spelt before: `x-values-renamed-from`.
    public var renamedFrom: String?

    public init(value: String, swiftName: String, renamedFrom: String? = nil) {
      self.value = value
      self.swiftName = swiftName
      self.renamedFrom = renamedFrom
    }
  }

  public var cases: [Case]
  /// Whether other texts are values too.
  public var isOpen: Bool

  public init(cases: [Case], isOpen: Bool = false) {
    self.cases = cases
    self.isOpen = isOpen
  }

  /// The case that holds any other text.
  var otherCase: String {
    SwiftSyntax.free("other", "unlisted", "otherValue", besides: cases.map(\.swiftName))
  }
}

/// A schema where it is used: what the value is and which constraints hold there.
public indirect enum TypeUse: Equatable, Sendable {
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

public struct StringConstraints: Equatable, Sendable {
  /// Those that the runtime checks (its `StringFormat` has the same names), `password`, which is none, and
  /// `binary`, which is bytes and no text.
  public enum Format: String, CaseIterable, Equatable, Sendable {
    case email, hostname, ipv4, ipv6, uri, iri, time, duration, regex, byte, binary, password
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
  public var minLength: Int?
  public var maxLength: Int?
  /// `x-max-bytes`, in UTF-8.
  public var maxBytes: Int?
  /// ECMA-262, not anchored (§6.3.3).
  public var pattern: String?
  public var format: Format?

  public init(
    minLength: Int? = nil, maxLength: Int? = nil, maxBytes: Int? = nil, pattern: String? = nil,
    format: Format? = nil
  ) {
    self.minLength = minLength
    self.maxLength = maxLength
    self.maxBytes = maxBytes
    self.pattern = pattern
    self.format = format
  }
}

public struct IntegerConstraints: Equatable, Sendable {
  /// Inclusive; an exclusive bound is translated (`exclusiveMinimum: 0` is `minimum: 1`).
  public var minimum: Int64?
  public var maximum: Int64?
  public var multipleOf: Int64?

  public init(minimum: Int64? = nil, maximum: Int64? = nil, multipleOf: Int64? = nil) {
    self.minimum = minimum
    self.maximum = maximum
    self.multipleOf = multipleOf
  }
}

public struct NumberConstraints: Equatable, Sendable {
  public var minimum: Double?
  public var maximum: Double?
  public var exclusiveMinimum: Double?
  public var exclusiveMaximum: Double?
  public var multipleOf: Double?

  public init(
    minimum: Double? = nil, maximum: Double? = nil, exclusiveMinimum: Double? = nil,
    exclusiveMaximum: Double? = nil, multipleOf: Double? = nil
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.exclusiveMinimum = exclusiveMinimum
    self.exclusiveMaximum = exclusiveMaximum
    self.multipleOf = multipleOf
  }
}

public struct ArrayConstraints: Equatable, Sendable {
  public var minItems: Int?
  public var maxItems: Int?
  public var uniqueItems: Bool
  /// Whether an item may be null.
  public var itemsAreNullable: Bool

  public init(
    minItems: Int? = nil, maxItems: Int? = nil, uniqueItems: Bool = false, itemsAreNullable: Bool = false
  ) {
    self.minItems = minItems
    self.maxItems = maxItems
    self.uniqueItems = uniqueItems
    self.itemsAreNullable = itemsAreNullable
  }
}

public struct MapConstraints: Equatable, Sendable {
  public var minProperties: Int?
  public var maxProperties: Int?
  /// Whether a value may be null.
  public var valuesAreNullable: Bool

  public init(minProperties: Int? = nil, maxProperties: Int? = nil, valuesAreNullable: Bool = false) {
    self.minProperties = minProperties
    self.maxProperties = maxProperties
    self.valuesAreNullable = valuesAreNullable
  }
}
