/// Text and descriptions as HTML.
enum HTMLText {
  /// Text for a place between tags or in a quoted attribute. HTML has no words for control characters.
  static func escaped(_ text: some StringProtocol) -> String {
    let whole = String(text)
    if whole.consists(of: plain) { return whole }
    return whole.replacing(allBut: plain) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\r": " "
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): "\u{FFFD}"
      default: String(scalar)
      }
    }
  }

  /// ASCII that HTML takes as it is.
  private static let plain = ("\t\n" + String.printable).filter { !"&<>\"".contains($0) }

  /// One line of a description: `code` between backticks, everything else as it was written.
  static func inline(_ text: String) -> String {
    if text.isFree(of: "`") { return escaped(text) }
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count.isMultiple(of: 2) == false else { return escaped(text) }
    return parts.enumerated().map { index, part in
      index.isMultiple(of: 2) ? escaped(part) : "<code>\(escaped(part))</code>"
    }.joined()
  }

  /// A description: paragraphs between empty lines, and lists of lines that begin with a hyphen (CommonMark has more;
  /// what is not honoured stays readable as it was written).
  static func blocks(_ description: String?) -> String {
    guard let description else { return "" }
    var result = ""
    for block in paragraphs(description) {
      if block.allSatisfy({ $0.hasPrefix("- ") }) {
        result += "<ul>\n" + block.map { "<li>\(inline(String($0.dropFirst(2))))</li>\n" }.joined() + "</ul>\n"
      } else {
        result += "<p>\(inline(block.joined(separator: " ")))</p>\n"
      }
    }
    return result
  }

  private static func paragraphs(_ text: String) -> [[String]] {
    text.lines.split { $0.isEmpty }.map { Array($0) }
  }

  /// An identifier for an anchor: letters, digits and hyphens.
  static func anchor(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }
}
