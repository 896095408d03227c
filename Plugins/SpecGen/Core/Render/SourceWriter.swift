/// Text of a generated file, line by line, with an indentation of two spaces a level.
struct SourceWriter: Sendable {
  /// What was written so far; every line ends with a line feed.
  private(set) var text = ""
  private var level = 0

  /// The longest line that the generated code should have.
  static let width = 120

  init() {}

  /// Columns that are left for a line at this level.
  var room: Int { SourceWriter.width - 2 * level }

  /// Writes an empty line.
  mutating func line() {
    text += "\n"
  }

  /// Writes a line, or each line of several; an empty one has no indentation.
  mutating func line(_ content: String) {
    if content.isFree(of: "\n") {
      for _ in 0..<(content.isEmpty ? 0 : level) { text += "  " }
      text += content
      text += "\n"
      return
    }
    for line in content.lines {
      if !line.isEmpty {
        for _ in 0..<level { text += "  " }
        text += line
      }
      text += "\n"
    }
  }

  /// Writes lines one level deeper.
  mutating func indented(_ body: (inout SourceWriter) -> Void) {
    level += 1
    body(&self)
    level -= 1
  }

  /// Writes `opening {`, the body one level deeper, and the closing brace.
  mutating func block(
    _ opening: String, closing: String = "}", _ body: (inout SourceWriter) -> Void
  ) {
    line(opening.isEmpty ? "{" : "\(opening) {")
    indented(body)
    line(closing)
  }

  /// Writes a call or declaration with its items on one line where they fit, else wrapped between the parentheses.
  ///
  /// - Parameters:
  ///   - head: what stands before the items, opening parenthesis included.
  ///   - items: the arguments or parameters.
  ///   - tail: what stands after them, closing parenthesis included.
  mutating func list(_ head: String, _ items: [String], _ tail: String) {
    let single = head + items.joined(separator: ", ") + tail
    if single.width <= room || items.isEmpty { return line(single) }
    line(head)
    indented { $0.fill(items.dropLast().map { "\($0)," } + items.suffix(1)) }
    line(tail)
  }

  /// Writes pieces behind one another on as few lines as they fit.
  mutating func fill(_ pieces: [String]) {
    var current = ""
    for piece in pieces {
      if !current.isEmpty, current.width + 1 + piece.width > room {
        line(current)
        current = ""
      }
      current += current.isEmpty ? piece : " \(piece)"
    }
    line(current)
  }

  /// Writes a documentation comment of paragraphs, wrapped; nothing when there is no text.
  mutating func doc(_ paragraphs: [String?]) {
    var isFirst = true
    for case let paragraph? in paragraphs {
      // Of U+0000 the compiler warns in comments too.
      let paragraph = paragraph.isFree(of: "") ? paragraph.trimmed : paragraph.filter { $0 != "\0" }.trimmed
      if paragraph.isEmpty { continue }
      if !isFirst { line("///") }
      isFirst = false
      for text in SourceWriter.wrapped(paragraph, width: room - 4) {
        line(text.isEmpty ? "///" : "/// \(text)")
      }
    }
  }

  /// Breaks prose at spaces so that no line is longer than `width`; keeps empty lines and indentation.
  static func wrapped(_ prose: String, width: Int) -> [String] {
    var lines: [String] = []
    for line in prose.lines {
      if line.width <= width {
        lines.append(line)
        continue
      }
      let indentation = String(line.prefix { $0 == " " })
      var current = indentation
      for word in line.dropFirst(indentation.count).split(separator: " ", omittingEmptySubsequences: false) {
        if current.count == indentation.count {
          current += word
        } else if current.count + 1 + word.count <= width {
          current += " " + word
        } else {
          lines.append(current)
          current = indentation + word
        }
      }
      lines.append(current)
    }
    return lines
  }
}
