/// Renders `Schemas.swift`: one struct, enumeration or alias a schema.
struct SchemasRenderer {
  let api: API
  let types: TypeTable

  func file(_ number: String) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    for module in ["FoundationEssentials", "JSON", "Values"] { writer.line("import \(module)") }
    for type in api.types {
      writer.line()
      write(type, to: &writer)
    }
    return GeneratedFile(name: "Schemas\(number).swift", text: writer.text)
  }

  private func write(_ type: TypeDeclaration, to writer: inout SourceWriter) {
    writer.doc([type.title, type.description, "`\(type.pointer)`"])
    switch type.kind {
    case .alias(let use): writer.line("public typealias \(type.swiftName) = \(use.swiftType)")
    case .enumeration(let enumeration): write(enumeration, named: type.swiftName, to: &writer)
    case .object(let object): write(object, named: type.swiftName, to: &writer)
    case .choice(let choice): write(choice, named: type.swiftName, to: &writer)
    }
  }

  private func write(_ enumeration: EnumerationType, named name: String, to writer: inout SourceWriter) {
    if let other = enumeration.otherCase { return writeOpen(enumeration, other, named: name, to: &writer) }
    writer.block("public enum \(name): String, Codable, Sendable, CaseIterable") { writer in
      for element in enumeration.cases {
        let name = SwiftSyntax.identifier(element.swiftName)
        writer.line(
          element.value == element.swiftName
            ? "case \(name)" : "case \(name) = \(SwiftSyntax.literal(element.value))")
      }
    }
  }

  /// An enumeration that has a case for every other text.
  private func writeOpen(
    _ enumeration: EnumerationType, _ other: String, named name: String, to writer: inout SourceWriter
  ) {
    writer.block("public enum \(name): RawRepresentable, Codable, Sendable, Hashable, CaseIterable") { writer in
      for element in enumeration.cases { writer.line("case \(SwiftSyntax.identifier(element.swiftName))") }
      writer.doc(["A value that the document does not list."])
      writer.line("case \(other)(String)")
      writer.line()
      writer.doc(["The values that the document lists."])
      writer.list(
        "public static let allCases: [\(name)] = [",
        enumeration.cases.map { ".\(SwiftSyntax.member($0.swiftName))" }, "]")
      writer.line()
      writer.block("public init(rawValue: String)") { writer in
        writer.line("switch rawValue {")
        for element in enumeration.cases {
          writer.line(
            "case \(SwiftSyntax.literal(element.value)): self = .\(SwiftSyntax.member(element.swiftName))")
        }
        writer.line("default: self = .\(other)(rawValue)")
        writer.line("}")
      }
      writer.line()
      writer.block("public var rawValue: String") { writer in
        writer.line("switch self {")
        for element in enumeration.cases {
          writer.line("case .\(SwiftSyntax.member(element.swiftName)): \(SwiftSyntax.literal(element.value))")
        }
        writer.line("case .\(other)(let text): text")
        writer.line("}")
      }
    }
  }

  private func write(_ choice: ChoiceType, named name: String, to writer: inout SourceWriter) {
    writer.block("public \(choice.isIndirect ? "indirect " : "")enum \(name): CodableAsJSON, Sendable, Hashable") {
      writer in
      for element in choice.cases {
        writer.doc([element.description])
        writer.line("case \(SwiftSyntax.identifier(element.swiftName))(\(element.type.swiftType))")
      }
    }
  }

  private func write(_ object: ObjectType, named name: String, to writer: inout SourceWriter) {
    writer.block("public struct \(name): CodableAsJSON, Sendable, Hashable") { writer in
      for property in object.properties {
        writer.doc([property.description])
        let wrapper = property.isIndirect ? "@Indirect " : ""
        writer.line("\(wrapper)public var \(SwiftSyntax.identifier(property.swiftName)): \(property.swiftType)")
      }
      if let others = object.otherMembers {
        writer.doc(["The members that no property names."])
        writer.line("public var \(others.swiftName): \(others.swiftType)")
      }
      if !object.properties.isEmpty { writer.line() }
      writer.memberwiseInitializer(
        object.properties.map { ($0.swiftName, $0.swiftType, $0.initialValue(types)) }
          + (object.otherMembers.map { [($0.swiftName, $0.swiftType, "[:]")] } ?? []))
    }
  }
}

extension SourceWriter {
  /// Writes a public initializer that sets each property.
  mutating func memberwiseInitializer(_ properties: [(name: String, type: String, initialValue: String?)]) {
    if properties.isEmpty { return line("public init() {}") }
    let parameters = properties.map { property in
      let value = property.initialValue.map { " = \($0)" } ?? ""
      return "\(SwiftSyntax.parameter(property.name)): \(property.type)\(value)"
    }
    list("public init(", parameters, ") {")
    indented { writer in
      for property in properties {
        writer.line("self.\(SwiftSyntax.member(property.name)) = \(SwiftSyntax.identifier(property.name))")
      }
    }
    line("}")
  }
}
