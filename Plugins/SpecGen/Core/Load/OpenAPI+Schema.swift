extension OpenAPI {
  /// A schema as it was written.
  struct Schema: Equatable, Sendable {
    var place: Place
    /// `#/components/schemas/User`.
    var pointer: String
    /// The keys that were written, with the places of the keys.
    var keys: [String: Place] = [:]
    /// `false`: no value at all.
    var isNever = false
    /// The Swift type that an object or enum becomes where it was written, once it is merged into another schema too.
    var inlineName: String?
    /// What of it no Swift type can say, where schemas were merged.
    var beyondStructs: Located<String>?
    /// Where what was merged into it is written, where that is not at its own pointer.
    var sources: [String] = []

    var reference: Located<String>?
    var types: [Located<String>] = []
    var format: Located<String>?
    var contentEncoding: String?
    var enumeration: [Located<DocumentValue>]?
    /// Whether texts that the enum does not list are its values too.
    var isOpen = false
    var constant: Located<DocumentValue>?

    var title: String?
    var description: String?
    var defaultValue: Located<DocumentValue>?
    var examples: [Located<DocumentValue>] = []
    var isReadOnly = false
    var isWriteOnly = false
    var swiftName: Located<String>?
    /// `x-swift-cases`: the names of an enum's cases by their values.
    var caseNames: [Named<Located<String>>] = []
    /// `x-example-from`. Few schemas have one, and all of them are copied while they are nested.
    var exampleSource: ExampleSource? {
      get { boxedExampleSource?.value }
      set { boxedExampleSource = newValue.map { Boxed($0) } }
    }
    var boxedExampleSource: Boxed<ExampleSource>?
    /// What a column was called before.
    var renamedFrom: Located<String>?
    /// The old spellings of an enum's values: the names are the new ones.
    var renamedValues: [Named<Located<String>>] = []

    var minLength: Located<Int>?
    var maxLength: Located<Int>?
    var maxBytes: Located<Int>?
    var pattern: Located<String>?

    /// What a text holds, of which nothing is asserted (JSON Schema 2020-12 §8).
    var contentMediaType: Located<String>?
    var contentSchema: Boxed<Schema>?

    var minimum: Located<DocumentValue>?
    var maximum: Located<DocumentValue>?
    var exclusiveMinimum: Located<DocumentValue>?
    var exclusiveMaximum: Located<DocumentValue>?
    var multipleOf: Located<DocumentValue>?

    var items: Boxed<Schema>?
    var minItems: Located<Int>?
    var maxItems: Located<Int>?
    var uniqueItems = false

    var properties: [Named<Schema>]?
    var required: [Located<String>] = []
    var additionalProperties: AdditionalProperties?
    var unevaluatedProperties: AdditionalProperties?
    var minProperties: Located<Int>?
    var maxProperties: Located<Int>?

    var discriminator: Discriminator?
    var anyOf: Composition?
    var oneOf: Composition?
    var allOf: Composition?
  }

  enum AdditionalProperties: Equatable, Sendable {
    case allowed(Bool)
    case schema(Boxed<Schema>)
  }

  /// Which member of an object tells which of several schemas it follows.
  struct Discriminator: Equatable, Sendable {
    var propertyName: Located<String>
    /// Values of that member, each with the reference or the name of its schema.
    var mapping: [Named<Located<String>>] = []
    var place: Place
  }

  struct Composition: Equatable, Sendable {
    var schemas: [Schema]
    var place: Place
  }

  /// A value within a value of its own kind; or one that is large, so that copies of what holds it stay small.
  @propertyWrapper
  indirect enum Boxed<Value: Equatable & Sendable>: Equatable, Sendable {
    case boxed(Value)

    init(_ value: Value) {
      self = .boxed(value)
    }

    init(wrappedValue: Value) {
      self = .boxed(wrappedValue)
    }

    var value: Value {
      switch self {
      case .boxed(let value): value
      }
    }

    var wrappedValue: Value {
      get { value }
      set { self = .boxed(newValue) }
    }
  }
}
