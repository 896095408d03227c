/// A piece of SQL text as catalogs hold it, compared by its tokens: blanks, the case of words, quotes that are not needed
/// and parentheses around the whole do not count.
package struct SQLExpression: Sendable, Hashable {
  package let text: String
  private let normal: [String]

  package init(_ text: String) {
    self.init(SQLToken.all(in: text))
  }

  init(_ tokens: some Sequence<SQLToken>) {
    var tokens = Array(tokens)
    while tokens.areInParentheses { tokens = Array(tokens.dropFirst().dropLast()) }
    text = tokens.sql
    normal = tokens.map(\.normal)
  }

  package static func == (left: Self, right: Self) -> Bool { left.normal == right.normal }
  package func hash(into hasher: inout Hasher) { hasher.combine(normal) }

  var tokens: [SQLToken] { SQLToken.all(in: text) }

  /// Whether a column of this name is used.
  func mentions(_ column: String) -> Bool {
    let tokens = tokens
    return tokens.indices.contains { tokens.isName(at: $0, column) }
  }

  /// The text with other SQL in the place of columns.
  ///
  /// - Parameter replacements: SQL by column name.
  func replacing(_ replacements: [String: String]) -> SQLExpression {
    let tokens = tokens
    var result: [SQLToken] = []
    for (index, token) in tokens.enumerated() {
      if let text = replacements[token.name ?? ""], tokens.isName(at: index, token.name ?? "") {
        result += SQLToken.all(in: text)
      } else {
        result.append(token)
      }
    }
    return SQLExpression(result)
  }
}

/// A word, a quoted name, a literal or a symbol.
struct SQLToken: Sendable, Hashable {
  enum Kind: Sendable {
    case word, quoted, literal, symbol
  }

  var kind: Kind
  /// As it is written; of a quoted name, what stands between the quotes.
  var text: String

  /// The text, when it may be a name.
  var name: String? { kind == .word || kind == .quoted ? text : nil }

  var sql: String { kind == .quoted ? quoted(text) : text }

  fileprivate var normal: String {
    switch kind {
    case .word: text.lowercased()
    case .quoted where text.isPlainName: text
    case .quoted, .literal, .symbol: sql
    }
  }

  /// Whether it is this keyword.
  func `is`(_ keyword: String) -> Bool { kind == .word && text.uppercased() == keyword }

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

  /// Splits text of either dialect; comments are left out.
  static func all(in text: String) -> [SQLToken] {
    var scanner = Scanner(bytes: Array(text.utf8))
    var tokens: [SQLToken] = []
    while let token = scanner.next() { tokens.append(token) }
    return tokens
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    mutating func next() -> SQLToken? {
      skipBlanks()
      guard position < bytes.count else { return nil }
      let start = position
      switch bytes[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        return SQLToken(kind: .quoted, text: quoted(by: bytes[position]))
      // A name in quotes to SQLite; PostgreSQL writes `ARRAY['a'::text]`.
      case UInt8(ascii: "[") where start + 1 < bytes.count && isWord(bytes[start + 1]):
        while position < bytes.count && bytes[position] != UInt8(ascii: "]") { position += 1 }
        position = min(position + 1, bytes.count)
        return SQLToken(kind: .quoted, text: text(start + 1, max(start + 1, position - 1)))
      case UInt8(ascii: "'"):
        _ = quoted(by: UInt8(ascii: "'"))
        return SQLToken(kind: .literal, text: text(start, position))
      case let byte where isWord(byte):
        while position < bytes.count && isWord(bytes[position]) { position += 1 }
        let isNumber = bytes[start] >= UInt8(ascii: "0") && bytes[start] <= UInt8(ascii: "9")
        // A fraction, and X'0F'.
        if isNumber && position + 1 < bytes.count && bytes[position] == UInt8(ascii: ".") {
          position += 1
          while position < bytes.count && isWord(bytes[position]) { position += 1 }
        }
        if isNumber {
          skipSignedExponent(from: start)
        } else if position == start + 1 && position < bytes.count && bytes[position] == UInt8(ascii: "'") {
          _ = quoted(by: UInt8(ascii: "'"))
          return SQLToken(kind: .literal, text: text(start, position))
        }
        return SQLToken(kind: isNumber ? .literal : .word, text: text(start, position))
      default:
        position += 1
        // Operators may be several characters.
        while isOperator(bytes[start]), position < bytes.count, isOperator(bytes[position]) { position += 1 }
        return SQLToken(kind: .symbol, text: text(start, position))
      }
    }

    /// The rest of a number such as `1e+300`, when the scanner stands before the sign.
    private mutating func skipSignedExponent(from start: Int) {
      guard position + 1 < bytes.count, bytes[position - 1] | 0x20 == UInt8(ascii: "e"),
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-"),
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position + 1]), !bytes[start...].starts(with: "0x".utf8)
      else { return }
      position += 1
      while position < bytes.count && isWord(bytes[position]) { position += 1 }
    }

    private func isOperator(_ byte: UInt8) -> Bool { "<>=!|:+-*/%~&^@#?".utf8.contains(byte) }

    private mutating func skipBlanks() {
      while position < bytes.count {
        if bytes[position] <= 32 {
          position += 1
        } else if bytes[position...].starts(with: "--".utf8) {
          while position < bytes.count && bytes[position] != UInt8(ascii: "\n") { position += 1 }
        } else if bytes[position...].starts(with: "/*".utf8) {
          position += 2
          while position < bytes.count && !bytes[position...].starts(with: "*/".utf8) { position += 1 }
          position = min(position + 2, bytes.count)
        } else {
          return
        }
      }
    }

    /// Moves behind a quoted text; a doubled quote is one.
    private mutating func quoted(by quote: UInt8) -> String {
      var content: [UInt8] = []
      position += 1
      while position < bytes.count {
        if bytes[position] == quote {
          position += 1
          guard position < bytes.count, bytes[position] == quote else { break }
        }
        content.append(bytes[position])
        position += 1
      }
      return String(decoding: content, as: UTF8.self)
    }

    private func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    private func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
        true
      default: false
      }
    }
  }
}

extension [SQLToken] {
  var sql: String { map(\.sql).joined(separator: " ") }

  /// Whether a parenthesis opens at the start that closes at the end.
  fileprivate var areInParentheses: Bool {
    guard first?.isSymbol("(") == true else { return false }
    return closing(of: 0) == count - 1
  }

  /// Where the parenthesis closes that opens at an index; the end when it does not.
  func closing(of open: Int) -> Int {
    var depth = 0
    for index in open..<count {
      if self[index].isSymbol("(") { depth += 1 }
      if self[index].isSymbol(")") { depth -= 1 }
      if depth == 0 { return index }
    }
    return count
  }

  /// The parts between commas outside of any parentheses.
  var items: [[SQLToken]] {
    var items: [[SQLToken]] = [[]]
    var depth = 0
    for token in self {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0 && token.isSymbol(",") { items.append([]) } else { items[items.count - 1].append(token) }
    }
    return items
  }

  /// Whether a name stands there, not a function or a type.
  fileprivate func isName(at index: Int, _ name: String) -> Bool {
    guard self[index].name == name else { return false }
    if index + 1 < count && self[index + 1].isSymbol("(") { return false }
    return !(index > 0 && self[index - 1].isSymbol("::"))
  }
}

extension String {
  /// Whether it means the same without quotes, keywords aside.
  fileprivate var isPlainName: Bool {
    let bytes = utf8
    guard let first = bytes.first, first == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
    else { return false }
    return bytes.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || $0 == UInt8(ascii: "_")
    }
  }
}
