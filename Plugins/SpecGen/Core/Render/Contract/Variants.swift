/// A value that keeps or breaks one constraint.
struct Variant {
  /// Where the constraint is, as a JSON Pointer.
  var pointer = ""
  /// The fault's code; for a value that keeps its constraints, what is special about it.
  var code: String
  /// What tells two variants with one code apart.
  var note = ""
  var value: DocumentValue
}

/// Values on either side of each constraint of a type. Each breaks one constraint, so that none hides another.
struct Variants {
  private let values: ExampleValues

  init(_ values: ExampleValues) { self.values = values }

  // MARK: JSON

  /// Values that must be refused.
  func refused(_ type: TypeUse) -> [Variant] { refused(type, example: nil, inside: []) }

  /// Values that must be taken: the bounds of each constraint.
  func allowed(_ type: TypeUse) -> [Variant] {
    guard let object = values.object(type) else { return TextVariants.bounds(type) + NumberVariants.bounds(type) }
    let whole = values.value(of: type, for: .request)
    return object.properties.filter { !$0.isReadOnly }.flatMap { property -> [Variant] in
      var variants =
        TextVariants.bounds(property.type, example: property.example) + NumberVariants.bounds(property.type)
      if property.isNullable { variants.append(Variant(code: "null", value: .null)) }
      return variants.map { Variants.moved($0, to: property.name, of: whole) }
    }
  }

  private func refused(_ type: TypeUse, example: DocumentValue?, inside parents: [String]) -> [Variant] {
    var variants = TextVariants.refused(type, example: example) + NumberVariants.refused(type)
    if let choice = values.choice(type) { return refused(choice, type) }
    if let value = Variants.valueOfAnotherType(type) { variants.append(Variant(code: "type", value: value)) }
    switch type {
    case .named(let name):
      if let object = values.object(type) {
        if !parents.contains(name) { variants += members(of: object, type, inside: parents + [name]) }
      } else {
        variants.append(Variant(code: "enum", value: .string("no-such-value")))
      }
    case .array(let item, let constraints):
      variants += items(item, constraints, inside: parents)
    case .map(let value, _):
      variants += refused(value, example: nil, inside: parents).map { Variants.moved($0, to: "key", of: .object([])) }
    default: break
    }
    return variants
  }

  /// A value of a kind that no case has, and a tag that no case has.
  private func refused(_ choice: ChoiceType, _ type: TypeUse) -> [Variant] {
    switch choice.selection {
    case .tag(let member, _):
      let whole = values.value(of: type, for: .request)
      return [
        Variant(code: "type", value: .array([])),
        Variants.moved(Variant(code: "enum", value: .string("no-such-value")), to: member, of: whole),
      ]
    case .kind(let branches):
      let known = branches.flatMap(\.condition)
      let strangers: [(JSONKind, DocumentValue)] = [
        (.boolean, .boolean(true)), (.number, .integer(12345)), (.string, .string("text")), (.array, .array([])),
        (.object, .object([])),
      ]
      return strangers.first { !known.contains($0.0) }.map { [Variant(code: "type", value: $0.1)] } ?? []
    case .only, .trial: return []
    }
  }

  private func members(of object: ObjectType, _ type: TypeUse, inside parents: [String]) -> [Variant] {
    let whole = values.value(of: type, for: .request)
    guard case .object(let members) = whole else { return [] }
    var variants: [Variant] = []
    for property in object.properties {
      if property.isReadOnly {
        let value = values.value(of: property.type, example: property.example, for: .response)
        variants.append(Variants.moved(Variant(code: "read-only", value: value), to: property.name, of: whole))
        continue
      }
      variants += refused(property.type, example: property.example, inside: parents)
        .map { Variants.moved($0, to: property.name, of: whole) }
      if !property.isNullable {
        variants.append(Variants.moved(Variant(code: "null", value: .null), to: property.name, of: whole))
      }
      if property.isRequired {
        let rest = members.filter { $0.key != property.name }
        variants.append(Variant(pointer: "/\(property.name.asPointerToken)", code: "required", value: .object(rest)))
      }
    }
    if object.refusesUnknownMembers {
      variants.append(
        Variants.moved(Variant(code: "unknown-member", value: .boolean(true)), to: "no_such_member", of: whole))
    }
    return variants
  }

