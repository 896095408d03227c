/// Renders `Rules.swift`: the schemas that no Swift type can say, as text that the runtime compiles at first use.
///
/// A text costs the compiler nothing, however many schemas it holds.
enum RulesRenderer {
  static func file(for api: API) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    guard !api.rules.isEmpty else { return GeneratedFile(name: "Rules.swift", text: writer.text) }
    writer.line()
    writer.line("import JSON")
    writer.line()
    writer.doc(["The schemas that no Swift type can say: JSON Schema 2020-12 without annotations."])
    write("Rules", uses: api.ruleUses, rules: api.rules, to: &writer)
    return GeneratedFile(name: "Rules.swift", text: writer.text)
  }

  /// Writes an enumeration with a constant a use.
  static func write(_ name: String, uses: [RuleUse], rules: [Rule], to writer: inout SourceWriter) {
    writer.block("enum \(name)") { writer in
      for use in uses {
        writer.line("static let \(SwiftSyntax.identifier(use.swiftName)) = schemas[\(SwiftSyntax.literal(use.rule))]")
      }
      writer.line()
      let text = text(of: rules)
      let signs = SwiftSyntax.signs(around: text, "\"\"\"")
      writer.line("private static let schemas = JSONSchemas(")
      writer.indented { writer in
        writer.line("\(signs)\"\"\"")
        writer.line(text)
        writer.line("\"\"\"\(signs))")
      }
    }
  }

  /// An object of the rules by their names; each schema on a line of its own where it fits.
  static func text(of rules: [Rule]) -> String {
    let members = rules.map { rule in
      "  \(DocumentValue.jsonString(rule.name)): \(wrapped(rule.schema, indentation: 2))"
    }
    return "{\n\(members.joined(separator: ",\n"))\n}"
  }

  private static func wrapped(_ value: DocumentValue, indentation: Int) -> String {
    let single = value.json
    if single.count + indentation <= 100 { return single }
    let margin = String(repeating: " ", count: indentation + 2)
    let end = String(repeating: " ", count: indentation)
    switch value {
    case .array(let items):
      let lines = items.map { margin + wrapped($0, indentation: indentation + 2) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(end)]"
    case .object(let members):
      let lines = members.map {
        "\(margin)\(DocumentValue.jsonString($0.key)): \(wrapped($0.value, indentation: indentation + 2))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(end)}"
    default: return single
    }
  }
}
