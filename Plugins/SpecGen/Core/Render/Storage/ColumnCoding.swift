/// How a column's value stands in Swift and in the databases.
struct ColumnCoding {
  enum Kind: Equatable {
    case bool, int, double, text, uuid, timestamp, date
    /// Text that is one of the values of an enumeration.
    case enumeration
    /// Arrays, maps and objects, as JSON text.
    case json
  }

  let column: Column
  let kind: Kind
  /// The Swift type of a value that is not null.
  let valueType: String
  /// Of an enumeration.
  let cases: [EnumerationType.Case]

  init(_ column: Column, types: [String: TypeDeclaration]) {
    self.column = column
    kind = Self.kind(of: column.type, types: types)
    valueType = Self.swiftType(of: column.type)
    if case .named(let name) = column.type, case .enumeration(let enumeration) = types[name]?.kind {
      cases = enumeration.cases
    } else {
      cases = []
    }
  }

  /// `email`, as a declaration writes it.
  var name: String { SwiftSyntax.identifier(column.swiftName) }
  /// `email`, after a dot.
  var member: String { SwiftSyntax.member(column.swiftName) }
  /// `email` in SQL.
  var sqlName: String { SQLSyntax.identifier(column.name) }

  /// The type of the row's property.
  var rowType: String { column.isNullable ? "\(valueType)?" : valueType }

  /// The type of the property in the table's `Changes`.
  var changeType: String { column.isNullable ? "Presence<\(valueType)>" : "\(valueType)?" }

  /// The default of the property's parameter in an initializer.
  var initialValue: String? {
    if let value = column.defaultValue.flatMap(literal(_:)) { return value }
    return column.isNullable ? "nil" : nil
  }

  /// A case of the runtime's `ColumnType`.
  var columnType: String {
    switch kind {
    case .bool: ".bool"
    case .int: ".int"
    case .double: ".double"
    case .text, .enumeration: ".text"
    case .uuid: ".uuid"
    case .timestamp: ".timestamp"
    case .date: ".date"
    case .json: ".json"
    }
  }

  /// The `SQLValue` of an expression of the row's type, or of its optional.
  func value(of expression: String, isOptional: Bool) -> String {
    switch kind {
    case .enumeration: "SQLValue(\(expression)\(isOptional ? "?" : "").rawValue)"
    case .json: "SQLValue(encoding: \(expression))"
    default: "SQLValue(\(expression))"
    }
  }

  func value(of expression: String) -> String { value(of: expression, isOptional: column.isNullable) }

  /// Reads the column at an index of `rows`.
  func reading(at index: Int) -> String {
    let reader =
      switch kind {
      case .bool: "bool"
      case .int: "int"
      case .double: "double"
      case .text: "text"
      case .uuid: "uuid"
      case .timestamp: "timestamp"
      case .date: "date"
      case .enumeration: "enumeration"
      case .json: "decoded"
      }
    let name = column.isNullable ? "optional\(reader == "uuid" ? "UUID" : reader.capitalizedFirst)" : reader
    let decoder = kind == .json && !Self.decodesItself(column.type) ? " { \(Self.decoder(of: column.type)) }" : ""
    return "try rows.\(name)(\(index))\(decoder)"
  }

  /// Whether the Swift type conforms to `JSONDecodable`: a dictionary and an optional do not.
  private static func decodesItself(_ type: TypeUse) -> Bool {
    switch type {
    case .array(let item, let constraints): !constraints.itemsAreNullable && decodesItself(item)
    case .map: false
    default: true
    }
  }

  /// Reads a value from the `JSONReader` that is `$0`.
  private static func decoder(of type: TypeUse) -> String {
    switch type {
    case .array(let item, let constraints):
      let item = decoder(of: item)
      return "$0.array { \(constraints.itemsAreNullable ? "$0.nullable { \(item) }" : item) }"
    case .map(let value):
      return "$0.map { \(decoder(of: value)) }"
    default:
      return "\(swiftType(of: type)).decode(from: &$0)"
    }
  }

  /// A default as a Swift expression; nil when it is null or of a type that has no literal.
  private func literal(_ value: DocumentValue) -> String? {
    switch (kind, value) {
    case (.bool, .boolean(let value)): "\(value)"
    case (.int, .integer(let value)): SwiftSyntax.literal(value)
    case (.double, .integer(let value)): SwiftSyntax.literal(value)
    case (.double, .number(let text)): text
    case (.text, .string(let text)): SwiftSyntax.literal(text)
    case (.enumeration, .string(let text)):
      cases.first { $0.value == text }.map { ".\(SwiftSyntax.member($0.swiftName))" }
    case (.json, .array(let items)) where items.isEmpty: "[]"
    case (.json, .object(let members)) where members.isEmpty: "[:]"
    default: nil
    }
  }

  private static func kind(of type: TypeUse, types: [String: TypeDeclaration]) -> Kind {
    switch type {
    case .string, .constant: return .text
    case .integer: return .int
    case .number: return .double
    case .boolean: return .bool
    case .uuid: return .uuid
    case .timestamp: return .timestamp
    case .date: return .date
    case .array, .map, .json: return .json
    case .named(let name):
      switch types[name]?.kind {
      case .enumeration: return .enumeration
      case .alias(let type): return kind(of: type, types: types)
      case .object, nil: return .json
      }
    }
  }

  static func swiftType(of type: TypeUse) -> String {
    switch type {
    case .string, .constant: "String"
    case .integer: "Int"
    case .number: "Double"
    case .boolean: "Bool"
    case .uuid: "UUID"
    case .timestamp: "Timestamp"
    case .date: "CalendarDate"
    case .array(let item, let constraints): "[\(swiftType(of: item))\(constraints.itemsAreNullable ? "?" : "")]"
    case .map(let value): "[String: \(swiftType(of: value))]"
    case .named(let name): name
    case .json: "JSONValue"
    }
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The name of a variable for a type: `Conversation` gives `conversation`, `AIModel` gives `aiModel`.
  var asVariable: String {
    let capitals = prefix { $0.isUppercase }.count
    let lowered = capitals > 1 && capitals < count ? capitals - 1 : capitals
    return prefix(lowered).lowercased() + dropFirst(lowered)
  }
}
