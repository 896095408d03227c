/// Writes diagnostics as compilers do, so that editors and `swift build` can link them:
/// `api.yaml:12:5: error: what, why, what to do [code]`, the line, and a caret below.
struct DiagnosticPrinter {
  private let sources: SourceFiles

  init(_ sources: SourceFiles) {
    self.sources = sources
  }

  func text(of diagnostics: [Diagnostic]) -> String {
    diagnostics.sortedByPlace().map(text(of:)).joined()
  }

  private func text(of diagnostic: Diagnostic) -> String {
    let head = "\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code.rawValue)]"
    return diagnostic.notes.reduce(block(head, at: diagnostic.place)) { text, note in
      text + block("note: \(note.message)", at: note.place)
    }
  }

  private func block(_ text: String, at place: Place) -> String {
    "\(sources[place.file].path):\(place.start.line):\(place.start.column): \(text.onOneLine)\n" + excerpt(at: place)
  }

  /// The line and a caret below the place; a very long line is cut around it.
  private func excerpt(at place: Place) -> String {
    guard let line = sources[place.file].line(place.start.line) else { return "" }
    let column = min(place.start.column - 1, line.count)
    let first = column > 100 ? column - 60 : 0
    let last = min(line.count, first + 160)
    var shown = ""
    var below = ""
    if first > 0 {
      shown += "…"
      below += " "
    }
    for index in first..<last {
      shown.unicodeScalars.append(line[index])
      if index < column { below += line[index] == "\t" ? "\t" : " " }
    }
    if last < line.count { shown += "…" }
    let length = place.end.line == place.start.line ? min(place.end.column - 1, last) - column : last - column
    below += "^" + String(repeating: "~", count: max(0, length - 1))
    let number = String(place.start.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.count))
    return "\(margin)\(number) | \(shown)\n      | \(below)\n"
  }
}
