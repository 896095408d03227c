/// How a column's value stands in Swift and in the databases.
struct ColumnCoding {
  enum Kind: Equatable {
    case bool, int, double, text, uuid, timestamp, date, bytes
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
  /// Whether other texts are values of the enumeration too.
  let isOpen: Bool
  /// The default as a Swift literal; nil when there is none, or its type has no literal.
  private let literal: String?

  init(_ column: Column, types: TypeTable) {
    self.column = column
    kind = Self.kind(of: column.type, types: types)
    valueType = column.type.swiftType
    literal = column.defaultValue.flatMap { types.literal($0, of: column.type) }
    if case .named(let name) = column.type, case .enumeration(let enumeration) = types[name] {
      cases = enumeration.cases
      isOpen = enumeration.isOpen
    } else {
      cases = []
      isOpen = false
    }
  }

  /// `email`, as the label of a parameter or an argument.
  var label: String { SwiftSyntax.parameter(column.swiftName) }
  /// `email`, as a declaration or an expression writes it.
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
    if let literal { return literal }
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
    case .bytes: ".bytes"
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
      case .bytes: "data"
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
    case .map(let value, let constraints):
      let value = decoder(of: value)
      return "$0.map { \(constraints.valuesAreNullable ? "$0.nullable { \(value) }" : value) }"
    default:
      return "\(type.swiftType).decode(from: &$0)"
    }
  }

  private static func kind(of type: TypeUse, types: TypeTable) -> Kind {
    switch type {
    case .string, .constant: return .text
    case .integer: return .int
    case .number: return .double
    case .boolean: return .bool
    case .uuid: return .uuid
    case .timestamp: return .timestamp
    case .bytes: return .bytes
    case .date: return .date
    case .array, .map, .json, .ruled: return .json
    case .literal(let values):
      switch LiteralType(values) {
      case .integer: return .int
      case .number: return .double
      case .boolean: return .bool
      case .any: return .json
      }
    case .named(let name):
      switch types[name] {
      case .enumeration: return .enumeration
      case .alias(let type): return kind(of: type, types: types)
      case .object, .choice, nil: return .json
      }
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
