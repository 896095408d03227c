extension String {
  /// Columns that the text takes, a character each.
  var width: Int { isASCII ? utf8.count : count }

  /// What stands between line ends, which are line feeds, carriage returns, or both (CommonMark 2.1).
  var lines: [String] {
    if isFree(of: "\n\r") { return [self] }
    return split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.map { String($0) }
  }

  /// The text with escapes for control characters: one line, whatever names of a document are told in it.
  var onOneLine: String {
    replacing(allBut: String.printable) {
      $0.value < 0x20 || $0.value == 0x7F ? $0.escaped(asASCII: true) : String($0)
    }
  }

  private var isASCII: Bool { consists(of: String.ascii) }
  private static let ascii = String((0x01..<0x80).map { Character(Unicode.Scalar($0)) })
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    let whole = String(self)
    // Most texts begin and end with a sign of ASCII that is seen.
    if let first = whole.utf8.first, let last = whole.utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F {
      return whole
    }
    var rest = whole[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
