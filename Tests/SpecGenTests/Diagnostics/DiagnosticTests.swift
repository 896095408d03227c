import Testing

@testable import SpecGenCore

@Suite struct DiagnosticTests {
  @Test("The nearest word is suggested, and none when all are far")
  func suggestion() {
    let keys = ["summary", "description", "operationId", "tags"]
    #expect(Suggestion.nearest(to: "sumary", among: keys) == "summary")
    #expect(Suggestion.nearest(to: "operation_id", among: keys) == "operationId")
    #expect(Suggestion.nearest(to: "tgas", among: keys) == "tags")
    #expect(Suggestion.nearest(to: "parameters", among: keys) == nil)
    #expect(Suggestion.distance(Array("kitten"), Array("sitting")) == 3)
    #expect(Suggestion.distance([], Array("ab")) == 2)
  }

  @Test("Diagnostics are printed in the order of the file, with line, caret and notes")
  func printing() {
    let source = "a: 1\nb: two\nc: [é, x]\n"
    let place = { (line: Int, from: Int, to: Int) in
      Place(Position(line: line, column: from), Position(line: line, column: to))
    }
    let diagnostics = [
      Diagnostic(.wrongType, at: place(3, 8, 9), "x is wrong"),
      Diagnostic(
        .unknownKey, at: place(2, 1, 2), "b is unknown", notes: [.init(place: place(1, 1, 2), message: "a is here")]),
    ]
    let text = DiagnosticPrinter(SourceFiles(path: "api.yaml", bytes: Array(source.utf8))).text(of: diagnostics)
    #expect(
      text == """
        api.yaml:2:1: error: b is unknown [unknown-key]
            2 | b: two
              | ^
        api.yaml:1:1: note: a is here
            1 | a: 1
              | ^
        api.yaml:3:8: error: x is wrong [wrong-type]
            3 | c: [é, x]
              |        ^

        """)
  }

  @Test("A very long line is cut around the place")
  func longLine() {
    let source = String(repeating: "x", count: 500) + "!" + String(repeating: "y", count: 500)
    let text = DiagnosticPrinter(SourceFiles(path: "a", bytes: Array(source.utf8)))
      .text(of: [Diagnostic(.invalidYAML, at: Place(line: 1, column: 501), "here")])
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].count < 190)
    #expect(lines[1].dropFirst(lines[2].count - 1).first == "!")
  }
}
