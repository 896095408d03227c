/// All that is wrong in a specification: what a stage that fails throws.
package struct Diagnostics: Error, Equatable, Sendable {
  package var list: [Diagnostic]

  init(_ list: [Diagnostic]) {
    self.list = list
  }
}

extension [Diagnostic] {
  /// Notes an error.
  mutating func error(
    _ code: DiagnosticCode, at place: Place, _ message: String, notes: [Diagnostic.Note] = []
  ) {
    append(Diagnostic(code, at: place, message, notes: notes))
  }

  /// Notes what is most likely a mistake, and stops nothing.
  mutating func warning(
    _ code: DiagnosticCode, at place: Place, _ message: String, notes: [Diagnostic.Note] = []
  ) {
    append(Diagnostic(code, at: place, message, severity: .warning, notes: notes))
  }

  /// Notes what is done otherwise than one might expect.
  mutating func note(
    _ code: DiagnosticCode, at place: Place, _ message: String, notes: [Diagnostic.Note] = []
  ) {
    append(Diagnostic(code, at: place, message, severity: .note, notes: notes))
  }

  var hasErrors: Bool { contains { $0.severity == .error } }
}
