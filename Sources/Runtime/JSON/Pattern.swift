/// A regular expression of a schema, matched in time linear in the text whatever the text is.
///
/// The syntax is the part of ECMA-262 that ``PatternParser`` reads. SpecGen refuses other patterns at build time; here,
/// one of them matches nothing.
public struct Pattern: Sendable {
  /// As written.
  public let source: String
  private let program: PatternProgram

  /// Compiles a pattern.
  public init(_ source: String) {
    self.source = source
    program = (try? PatternParser.parse(source)).flatMap(PatternProgram.init) ?? .failing
  }

  /// Whether the pattern matches some part of a text: it is not anchored (JSON Schema 2020-12 §6.3.3).
  public func matches(_ text: String) -> Bool {
    program.matches(text.unicodeScalars)
  }

  /// Whether a text is a pattern that can be compiled.
  package static func isValid(_ source: String) -> Bool {
    (try? PatternParser.parse(source)).flatMap(PatternProgram.init) != nil
  }
}
