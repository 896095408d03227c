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
    case .bytes: "Data"
    case .date: "CalendarDate"
    case .array(let item, let constraints): "[\(item.swiftType)\(constraints.itemsAreNullable ? "?" : "")]"
    case .map(let value, let constraints): "[String: \(value.swiftType)\(constraints.valuesAreNullable ? "?" : "")]"
    case .literal(let values):
      switch LiteralType(values) {
      case .integer: "Int"
      case .number: "Double"
      case .boolean: "Bool"
      case .any: "JSONValue"
      }
    case .named(let name): name
    case .json, .ruled: "JSONValue"
    }
  }
}

extension ObjectType.OtherMembers {
  /// The type of the struct's property.
  var swiftType: String { "[String: \(type.swiftType)\(isNullable ? "?" : "")]" }
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
    if isPresence, defaultValue == .null { return ".null" }
    if let defaultValue, let literal = types.literal(defaultValue, of: type) {
      return isPresence ? ".value(\(literal))" : literal
    }
    if isPresence { return ".absent" }
    if !isRequired { return "nil" }
    switch type {
    case .constant(let value) where !isNullable: return SwiftSyntax.literal(value)
    case .literal(let values) where values.count == 1 && !isNullable: return types.literal(values[0], of: type)
    default: return nil
    }
  }
}

/// The declared types by their Swift names.
struct TypeTable {
  private let types: [String: TypeDeclaration]

  init(_ api: API) {
    types = Dictionary(api.types.map { ($0.swiftName, $0) }) { first, _ in first }
  }

  /// A property of an object type.
  func property(_ name: String, of type: TypeUse) -> Property? {
    guard case .named(let type) = type, case .object(let object)? = self[type] else { return nil }
    return object.properties.first { $0.name == name }
  }

  /// What a type is; nil when no declaration has the name.
  subscript(name: String) -> TypeDeclaration.Kind? { types[name]?.kind }
}
