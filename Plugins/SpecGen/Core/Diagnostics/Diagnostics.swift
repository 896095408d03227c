/// All that is wrong in a specification: what a stage that fails throws.
package struct Diagnostics: Error, Equatable, Sendable {
  package var list: [Diagnostic]

  init(_ list: [Diagnostic]) {
    self.list = list
  }

  init(_ code: DiagnosticCode, at place: Place, _ message: String) {
    self.list = [Diagnostic(code, at: place, message)]
  }
}

extension [Diagnostic] {
  /// Notes an error.
  mutating func error(
    _ code: DiagnosticCode, at place: Place, _ message: String, notes: [Diagnostic.Note] = []
  ) {
    append(Diagnostic(code, at: place, message, notes: notes))
  }

  var hasErrors: Bool { contains { $0.severity == .error } }
}
