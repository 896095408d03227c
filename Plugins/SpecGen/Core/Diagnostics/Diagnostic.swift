/// Something wrong in the specification, with its place and the way out.
package struct Diagnostic: Error, Equatable, Sendable {
  /// How bad it is: an error stops the build, a warning is most likely a mistake, a note tells what is done otherwise.
  package enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  /// A second place that explains the first: "first defined here".
  struct Note: Equatable, Sendable {
    var place: Place
    var message: String
  }

  /// What kind of mistake it is; stable, so that tests and editors can tell mistakes apart.
  var code: DiagnosticCode
  package var severity: Severity
  var place: Place
  /// What is wrong, why, and what to write instead, in one line.
  var message: String
  var notes: [Note]

  init(
    _ code: DiagnosticCode, at place: Place, _ message: String, severity: Severity = .error, notes: [Note] = []
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.message = message
    self.notes = notes
  }
}

extension [Diagnostic] {
  /// In the order of the files, each once; two at the same place keep the order in which they were found.
  func sortedByPlace() -> [Diagnostic] {
    let sorted = enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    var told: [Diagnostic] = []
    for diagnostic in sorted {
      // What an alias repeats, or what several merge, is at fault once.
      let before = told.reversed().prefix { $0.place == diagnostic.place }
      if !before.contains(diagnostic) { told.append(diagnostic) }
    }
    return told
  }
}
