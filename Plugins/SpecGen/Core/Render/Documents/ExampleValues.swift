/// Values that fit their schemas: examples where `api.yaml` has them, otherwise the simplest value that fits.
struct ExampleValues {
  /// By Swift name.
  private let types: [String: TypeDeclaration]
  /// What stands for a value that another operation's response gives; nil leaves it to the schema.
  private let live: ((ExampleSource) -> DocumentValue)?

  init(_ api: API, live: ((ExampleSource) -> DocumentValue)? = nil) {
    self.live = live
    types = Dictionary(api.types.map { ($0.swiftName, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a value is sent or received: read-only members are not sent, write-only ones not received.
  enum Direction {
    case request, response
  }

  /// A value of a type. In a request, optional members are there when the document has an example of them.
  func value(of type: TypeUse, example: DocumentValue? = nil, for direction: Direction) -> DocumentValue {
    value(of: type, example: example, for: direction, inside: [])
  }

  /// The value of a parameter.
  func value(of parameter: Parameter) -> DocumentValue {
    value(
      of: parameter.type, example: parameter.exampleSource.flatMap { live?($0) } ?? parameter.example, for: .request)
  }

  /// The object behind a name; nil for anything else.
  func object(_ type: TypeUse) -> ObjectType? {
    guard case .named(let name) = type, case .object(let object)? = types[name]?.kind else { return nil }
    return object
  }

  func choice(_ type: TypeUse) -> ChoiceType? {
    guard case .named(let name) = type, case .choice(let choice)? = types[name]?.kind else { return nil }
    return choice
  }

  func enumeration(_ type: TypeUse) -> EnumerationType? {
    guard case .named(let name) = type, case .enumeration(let enumeration)? = types[name]?.kind else { return nil }
    return enumeration
  }

  private func value(
    of type: TypeUse, example: DocumentValue?, for direction: Direction, inside parents: Set<String>
  ) -> DocumentValue {
    if let example { return example }
    switch type {
    case .string(let constraints): return .string(ExampleValues.text(constraints))
    case .integer(let constraints):
      let floor = constraints.minimum ?? min(1, constraints.maximum ?? 1)
      return .integer(ExampleValues.multiple(of: constraints.multipleOf, notBelow: floor))
    case .number(let constraints):
      let middle = constraints.multipleOf ?? ExampleValues.middle(constraints)
      return .number(DocumentValue.plain(middle))
    case .boolean: return .boolean(true)
    case .constant(let value): return .string(value)
    case .uuid: return .string("01989bd4-7c00-7000-8000-000000000001")
    case .timestamp: return .string("2026-01-31T12:00:00.000Z")
    case .date: return .string("2026-01-31")
    case .bytes: return .string("aGVsbG8=")
    case .json, .ruled: return .object([])
    case .map(let item, let constraints):
      let value = value(of: item, example: nil, for: direction, inside: parents)
      return .object((0..<(constraints.minProperties ?? 0)).map { .init(key: "key\($0 + 1)", value: value) })
    case .literal(let values): return values.first ?? .null
    case .array(let item, let constraints):
      let count = max(constraints.minItems ?? 0, direction == .response ? 1 : 0)
      return .array((0..<count).map { _ in value(of: item, example: nil, for: direction, inside: parents) })
    case .named(let name): return named(name, for: direction, inside: parents)
    }
  }

  private func named(_ name: String, for direction: Direction, inside parents: Set<String>) -> DocumentValue {
    switch types[name]?.kind {
    case .enumeration(let enumeration): return .string(enumeration.cases.first?.value ?? "")
    case .alias(let type): return value(of: type, example: nil, for: direction, inside: parents.union([name]))
    case .object(let object) where !parents.contains(name):
      let inside = parents.union([name])
      let members = object.properties.compactMap { property -> DocumentValue.Member? in
        if direction == .request ? property.isReadOnly : property.isWriteOnly { return nil }
        let example = property.exampleSource.flatMap { live?($0) } ?? property.example
        if direction == .request && !property.isRequired && example == nil { return nil }
        let value = value(of: property.type, example: example, for: direction, inside: inside)
        return .init(key: property.name, value: value)
      }
      return .object(members)
    case .choice(let choice) where !parents.contains(name):
      return self.choice(choice, for: direction, inside: parents.union([name]))
    default: return .object([])
    }
  }

  /// A value of the first case.
  private func choice(_ choice: ChoiceType, for direction: Direction, inside parents: Set<String>) -> DocumentValue {
    guard let first = choice.cases.first else { return .null }
    let value = value(of: first.type, example: nil, for: direction, inside: parents)
    guard case .tag(let member, let branches) = choice.selection, case .object(var members) = value,
      let tag = branches.first(where: { $0.result == 0 })?.condition.first,
      let index = members.firstIndex(where: { $0.key == member })
    else { return value }
    members[index].value = .string(tag)
    return .object(members)
  }

  private static func text(_ constraints: StringConstraints) -> String {
    if let example = constraints.format?.example { return example }
    let length = max(constraints.minLength ?? 0, min(4, constraints.maxLength ?? 4))
    return String(String(repeating: "text", count: length / 4 + 1).prefix(length))
  }

  private static func multiple(of divisor: Int64?, notBelow floor: Int64) -> Int64 {
    guard let divisor, divisor > 0 else { return floor }
    let remainder = floor % divisor
    return remainder == 0 ? floor : floor - remainder + (remainder > 0 ? divisor : 0)
  }

  private static func middle(_ constraints: NumberConstraints) -> Double {
    let low = constraints.minimum ?? constraints.exclusiveMinimum
    let high = constraints.maximum ?? constraints.exclusiveMaximum
    switch (low, high) {
    case (let low?, let high?): return low + (high - low) / 2
    case (let low?, nil): return low + 1
    case (nil, let high?): return high - 1
    case (nil, nil): return 1
    }
  }
}
