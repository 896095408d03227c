extension String {
  /// Columns that the text takes, a character each.
  var width: Int { isASCII ? utf8.count : count }

  private var isASCII: Bool { consists(of: String.ascii) }
  private static let ascii = String((0x01..<0x80).map { Character(Unicode.Scalar($0)) })
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
