/// Two schemas as one that takes what both of them take.
struct SchemaMerge {
  private let first: OpenAPI.Schema
  private let second: OpenAPI.Schema

  /// Neither of them is a reference or has an `allOf`.
  init(_ first: OpenAPI.Schema, _ second: OpenAPI.Schema) {
    self.first = first
    self.second = second
  }

  /// nil when no value fits both, which is told.
  func merged(_ diagnostics: inout [Diagnostic]) -> OpenAPI.Schema? {
    if first.isNever || second.isNever { return first.isNever ? first : second }
    var result = first.annotated(by: second)
    result.keys.merge(second.keys) { first, _ in first }
    result.beyondStructs = first.beyondStructs ?? second.beyondStructs
    guard types(&result, &diagnostics), values(&result, &diagnostics), format(&result, &diagnostics) else { return nil }
    bounds(&result)
    items(&result)
    guard members(&result, &diagnostics) else { return nil }
    compositions(&result)
    return result
  }

  // MARK: Types and values

  private func types(_ result: inout OpenAPI.Schema, _ diagnostics: inout [Diagnostic]) -> Bool {
    if first.types.isEmpty || second.types.isEmpty {
      result.types = first.types.isEmpty ? second.types : first.types
      return true
    }
    let others = second.types.map(\.value)
    result.types = first.types.compactMap { type in
      if others.contains(type.value) || (type.value == "integer" && others.contains("number")) { return type }
      return type.value == "number" ? second.types.first { $0.value == "integer" } : nil
    }
    if result.types.isEmpty {
      contradict(
        "type", first.types[0], second.types[0], "\(words(second.types)) and \(words(first.types))", &diagnostics)
    }
    return !result.types.isEmpty
  }

  private func words(_ types: [Located<String>]) -> String { types.map(\.value).joined(separator: " or ") }

  private func values(_ result: inout OpenAPI.Schema, _ diagnostics: inout [Diagnostic]) -> Bool {
    let left = first.constant.map { [$0] } ?? first.enumeration
    let right = second.constant.map { [$0] } ?? second.enumeration
    result.constant = first.constant ?? second.constant
    guard let left, let right else {
      result.enumeration = result.constant == nil ? left ?? right : nil
      return true
    }
    let common = left.filter { value in right.contains { $0.value.isSame(as: value.value) } }
    guard !common.isEmpty else {
      let key = second.constant == nil ? "enum" : "const"
      contradict(key, left.first, right.first, "two lists of values without a common one", &diagnostics)
      return false
    }
    if result.constant != nil {
      result.constant = common[0]
      result.enumeration = nil
      result.keys["enum"] = nil
    } else {
      result.enumeration = common
    }
    return true
  }

  private func format(_ result: inout OpenAPI.Schema, _ diagnostics: inout [Diagnostic]) -> Bool {
    result.format = first.format ?? second.format
    guard let left = first.format, let right = second.format, left.value != right.value else { return true }
    contradict("format", left, right, "\(right.value) and \(left.value)", &diagnostics)
    return false
  }

  private func contradict<First, Second>(
    _ key: String, _ first: Located<First>?, _ second: Located<Second>?, _ what: String,
    _ diagnostics: inout [Diagnostic]
  ) {
    let place = second?.place ?? self.second.keys[key] ?? self.second.place
    let other = first?.place ?? self.first.keys[key] ?? self.first.place
    diagnostics.error(
      .contradiction, at: place,
      "no value can meet \"\(key)\" of both schemas that are merged here: \(what); change one of the two",
      notes: [.init(place: other, message: "the other one is here")])
  }

  // MARK: Bounds

  private func bounds(_ result: inout OpenAPI.Schema) {
    result.minLength = greater(first.minLength, second.minLength)
    result.maxLength = less(first.maxLength, second.maxLength)
    result.maxBytes = less(first.maxBytes, second.maxBytes)
    result.minItems = greater(first.minItems, second.minItems)
    result.maxItems = less(first.maxItems, second.maxItems)
    result.uniqueItems = first.uniqueItems || second.uniqueItems
    result.minProperties = greater(first.minProperties, second.minProperties)
    result.maxProperties = less(first.maxProperties, second.maxProperties)
    result.minimum = number(first.minimum, second.minimum, >=)
    result.maximum = number(first.maximum, second.maximum, <=)
    result.exclusiveMinimum = number(first.exclusiveMinimum, second.exclusiveMinimum, >=)
    result.exclusiveMaximum = number(first.exclusiveMaximum, second.exclusiveMaximum, <=)
    result.pattern = first.pattern ?? second.pattern
    if let left = first.pattern, let right = second.pattern, left.value != right.value {
      result.beyondStructs = result.beyondStructs ?? Located("two patterns that must both match", at: right.place)
    }
    result.multipleOf = first.multipleOf ?? second.multipleOf
    if let left = first.multipleOf, let right = second.multipleOf, !left.value.isSame(as: right.value) {
      if case .integer(let left) = left.value, case .integer(let other) = right.value, left > 0, other > 0 {
        let (multiple, overflow) = (left / Self.divisor(left, other)).multipliedReportingOverflow(by: other)
        if !overflow {
          result.multipleOf = Located(.integer(multiple), at: right.place)
          return
        }
      }
      result.beyondStructs = result.beyondStructs ?? Located("two divisors that must both divide", at: right.place)
    }
  }

