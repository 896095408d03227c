/// The call that reads a value and checks its constraints: `json.string(minLength: 3)`.
///
/// `JSONReader` and `TextReader` have the same methods, so one expression serves bodies and parameters as far as texts say
/// what JSON says.
struct ReadExpression {
  let patterns: PatternTable
  let types: TypeTable

  func read(_ type: TypeUse, from reader: String) -> String {
    switch type {
    case .string(let constraints): "\(reader).string(\(list(arguments(constraints))))"
    case .constant(let value): "\(reader).constant(\(SwiftSyntax.literal(value)))"
    case .integer(let constraints): "\(reader).integer(\(list(arguments(constraints))))"
    case .number(let constraints): "\(reader).number(\(list(arguments(constraints))))"
    case .boolean: "\(reader).boolean()"
    case .uuid: "\(reader).uuid()"
    case .timestamp: "\(reader).timestamp()"
    case .bytes: "\(reader).base64()"
    case .date: "\(reader).date()"
    case .named(let name): "\(reader).value(\(name).self)"
    case .json: "\(reader).any()"
    case .ruled(let name): "\(reader).any(matching: Rules.\(SwiftSyntax.member(name)))"
    case .map(let value, let constraints): map(value, constraints, from: reader)
    case .literal(let values): literal(values, from: reader)
    case .array(let item, let constraints):
      array("\(reader).\(constraints.uniqueItems ? "uniqueArray" : "array")", item, constraints)
    }
  }

  /// The call that reads a value from text: a parameter or the field of a form.
  ///
  /// - Parameter item: reads an array's item, where it is not the text that the item's type says.
  func readText(_ type: TypeUse, from reader: String, item read: String? = nil) -> String {
    switch type {
    case .array(let item, let constraints):
      return call("\(reader).\(constraints.uniqueItems ? "uniqueArray" : "array")", arguments(constraints))
        + " { \(read ?? readText(item, from: "$0")) }"
    case .map(let value, let constraints):
      return call("\(reader).map", arguments(constraints)) + " { \(readText(value, from: "$0")) }"
    case .json, .ruled: return "\(reader).scalar { \(self.read(type, from: "$0")) }"
    case .literal(let values) where LiteralType(values) == .any:
      return "\(reader).scalar { \(self.read(type, from: "$0")) }"
    case .named(let name):
      guard case .choice? = types[name] else { return self.read(type, from: reader) }
      return "\(reader).scalar { \(self.read(type, from: "$0")) }"
    default: return self.read(type, from: reader)
    }
  }

  private func call(_ function: String, _ arguments: [String]) -> String {
    arguments.isEmpty ? function : "\(function)(\(list(arguments)))"
  }

  private func array(
    _ function: String, _ item: TypeUse, _ constraints: ArrayConstraints
  ) -> String {
    let call = call(function, arguments(constraints))
    let read = read(item, from: "$0")
    return constraints.itemsAreNullable ? "\(call) { $0.nullable { \(read) } }" : "\(call) { \(read) }"
  }

  private func map(_ value: TypeUse, _ constraints: MapConstraints, from reader: String) -> String {
    let call = call("\(reader).map", arguments(constraints))
    let read = read(value, from: "$0")
    return constraints.valuesAreNullable ? "\(call) { $0.nullable { \(read) } }" : "\(call) { \(read) }"
  }

  private func literal(_ values: [DocumentValue], from reader: String) -> String {
    let function =
      switch LiteralType(values) {
      case .integer: "integer"
      case .number: "number"
      case .boolean: "boolean"
      case .any: "any"
      }
    return "\(reader).\(function)(among: \(list(values.map { SwiftSyntax.literal($0) })))"
  }

  private func arguments(_ constraints: StringConstraints) -> [String] {
    var arguments: [String] = []
    if let length = constraints.minLength, length > 0 { arguments.append("minLength: \(literal(length))") }
    if let length = constraints.maxLength { arguments.append("maxLength: \(literal(length))") }
    if let bytes = constraints.maxBytes { arguments.append("maxBytes: \(literal(bytes))") }
    if let pattern = constraints.pattern { arguments.append("pattern: Patterns.\(patterns.name(of: pattern))") }
    if let format = constraints.format, format.isAsserted {
      arguments.append("format: .\(format)")
    }
    return arguments
  }

  private func arguments(_ constraints: IntegerConstraints) -> [String] {
    [
      constraints.minimum.map { "minimum: \(SwiftSyntax.literal($0))" },
      constraints.maximum.map { "maximum: \(SwiftSyntax.literal($0))" },
      constraints.multipleOf.map { "multipleOf: \(SwiftSyntax.literal($0))" },
    ].compactMap(\.self)
  }

  private func arguments(_ constraints: NumberConstraints) -> [String] {
    [
      constraints.minimum.map { "minimum: \(SwiftSyntax.literal($0))" },
      constraints.maximum.map { "maximum: \(SwiftSyntax.literal($0))" },
      constraints.exclusiveMinimum.map { "exclusiveMinimum: \(SwiftSyntax.literal($0))" },
      constraints.exclusiveMaximum.map { "exclusiveMaximum: \(SwiftSyntax.literal($0))" },
      constraints.multipleOf.map { "multipleOf: \(SwiftSyntax.literal($0))" },
    ].compactMap(\.self)
  }

  private func arguments(_ constraints: ArrayConstraints) -> [String] {
    [constraints.minItems.map { "minItems: \($0)" }, constraints.maxItems.map { "maxItems: \($0)" }].compactMap(\.self)
  }

  func arguments(_ constraints: MapConstraints) -> [String] {
    [
      constraints.minProperties.map { "minProperties: \($0)" },
      constraints.maxProperties.map { "maxProperties: \($0)" },
    ].compactMap(\.self)
  }

  private func literal(_ value: Int) -> String { SwiftSyntax.literal(Int64(value)) }

  private func list(_ arguments: [String]) -> String { arguments.joined(separator: ", ") }
}
