/// Whether a value of the document is a value of a schema.
struct ValueCheck {
  let resolver: Resolver

  /// What is wrong, as a predicate: `must be a string`; nil when all is well.
  func fault(_ value: DocumentValue, _ schema: ResolvedSchema) -> String? {
    guard let target = resolver.target(of: schema) else { return nil }
    if value == .null {
      return resolver.isNullable(schema) || target.takesNull ? nil : "must not be null"
    }
    switch target.kind {
    case .reference, .json, .ruled: return nil
    case .boolean:
      if case .boolean = value { return nil }
      return "must be a boolean"
    case .integer(let constraints): return integer(value, constraints)
    case .number(let constraints): return number(value, constraints)
    case .array(let item, let constraints): return array(value, item, constraints)
    case .map(let item, let constraints): return map(value, item, constraints)
    case .choice(let choice):
      // A value that fits none is told about by the one it is nearest to where that is plain, else as a whole.
      let faults = choice.cases.map { fault(value, $0.schema) }
      return faults.contains(nil)
        ? nil : "fits none of \(choice.cases.map { "\"\($0.name)\"" }.joined(separator: ", "))"
    case .literal(let values):
      return values.contains { $0.isSame(as: value) }
        ? nil : "must be \(values.map(\.json).joined(separator: " or "))"
    case .object(let object): return self.object(value, object)
    default:
      guard case .string(let text) = value else { return "must be a string" }
      if target.isOpen { return nil }
      return string(text, target.kind)
    }
  }

  private func string(_ text: String, _ kind: ResolvedSchema.Kind) -> String? {
    switch kind {
    case .enumeration(let cases):
      let values = cases.map(\.value)
      return values.contains(text)
        ? nil : "must be one of \(values.map { "\"\($0)\"" }.joined(separator: ", "))"
    case .constant(let constant): return text == constant ? nil : "must be \"\(constant)\""
    case .uuid: return TextFormat.isUUID(text) ? nil : "must be a UUID"
    case .timestamp: return TextFormat.isDateTime(text) ? nil : "must be a date and time as RFC 3339 writes it"
    case .bytes: return Base64.bytes(text) != nil ? nil : "must be base64 (RFC 4648 §4)"
    case .date: return TextFormat.isDate(text) ? nil : "must be a date, as in 2026-01-31"
    case .string(let constraints):
      let length = text.unicodeScalars.count
      if let minimum = constraints.minLength, length < minimum { return "must have at least \(minimum) characters" }
      if let maximum = constraints.maxLength, length > maximum { return "must have at most \(maximum) characters" }
      if let maximum = constraints.maxBytes, text.utf8.count > maximum { return "must have at most \(maximum) bytes" }
      if let pattern = constraints.pattern, PatternSyntax.check(pattern) == nil, !Pattern(pattern).matches(text) {
        return "must match \(pattern)"
      }
      if let format = constraints.format, !TextFormat.accepts(text, format) {
        return "must have the format \"\(format.rawValue)\"" + (format.example.map { ", as in \($0)" } ?? "")
      }
      return nil
    default: return nil
    }
  }

  private func integer(_ value: DocumentValue, _ constraints: IntegerConstraints) -> String? {
    var integer: Int64?
    if case .integer(let number) = value { integer = number }
    if case .number(let text) = value { integer = Double(text).flatMap(Int64.init(exactly:)) }
    guard let integer else {
      let isWhole = value.double.map { $0.rounded() == $0 } ?? false
      return isWhole ? "must be a whole number of 64 bits" : "must be a whole number"
    }
    if let minimum = constraints.minimum, integer < minimum { return "must be \(minimum) or more" }
    if let maximum = constraints.maximum, integer > maximum { return "must be \(maximum) or less" }
    if let factor = constraints.multipleOf, integer % factor != 0 { return "must be a multiple of \(factor)" }
    return nil
  }

  private func number(_ value: DocumentValue, _ constraints: NumberConstraints) -> String? {
    guard let number = value.double else { return "must be a number" }
    if let minimum = constraints.minimum, number < minimum { return "must be \(minimum) or more" }
    if let maximum = constraints.maximum, number > maximum { return "must be \(maximum) or less" }
    if let minimum = constraints.exclusiveMinimum, number <= minimum { return "must be more than \(minimum)" }
    if let maximum = constraints.exclusiveMaximum, number >= maximum { return "must be less than \(maximum)" }
    if let factor = constraints.multipleOf, !number.isMultiple(of: factor) { return "must be a multiple of \(factor)" }
    return nil
  }

  private func array(_ value: DocumentValue, _ item: ResolvedSchema, _ constraints: ArrayConstraints) -> String? {
    guard case .array(let items) = value else { return "must be a list" }
    if let minimum = constraints.minItems, items.count < minimum { return "must have at least \(minimum) items" }
    if let maximum = constraints.maxItems, items.count > maximum { return "must have at most \(maximum) items" }
    for (index, element) in items.enumerated() {
      if constraints.uniqueItems, items[..<index].contains(element) { return "must not hold the same item twice" }
      if let fault = fault(element, item) { return "has an item that \(fault)" }
    }
    return nil
  }

  private func map(_ value: DocumentValue, _ item: ResolvedSchema, _ constraints: MapConstraints) -> String? {
    guard case .object(let members) = value else { return "must be an object" }
    if let fault = count(members.count, constraints.minProperties, constraints.maxProperties) { return fault }
    return members.lazy.compactMap { fault($0.value, item) }.first
  }

  private func count(_ members: Int, _ minimum: Int?, _ maximum: Int?) -> String? {
    if let minimum, members < minimum { return "must have at least \(minimum) members" }
    if let maximum, members > maximum { return "must have at most \(maximum) members" }
    return nil
  }

  private func object(_ value: DocumentValue, _ object: ResolvedSchema.Object) -> String? {
    guard case .object(let members) = value else { return "must be an object" }
    for property in object.properties where property.isRequired {
      if !members.contains(where: { $0.key == property.name.value }) { return "lacks \"\(property.name.value)\"" }
    }
    if let fault = count(members.count, object.minProperties, object.maxProperties) { return fault }
    for member in members {
      if let property = object.properties.first(where: { $0.name.value == member.key }) {
        if let fault = fault(member.value, property.schema) { return "has a \"\(member.key)\" that \(fault)" }
      } else if let others = object.otherMembers {
        if let fault = fault(member.value, others.schema) { return "has a \"\(member.key)\" that \(fault)" }
      } else if object.refusesUnknownMembers || object.refusedMembers.contains(member.key) {
        return "has a member \"\(member.key)\" that the schema does not know"
      }
    }
    return nil
  }
}
