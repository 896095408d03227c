/// Renders `Problems.swift`: the problems that operations name.
enum ProblemsRenderer {
  static func file(for api: API) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    if !api.problems.isEmpty {
      writer.line()
      writer.line("import HTTP")
      writer.line()
      write(api.problems, to: &writer)
    }
    return GeneratedFile(name: "Problems.swift", text: writer.text)
  }

  private static func write(_ problems: [ProblemDeclaration], to writer: inout SourceWriter) {
    writer.doc(["The problems of `x-problems`."])
    writer.block("public enum Problems") { writer in
      for (index, problem) in problems.enumerated() {
        if index > 0 { writer.line() }
        writer.doc(["\(problem.status): \(problem.title)."])
        writer.call(
          "public static let \(SwiftSyntax.identifier(problem.swiftName)) = Problem",
          [
            "status: \(problem.status)", "code: \(SwiftSyntax.literal(problem.code))",
            "title: \(SwiftSyntax.literal(problem.title))", "detail: \(SwiftSyntax.literal(problem.detail))",
          ])
      }
    }
  }
}
