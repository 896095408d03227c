/// SQL in the pieces that matter here: what is to be replaced, and all the rest as it is.
enum SQLText {
  enum Token: Equatable {
    case text(String)
    /// `:name`.
    case parameter(String)
    /// `{columns}`, or `{alias.columns}`.
    case columns(alias: String?)
    /// `$1` or `?1`.
    case positional(String)
    /// A quote or a comment without its end.
    case unclosed(String)
  }

  static func tokens(_ sql: String) -> [Token] {
    var scanner = Scanner(rest: Array(sql.unicodeScalars)[...])
    return scanner.tokens()
  }

  /// `SELECT`, in capitals.
  static func firstWord(_ sql: String) -> String {
    String(sql.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }).uppercased()
  }

  private struct Scanner {
    var rest: ArraySlice<Unicode.Scalar>
    var found: [Token] = []
    var text = ""

    mutating func tokens() -> [Token] {
      while let scalar = rest.first {
        let next = rest.dropFirst().first
        switch (scalar, next) {
        case ("'", _): copy(through: ["'"], after: 1, "a string")
        case ("\"", _): copy(through: ["\""], after: 1, "a quoted name")
        case ("-", "-"): copyLine()
        case ("/", "*"): copy(through: ["*", "/"], after: 2, "a comment")
        case (":", ":"): copy(2)
        case (":", let next?) where Self.isLetter(next):
          rest = rest.dropFirst()
          emit(.parameter(word()))
        case ("$", let next?) where next.properties.numericType != nil,
          ("?", let next?) where next.properties.numericType != nil:
          rest = rest.dropFirst()
          emit(.positional(String(String.UnicodeScalarView([scalar])) + word()))
        case ("{", _): placeholder()
        default:
          // A word is copied whole, so that no sign within it is taken for a parameter.
          if Self.isLetter(scalar) { text += word() } else { copy(1) }
        }
      }
      if !text.isEmpty { found.append(.text(text)) }
      return found
    }

    private mutating func emit(_ token: Token) {
      if !text.isEmpty { found.append(.text(text)) }
      text = ""
      found.append(token)
    }

    private mutating func copy(_ count: Int) {
      text.unicodeScalars.append(contentsOf: rest.prefix(count))
      rest = rest.dropFirst(count)
    }

    private mutating func copyLine() {
      copy(rest.firstIndex(of: "\n").map { $0 - rest.startIndex } ?? rest.count)
    }

    private mutating func copy(through end: [Unicode.Scalar], after start: Int, _ what: String) {
      copy(start)
      while !rest.isEmpty {
        if rest.starts(with: end) { return copy(end.count) }
        copy(1)
      }
      emit(.unclosed(what))
    }

    private mutating func placeholder() {
      let inside = rest.dropFirst().prefix { $0 != "}" }
      let content = String(String.UnicodeScalarView(inside))
      guard content == "columns" || content.hasSuffix(".columns") else { return copy(1) }
      rest = rest.dropFirst(inside.count + 2)
      emit(.columns(alias: content == "columns" ? nil : String(content.dropLast(".columns".count))))
    }

    private mutating func word() -> String {
      let word = rest.prefix { Self.isLetter($0) || $0.properties.numericType != nil }
      rest = rest.dropFirst(word.count)
      return String(String.UnicodeScalarView(word))
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "_" || scalar.properties.isAlphabetic
    }
  }
}
