/// Renders how a choice's type is read and written.
struct ChoiceCodingRenderer {
  let choice: ChoiceType
  let name: String
  let expression: ReadExpression

  func write(to writer: inout SourceWriter) {
    writer.block("extension \(name): JSONEncodable, JSONDecodable") { writer in
      writer.block("public func encode(to json: inout JSONWriter)") { writer in
        writer.line("switch self {")
        for element in choice.cases {
          writer.line("case .\(SwiftSyntax.member(element.swiftName))(let value): value.encode(to: &json)")
        }
        writer.line("}")
      }
      writer.line()
      writer.block("public static func decode(from json: inout JSONReader) -> \(name)?") { writer in
        write(choice.selection, after: "", to: &writer)
      }
    }
  }

  /// Writes the expression or the `switch` of expressions that reads a value.
  private func write(_ selection: ChoiceType.Selection, after head: String, to writer: inout SourceWriter) {
    func line(_ expression: String) {
      head.isEmpty ? writer.line(expression) : writer.assignment(head, expression)
    }
    switch selection {
    case .only(let index): line(read(index, from: "json"))
    case .trial(let branches, let isExclusive):
      if !head.isEmpty { writer.line(head) }
      writer.indented(if: !head.isEmpty) { writeTrial(branches, isExclusive, to: &$0) }
    case .tag(let member, let branches):
      if !head.isEmpty { writer.line(head) }
      writer.indented(if: !head.isEmpty) { writeTag(member, branches, to: &$0) }
    case .kind(let branches):
      writer.line("switch json.kind() {")
      for branch in branches {
        let kinds = branch.condition.map { ".\($0.rawValue)" }
        write(branch.result, after: "case \(kinds.joined(separator: ", ")):", to: &writer)
      }
      let known = branches.flatMap(\.condition)
      if Set(known).count < JSONKind.allCases.count {
        writer.line("default: json.refuseKind(besides: \(known.map { ".\($0.rawValue)" }.joined(separator: ", ")))")
      }
      writer.line("}")
    }
  }

  private func writeTag(
    _ member: String, _ branches: [ChoiceType.Branch<[String], Int>], to writer: inout SourceWriter
  ) {
    let name = SwiftSyntax.literal(member)
    writer.line("switch json.tag(\(name)) {")
    for branch in branches {
      let tags = branch.condition.map { SwiftSyntax.literal($0) }.joined(separator: ", ")
      writer.assignment("case \(tags):", read(branch.result, from: "json"))
    }
    let known = branches.flatMap(\.condition).map { SwiftSyntax.literal($0) }
    writer.call("default: json.refuseTag", [name, "besides: \(known[0])"] + known.dropFirst())
    writer.line("}")
  }

  private func writeTrial(
    _ branches: [ChoiceType.Branch<[String], Int>], _ isExclusive: Bool, to writer: inout SourceWriter
  ) {
    writer.line("json.\(isExclusive ? "oneOf" : "anyOf")(")
    writer.indented { writer in
      for (position, branch) in branches.enumerated() {
        let members = branch.condition.map { SwiftSyntax.literal($0) }
        let arguments =
          [SwiftSyntax.literal(choice.cases[branch.result].name)]
          + (members.isEmpty ? [] : ["having: \(members[0])"] + members.dropFirst())
        let end = position == branches.count - 1 ? ")" : ","
        let head = "JSONAlternative(\(arguments.joined(separator: ", ")))"
        let body = read(branch.result, from: "$0")
        let single = "\(head) { \(body) }\(end)"
        if single.count <= writer.room {
          writer.line(single)
        } else {
          writer.block(head, closing: "}\(end)") { $0.line(body) }
        }
      }
    }
  }

  private func read(_ index: Int, from json: String) -> String {
    let element = choice.cases[index]
    return "\(expression.read(element.type, from: json)).map(\(name).\(SwiftSyntax.member(element.swiftName)))"
  }
}

extension SourceWriter {
  /// Writes lines one level deeper where the condition holds.
  fileprivate mutating func indented(if condition: Bool, _ body: (inout SourceWriter) -> Void) {
    if condition { indented(body) } else { body(&self) }
  }
}