  private func items(_ item: TypeUse, _ constraints: ArrayConstraints, inside parents: [String]) -> [Variant] {
    let value = values.value(of: item, for: .request)
    func array(_ count: Int) -> DocumentValue { .array(Array(repeating: value, count: count)) }
    var variants: [Variant] = []
    let least = max(constraints.minItems ?? 0, 1)
    if let bound = constraints.minItems, bound > 0 {
      variants.append(Variant(code: "min-items", value: array(bound - 1)))
    }
    if let bound = constraints.maxItems, !constraints.uniqueItems {
      variants.append(Variant(code: "max-items", value: array(bound + 1)))
    }
    if constraints.uniqueItems { variants.append(Variant(code: "unique-items", value: array(max(least, 2)))) }
    var broken = refused(item, example: nil, inside: parents)
    if !constraints.itemsAreNullable { broken.append(Variant(code: "null", value: .null)) }
    if constraints.uniqueItems && least > 1 { return variants }
    return variants
      + broken.map { variant in
        let rest = Array(repeating: value, count: least - 1)
        return Variant(
          pointer: "/0" + variant.pointer, code: variant.code, note: variant.note, value: .array([variant.value] + rest)
        )
      }
  }

  private static func valueOfAnotherType(_ type: TypeUse) -> DocumentValue? {
    switch type {
    case .json, .ruled: nil
    case .string, .uuid, .timestamp, .date, .bytes: .integer(12345)
    case .constant: .boolean(true)
    case .integer, .number, .boolean: .string("text")
    case .literal(let values): LiteralType(values) == .any ? nil : .string("text")
    case .array: .object([])
    case .map, .named: .array([])
    }
  }

  // MARK: Text

  /// Refused values of a form, whose members are all texts.
  func refusedForm(_ type: TypeUse) -> [Variant] {
    guard let object = values.object(type), case .object(let members) = values.value(of: type, for: .request) else {
      return []
    }
    var variants = object.properties.flatMap { property -> [Variant] in
      var variants = refusedText(property.type, example: property.example)
        .map { Variants.moved($0, to: property.name, of: .object(members)) }
      if property.isRequired {
        let rest = members.filter { $0.key != property.name }
        variants.append(Variant(pointer: "/\(property.name.asPointerToken)", code: "required", value: .object(rest)))
      }
      return variants
    }
    if object.refusesUnknownMembers {
      let unknown = Variant(code: "unknown-member", value: .string("text"))
      variants.append(Variants.moved(unknown, to: "no_such_member", of: .object(members)))
    }
    return variants
  }

  /// Refused values of a parameter, as text.
  func refusedText(_ type: TypeUse, example: DocumentValue? = nil) -> [Variant] {
    var variants = TextVariants.refused(type, example: example) + NumberVariants.refused(type)
    switch type {
    case .integer, .number, .boolean: variants.append(Variant(code: "type", value: .string("text")))
    case .named where values.enumeration(type)?.isOpen == false:
      variants.append(Variant(code: "enum", value: .string("no-such-value")))
    case .array(let item, _):
      variants += refusedText(item).map {
        Variant(pointer: "/0" + $0.pointer, code: $0.code, note: $0.note, value: .array([$0.value]))
      }
    default: break
    }
    return variants
  }

  // MARK: Places

  /// The variant as a member of an object that is otherwise as it was.
  private static func moved(_ variant: Variant, to name: String, of whole: DocumentValue) -> Variant {
    guard case .object(var members) = whole else { return variant }
    if let index = members.firstIndex(where: { $0.key == name }) {
      members[index].value = variant.value
    } else {
      members.append(.init(key: name, value: variant.value))
    }
    return Variant(
      pointer: "/\(name.asPointerToken)\(variant.pointer)", code: variant.code, note: variant.note,
      value: .object(members))
  }
}
