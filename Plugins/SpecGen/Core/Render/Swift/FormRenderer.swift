/// Writes how an object is read from named texts: a form, or a parameter that is an object.
struct FormRenderer {
  let object: ObjectType
  let name: String
  let types: TypeTable
  let expression: ReadExpression
  /// The fields that are not written as is usual.
  var fields: [FormField] = []
  /// The name of the files that follow the fields, if any do.
  var files: String?

  /// Writes the conformance to `FormDecodable`.
  func writeExtension(to writer: inout SourceWriter) {
    let form = SwiftName.free("form", "fields", "reader", besides: object.properties.map(\.swiftName))
    writer.block("extension \(name): FormDecodable") { writer in
      writer.block("public static func decode(from \(form): inout FieldReader) -> \(name)?") { writer in
        writeBody(form: form, to: &writer)
      }
    }
  }

  /// Writes an extension with the function that reads the form of one operation.
  func writeExtension(function: String, to writer: inout SourceWriter) {
    let names = object.properties.map(\.swiftName)
    let form = SwiftName.free("form", "fields", "reader", besides: names)
    let files = files.map { ", files\($0 == "files" ? "" : " \($0)"): FileParts<FormFile>" } ?? ""
    writer.block("extension \(name)") { writer in
      writer.block("static func \(function)(from \(form): inout FieldReader\(files)) -> \(name)?") { writer in
        writeBody(form: form, to: &writer)
      }
    }
  }

  /// Writes the statements that read the object.
  private func writeBody(form: String, to writer: inout SourceWriter) {
    for property in object.properties {
      writer.assignment(
        "let \(SwiftSyntax.identifier(property.swiftName)) =", read(property, from: form))
    }
    if !object.refusedMembers.isEmpty {
      writer.call("\(form).refuse", object.refusedMembers.map { SwiftSyntax.literal($0) })
    }
    if let others = object.otherMembers {
      writer.assignment(
        "let \(others.swiftName) =", "\(form).others { \(expression.readText(others.type, from: "$0")) } ?? [:]")
    } else if object.refusesUnknownMembers {
      writer.line("\(form).refuseOthers()")
    }
    let bounds = [
      object.minProperties.map { "minProperties: \($0)" }, object.maxProperties.map { "maxProperties: \($0)" },
    ].compactMap(\.self)
    if !bounds.isEmpty { writer.line("\(form).checkMembers(\(bounds.joined(separator: ", ")))") }
    let required = object.properties.filter { $0.isRequired && !$0.isNullable }
    if !required.isEmpty {
      writer.requirement(required.map { "let \(SwiftSyntax.identifier($0.swiftName))" }, call: "return nil", nil)
    }
    writer.call(
      "return \(name)",
      object.properties.map { "\(SwiftSyntax.parameter($0.swiftName)): \(SwiftSyntax.identifier($0.swiftName))" }
        + (object.otherMembers.map { ["\($0.swiftName): \($0.swiftName)"] } ?? [])
        + (files.map { ["\($0): \($0)"] } ?? []))
  }

  /// The expression that reads a field. A text cannot say null: a field that is left out does.
  private func read(_ property: Property, from form: String) -> String {
    var value = value(property, from: form)
    if property.isPresence { value += ".map(Presence.value)" }
    if !property.isRequired, let initial = property.initialValue(types), initial != "nil" { value += " ?? \(initial)" }
    return value
  }

  private func value(_ property: Property, from form: String) -> String {
    let isRequired = property.isRequired && !property.isNullable
    let function = "\(form).\(isRequired ? "required" : "value")"
    let name = SwiftSyntax.literal(property.name)
    let field = fields.first { $0.name == property.name }
    switch field?.encoding {
    case nil: return "\(function)(\(name)) { \(expression.readField(property.type, from: "$0")) }"
    case .json?: return "\(function)(\(name)) { $0.json { \(expression.read(property.type, from: "$0")) } }"
    case .style?:
      if field?.encoding == .style(.form, explode: true), case .named(let type) = property.type,
        case .object? = types[type]
      {
        return "\(form).\(isRequired ? "requiredObject" : "object")(\(type).self)"
      }
      let style = field?.encoding.argument(for: property.type, besides: .style(.form, explode: true)).map { ", \($0)" }
      return "\(function)(\(name)\(style ?? "")) { \(expression.readText(property.type, from: "$0")) }"
    }
  }
}

extension ReadExpression {
  /// The call that reads the field of a form: what no single text says is JSON (OpenAPI 3.1 §4.8.15.1).
  func readField(_ type: TypeUse, from reader: String) -> String {
    if case .array(let item, let constraints) = type, !types.isScalar(item) || constraints.itemsAreNullable {
      let read = read(item, from: "$0")
      return readText(
        type, from: reader, item: "$0.json { \(constraints.itemsAreNullable ? "$0.nullable { \(read) }" : read) }")
    }
    if case .array = type { return readText(type, from: reader) }
    return types.isScalar(type) ? readText(type, from: reader) : "\(reader).json { \(read(type, from: "$0")) }"
  }
}

extension TypeTable {
  /// Whether a value is one text.
  func isScalar(_ type: TypeUse, depth: Int = 0) -> Bool {
    switch type {
    case .array, .map: return false
    case .named(let name):
      switch self[name] {
      case .object?: return false
      case .choice(let choice)? where depth < 16:
        return choice.cases.allSatisfy { isScalar($0.type, depth: depth + 1) }
      default: return true
      }
    default: return true
    }
  }
}
