/// A schema whose keywords have been understood together.
struct ResolvedSchema: Equatable, Sendable {
  indirect enum Kind: Equatable, Sendable {
    /// A key of `components/schemas`.
    case reference(String)
    case object(Object)
    case enumeration([EnumerationType.Case])
    case string(StringConstraints)
    case integer(IntegerConstraints)
    case number(NumberConstraints)
    case boolean
    /// `const` of a string.
    case constant(String)
    case uuid
    case timestamp
    case date
    /// In base64.
    case bytes
    case array(ResolvedSchema, ArrayConstraints)
    case map(ResolvedSchema, MapConstraints)
    case choice(Choice)
    /// `const` and `enum` of anything but strings; not empty.
    case literal([DocumentValue])
    case json
    /// A JSON value that the runtime checks by a rule, by the name of the rule's use.
    case ruled(String)
  }

  struct Object: Equatable, Sendable {
    var properties: [Property]
    var refusesUnknownMembers: Bool
    var otherMembers: OtherMembers?
    /// Properties whose schema is `false`.
    var refusedMembers: [String] = []
    var minProperties: Int?
    var maxProperties: Int?
  }

  struct OtherMembers: Equatable, Sendable {
    var swiftName: String
    var schema: ResolvedSchema
  }

  struct Choice: Equatable, Sendable {
    var cases: [Case]
    /// `oneOf`: a value must not fit two of them.
    var isExclusive: Bool
    /// The property that tells them apart.
    var discriminator: Located<String>?

    struct Case: Equatable, Sendable {
      var name: String
      var swiftName: String
      var schema: ResolvedSchema
      /// The discriminator's values.
      var tags: [String]
    }
  }

  struct Property: Equatable, Sendable {
    var name: Located<String>
    var swiftName: String
    var isRequired: Bool
    var schema: ResolvedSchema
  }

  var place: Place
  var pointer: String
  var kind: Kind
  /// Whether null is written as a value of this schema itself; a reference's target may allow it as well.
  var isNullable = false
  /// Of an enumeration: whether other texts are values too.
  var isOpen = false
  /// The Swift type of an object, an enumeration or a choice.
  var typeName: String?
  var title: String?
  var description: String?
  var defaultValue: Located<DocumentValue>?
  var examples: [Located<DocumentValue>] = []
  var exampleSource: OpenAPI.ExampleSource?
  /// Where the schema is a column: what it was called before.
  var renamedFrom: Located<String>?
  var isReadOnly = false
  var isWriteOnly = false
}

extension ResolvedSchema {
  /// Whether null may be a value of the schema whatever its ``isNullable`` says.
  var takesNull: Bool {
    switch kind {
    case .json, .ruled: true
    default: false
    }
  }
}
