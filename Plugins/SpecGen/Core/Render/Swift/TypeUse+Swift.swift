extension TypeUse {
  /// The Swift type of a value: `String`, `[UUID]`, `User`.
  var swiftType: String {
    switch self {
    case .string, .constant: "String"
    case .integer: "Int"
    case .number: "Double"
    case .boolean: "Bool"
    case .uuid: "UUID"
    case .timestamp: "Timestamp"
    case .date: "CalendarDate"
    case .array(let item, let constraints): "[\(item.swiftType)\(constraints.itemsAreNullable ? "?" : "")]"
    case .map(let value): "[String: \(value.swiftType)]"
    case .named(let name): name
    case .json: "JSONValue"
    }
  }
}

extension Property {
  /// Whether absent, null and a value are three different things.
  var isPresence: Bool { !isRequired && isNullable }

  /// The type of the struct's property.
  var swiftType: String {
    if isPresence { return "Presence<\(type.swiftType)>" }
    return isRequired && !isNullable ? type.swiftType : type.swiftType + "?"
  }

  /// What the property is when nobody says: for the initializer and for a member that is left out.
  func initialValue(_ types: TypeTable) -> String? {
    if let defaultValue, let literal = types.literal(defaultValue, of: type) {
      return isPresence ? ".value(\(literal))" : literal
    }
    if isPresence { return ".absent" }
    if !isRequired { return "nil" }
    if case .constant(let value) = type, !isNullable { return SwiftSyntax.literal(value) }
    return nil
  }
}

/// The declared types by their Swift names.
struct TypeTable {
  private let types: [String: TypeDeclaration]

  init(_ api: API) {
    types = Dictionary(api.types.map { ($0.swiftName, $0) }) { first, _ in first }
  }

  /// What a type is; nil when no declaration has the name.
  subscript(name: String) -> TypeDeclaration.Kind? { types[name]?.kind }

  /// A default as a Swift literal; nil when its type has none.
  func literal(_ value: DocumentValue, of type: TypeUse) -> String? {
    switch (type, value) {
    case (_, .null): return "nil"
    case (.string, .string(let text)), (.constant, .string(let text)): return SwiftSyntax.literal(text)
    case (.integer, .integer(let value)), (.number, .integer(let value)): return SwiftSyntax.literal(value)
    case (.number, .number(let text)): return text
    case (.boolean, .boolean(let value)): return "\(value)"
    case (.named(let name), .string(let text)):
      guard case .enumeration(let enumeration)? = types[name]?.kind else { return nil }
      guard let swiftName = enumeration.cases.first(where: { $0.value == text })?.swiftName else { return nil }
      // Where the type is optional, the bare name would be the optional's own case.
      let isOptionals = ["none", "some"].contains(swiftName)
      return "\(isOptionals ? name : "").\(SwiftSyntax.member(swiftName))"
    case (.array(let item, _), .array(let values)):
      let items = values.map { literal($0, of: item) }
      return items.contains(nil) ? nil : "[\(items.compactMap(\.self).joined(separator: ", "))]"
    default: return nil
    }
  }
}

extension SwiftSyntax {
  /// The first of some names that is not taken.
  static func free(_ candidates: String..., besides taken: [String]) -> String {
    candidates.first { !taken.contains($0) } ?? "\(candidates[0])Value"
  }
}
