extension TypeTable {
  /// A default as a Swift literal; nil when its type has none.
  func literal(_ value: DocumentValue, of type: TypeUse) -> String? {
    switch (type, value) {
    case (.json, _): return SwiftSyntax.literal(value)
    case (.literal(let values), _) where LiteralType(values) == .any: return SwiftSyntax.literal(value)
    case (_, .null): return "nil"
    case (.string, .string(let text)), (.constant, .string(let text)): return SwiftSyntax.literal(text)
    case (.integer, .integer(let value)), (.number, .integer(let value)): return SwiftSyntax.literal(value)
    case (.number, .number(let text)): return text
    case (.integer, .number): return value.double.flatMap { Int64(exactly: $0) }.map { SwiftSyntax.literal($0) }
    case (.boolean, .boolean(let value)): return "\(value)"
    case (.literal, _): return SwiftSyntax.literal(value)
    case (.bytes, .string(let text)): return Base64.bytes(text).map { "Data(\($0))" }
    case (.uuid, .string(let text)), (.timestamp, .string(let text)), (.date, .string(let text)):
      return SwiftSyntax.literal(text, of: type)
    case (.named(let name), _): return self[name].flatMap { literal(value, of: $0, named: name) }
    case (.array(let item, _), .array(let values)):
      let items = values.map { literal($0, of: item) }
      return items.contains(nil) ? nil : "[\(items.compactMap(\.self).joined(separator: ", "))]"
    case (.map(let item, _), .object(let members)):
      if members.isEmpty { return "[:]" }
      let items = members.map { member in
        literal(member.value, of: item).map { "\(SwiftSyntax.literal(member.key)): \($0)" }
      }
      return items.contains(nil) ? nil : "[\(items.compactMap(\.self).joined(separator: ", "))]"
    default: return nil
    }
  }

  private func literal(_ value: DocumentValue, of kind: TypeDeclaration.Kind, named name: String) -> String? {
    switch (kind, value) {
    case (.alias(let type), _): return literal(value, of: type)
    case (.enumeration(let enumeration), .string(let text)):
      guard let swiftName = enumeration.cases.first(where: { $0.value == text })?.swiftName else {
        return enumeration.otherCase.map { ".\($0)(\(SwiftSyntax.literal(text)))" }
      }
      // Where the type is optional, the bare name would be the optional's own case.
      let isOptionals = ["none", "some"].contains(swiftName)
      return "\(isOptionals ? name : "").\(SwiftSyntax.member(swiftName))"
    case (.object(let object), .object(let members)): return literal(members, of: object, named: name)
    case (.choice(let choice), _):
      return choice.cases.lazy.compactMap { element in
        literal(value, of: element.type).map { "\(name).\(SwiftSyntax.member(element.swiftName))(\($0))" }
      }.first
    default: return nil
    }
  }

  private func literal(_ members: [DocumentValue.Member], of object: ObjectType, named name: String) -> String? {
    var arguments: [String] = []
    for property in object.properties {
      guard let member = members.first(where: { $0.key == property.name }) else {
        if property.initialValue(self) == nil { return nil }
        continue
      }
      guard let value = literal(member.value, of: property.type) else { return nil }
      let argument = property.isPresence ? (member.value == .null ? ".null" : ".value(\(value))") : value
      arguments.append("\(SwiftSyntax.parameter(property.swiftName)): \(argument)")
    }
    // The others go where `additionalProperties` says.
    let others = members.filter { member in !object.properties.contains { $0.name == member.key } }
    if !others.isEmpty {
      guard let rest = object.otherMembers,
        let value = literal(.object(others), of: .map(rest.type, MapConstraints(valuesAreNullable: rest.isNullable)))
      else { return nil }
      arguments.append("\(rest.swiftName): \(value)")
    }
    return "\(name)(\(arguments.joined(separator: ", ")))"
  }
}

extension SwiftSyntax {
  /// A UUID, a moment or a date that was checked to be one; by number, since reading the text could fail.
  static func literal(_ text: String, of type: TypeUse) -> String? {
    switch type {
    case .uuid:
      let groups = text.lowercased().split(separator: "-")
      guard groups.count == 5 else { return nil }
      return "UUID(high: 0x\(groups[0])_\(groups[1])_\(groups[2]), low: 0x\(groups[3])_\(groups[4]))"
    case .timestamp:
      return TextFormat.milliseconds(text).map { "Timestamp(milliseconds: \(literal($0)))" }
    case .date:
      return TextFormat.milliseconds("\(text)T00:00:00Z").map {
        "CalendarDate(Timestamp(milliseconds: \(literal($0))))"
      }
    default: return nil
    }
  }

  /// A literal of the type that its place asks for: a number, a text, a boolean or a `JSONValue`.
  static func literal(_ value: DocumentValue) -> String {
    switch value {
    case .null: return ".null"
    case .boolean(let value): return "\(value)"
    case .integer(let value): return literal(value)
    case .number(let text): return text
    case .string(let text): return literal(text)
    case .array(let items): return "[\(items.map { literal($0) }.joined(separator: ", "))]"
    case .object(let members):
      if members.isEmpty { return "[:]" }
      return "[\(members.map { "\(literal($0.key)): \(literal($0.value))" }.joined(separator: ", "))]"
    }
  }
}