  private static func divisor(_ first: Int64, _ second: Int64) -> Int64 {
    second == 0 ? first : divisor(second, first % second)
  }

  private func greater(_ first: Located<Int>?, _ second: Located<Int>?) -> Located<Int>? {
    guard let first, let second else { return first ?? second }
    return second.value > first.value ? second : first
  }

  private func less(_ first: Located<Int>?, _ second: Located<Int>?) -> Located<Int>? {
    guard let first, let second else { return first ?? second }
    return second.value < first.value ? second : first
  }

  private func number(
    _ first: Located<DocumentValue>?, _ second: Located<DocumentValue>?, _ isTighter: (Double, Double) -> Bool
  ) -> Located<DocumentValue>? {
    guard let first, let second else { return first ?? second }
    return isTighter(first.value.double ?? 0, second.value.double ?? 0) ? first : second
  }

  // MARK: Items and members

  private func items(_ result: inout OpenAPI.Schema) {
    guard let left = first.items, let right = second.items else {
      result.items = first.items ?? second.items
      return
    }
    result.items = .init(both(left.value, right.value))
  }

  private func both(_ first: OpenAPI.Schema, _ second: OpenAPI.Schema) -> OpenAPI.Schema {
    if first == second { return first }
    return OpenAPI.Schema(
      place: second.place, pointer: second.pointer, keys: ["allOf": second.place],
      allOf: .init(schemas: [first, second], place: second.place))
  }

  private func members(_ result: inout OpenAPI.Schema, _ diagnostics: inout [Diagnostic]) -> Bool {
    result.required = first.required
    for name in second.required where !first.required.contains(where: { $0.value == name.value }) {
      result.required.append(name)
    }
    switch (first.additionalProperties, second.additionalProperties) {
    case (.allowed(false), _), (_, .allowed(false)): result.additionalProperties = .allowed(false)
    case (.schema(let left), .schema(let right)):
      result.additionalProperties = .schema(.init(both(left.value, right.value)))
    case (.schema(let only), _), (_, .schema(let only)): result.additionalProperties = .schema(only)
    default: result.additionalProperties = first.additionalProperties ?? second.additionalProperties
    }
    guard first.properties != nil || second.properties != nil else { return true }
    var isPossible = true
    var properties: [OpenAPI.Named<OpenAPI.Schema>] = []
    for property in first.properties ?? [] {
      if let other = second.properties?.first(where: { $0.name.value == property.name.value }) {
        properties.append(.init(name: property.name, value: both(property.value, other.value)))
      } else {
        isPossible = add(property, beyond: second, to: &properties, &diagnostics) && isPossible
      }
    }
    for property in second.properties ?? []
    where first.properties?.contains(where: { $0.name.value == property.name.value }) != true {
      isPossible = add(property, beyond: first, to: &properties, &diagnostics) && isPossible
    }
    result.properties = properties
    return isPossible
  }

  /// Adds a property of one part that the other one does not name: there it is an additional one.
  private func add(
    _ property: OpenAPI.Named<OpenAPI.Schema>, beyond other: OpenAPI.Schema,
    to properties: inout [OpenAPI.Named<OpenAPI.Schema>], _ diagnostics: inout [Diagnostic]
  ) -> Bool {
    switch other.additionalProperties {
    case .allowed(true), nil: properties.append(property)
    case .schema(let schema): properties.append(.init(name: property.name, value: both(property.value, schema.value)))
    case .allowed(false):
      diagnostics.error(
        .contradiction, at: other.keys["additionalProperties"] ?? other.place,
        "\"additionalProperties: false\" knows the properties beside it only, so it refuses \"\(property.name.value)\" of the schema that is merged with it; write \"unevaluatedProperties: false\" beside \"allOf\" instead",
        notes: [.init(place: property.name.place, message: "\"\(property.name.value)\" is declared here")])
      return false
    }
    return true
  }

  private func compositions(_ result: inout OpenAPI.Schema) {
    let left = first.anyOf ?? first.oneOf
    let right = second.anyOf ?? second.oneOf
    result.anyOf = first.anyOf ?? second.anyOf
    result.oneOf = first.oneOf ?? second.oneOf
    result.discriminator = left == nil ? second.discriminator : first.discriminator
    if left != nil, let right, left != right {
      result.beyondStructs = result.beyondStructs ?? Located("two choices at once", at: right.place)
    }
  }
}
