import FoundationEssentials
import Values

/// The words that somebody looks for; all of them must be there. Whatever else was typed is left out, so nothing of it
/// can be syntax, and both engines are asked for the same.
public struct SearchText: Sendable, Hashable {
  let words: [String]

  public init(_ text: String) {
    words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// For PostgreSQL's `plainto_tsquery`: A to Z in small letters, as they are indexed.
  public var text: String {
    let bytes = words.joined(separator: " ").utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// For FTS5, within the rows of one owner.
  ///
  /// - Parameter owner: the first column of the primary key.
  public func match(owner: SQLValue) -> String {
    // An empty one is in no row.
    let quoted = words.isEmpty ? ["\"\""] : words.map { "\"\($0)\"" }
    return "search_owner : \"\(Self.hex(owner))\" AND - {search_key search_owner} : (\(quoted.joined(separator: " ")))"
  }

  /// As SQLite's `hex()`.
  private static func hex(_ value: SQLValue) -> String {
    let bytes: [UInt8] =
      switch value {
      case .uuid(let value): withUnsafeBytes(of: value.uuid) { Array($0) }
      case .bytes(let value): value
      case .text(let value), .json(let value): Array(value.utf8)
      case .int(let value): Array("\(value)".utf8)
      case .timestamp(let value): Array("\(value.milliseconds)".utf8)
      case .date(let value): Array(value.iso8601.utf8)
      case .bool(let value): [value ? 0x31 : 0x30]
      case .double, .null: []
      }
    let digits = Array("0123456789ABCDEF".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}

/// A row that was found, and where in it.
public struct SearchHit<Row: Sendable>: Sendable {
  public var row: Row
  public var snippet: [SnippetPart]

  public init(row: Row, snippet: [SnippetPart]) {
    self.row = row
    self.snippet = snippet
  }
}

/// A piece of a text around what was found: what was found itself, or what stands between.
public struct SnippetPart: Sendable, Hashable {
  public var text: String
  public var isMatch: Bool

  public init(_ text: String, isMatch: Bool = false) {
    self.text = text
    self.isMatch = isMatch
  }

  /// How many characters a snippet has at most, dots that stand for the rest not counted.
  static let greatestLength = 200
  /// How many characters stand before the first match.
  static let lead = 60

  /// The part of `text` with the first of the words in it, or its beginning; both engines' results look the same,
  /// because neither of them makes it.
  public static func snippet(of text: String, for search: SearchText) -> [SnippetPart] {
    let words = Set(search.words.map { $0.lowercased() })
    var first: String.Index?
    forEachWord(of: text[...]) { word in
      guard words.contains(word.lowercased()) else { return true }
      first = word.startIndex
      return false
    }
    var start = text.startIndex
    if let first, let index = text.index(first, offsetBy: -lead, limitedBy: text.startIndex) {
      // Behind the white space that follows, lest a word be cut.
      start = text[index..<first].firstIndex(where: \.isWhitespace).map { text.index(after: $0) } ?? index
    }
    let end = text.index(start, offsetBy: greatestLength, limitedBy: text.endIndex) ?? text.endIndex
    var parts: [SnippetPart] = start > text.startIndex ? [SnippetPart("…")] : []
    var plain = start
    forEachWord(of: text[start..<end]) { word in
      guard words.contains(word.lowercased()) else { return true }
      parts.append(String(text[plain..<word.startIndex]), isMatch: false)
      parts.append(String(word), isMatch: true)
      plain = word.endIndex
      return true
    }
    parts.append(String(text[plain..<end]) + (end < text.endIndex ? "…" : ""), isMatch: false)
    return parts
  }

  /// Calls `body` with each word until it answers false.
  private static func forEachWord(of text: Substring, _ body: (Substring) -> Bool) {
    var rest = text
    while let start = rest.firstIndex(where: { $0.isLetter || $0.isNumber }) {
      rest = rest[start...]
      let word = rest.prefix { $0.isLetter || $0.isNumber }
      if !body(word) { return }
      rest = rest[word.endIndex...]
    }
  }
}

extension [SnippetPart] {
  /// Appends a part, to the last one where it is of the same kind; nothing when it is empty.
  fileprivate mutating func append(_ text: String, isMatch: Bool) {
    if text.isEmpty { return }
    if let last = indices.last, self[last].isMatch == isMatch {
      self[last].text += text
    } else {
      append(SnippetPart(text, isMatch: isMatch))
    }
  }
}
