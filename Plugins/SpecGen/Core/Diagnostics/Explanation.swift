/// What a kind of mistake is about, for whoever meets it for the first time: `specgen explain CODE`.
struct Explanation {
  /// What is wrong, in a few words.
  var title: String
  /// Why it is a mistake, and what to do.
  var why: String
  /// How it looks, and how it should: parts of a document, from its root.
  var wrong: String
  var right: String

  init(_ title: String, _ why: String, wrong: String, right: String) {
    self.title = title
    self.why = why
    self.wrong = wrong
    self.right = right
  }

  /// Of every code.
  static let all: [DiagnosticCode: Explanation] =
    [parse, link, load, names, operations, schemas, values, storage, lint]
    .reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

  func text(_ code: DiagnosticCode) -> String {
    """
    \(code.rawValue): \(title)

    \(why)

    Wrong:

    \(Self.indented(wrong))

    Right:

    \(Self.indented(right))

    """ + "\n"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }
}

extension Pipeline {
  /// What a code means, with an example; nil for a code that does not exist.
  package static func explanation(of code: String) -> String? {
    guard let code = DiagnosticCode(rawValue: code) else { return nil }
    return Explanation.all[code]?.text(code)
  }

  /// Every code with its title, one a line.
  package static var explanations: String {
    let codes = DiagnosticCode.allCases
    let width = codes.map(\.rawValue.count).max() ?? 0
    return codes.map { code in
      let margin = String(repeating: " ", count: width - code.rawValue.count)
      return "\(code.rawValue)\(margin)  \(Explanation.all[code]?.title ?? "")\n"
    }.joined()
  }

  /// `; did you mean "name-clash"?`
  package static func suggestion(forCode code: String) -> String {
    Suggestion.text(for: code, among: DiagnosticCode.allCases.map(\.rawValue), else: "; \"specgen explain\" lists them")
  }
}
