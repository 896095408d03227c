extension SourceWriter {
  /// Writes an array literal: on one line where it fits, else wrapped between the brackets, with a comma at the end.
  mutating func array(_ head: String, _ items: [String], _ tail: String) {
    let single = "\(head)[\(items.joined(separator: ", "))]\(tail)"
    if single.count <= room || items.isEmpty { return line(single) }
    list("\(head)[", items.dropLast() + ["\(items[items.count - 1]),"], "]\(tail)")
  }

  /// Writes a call whose arguments are some code, an array of values and, maybe, more code; on as few lines as it takes.
  mutating func call(_ function: String, _ first: String, _ values: [String], _ last: String? = nil) {
    let array = values.isEmpty ? nil : "[\(values.joined(separator: ", "))]"
    let single = "\(function)(\([first, array, last].compactMap { $0 }.joined(separator: ", ")))"
    if single.count <= room { return line(single) }
    line("\(function)(")
    indented { writer in
      let end = last == nil ? ")" : ","
      if let array, first.count + array.count + 3 <= writer.room {
        writer.line("\(first), \(array)\(end)")
      } else {
        writer.line("\(first),")
        writer.array("", values, end)
      }
      if let last { writer.line("\(last))") }
    }
  }

  /// Writes a call with labelled arguments, the parenthesis behind the last one.
  mutating func call(_ function: String, _ arguments: [String], _ tail: String = "") {
    let single = "\(function)(\(arguments.joined(separator: ", ")))\(tail)"
    if single.count <= room || arguments.isEmpty { return line(single) }
    line("\(function)(")
    indented { $0.fill(arguments.dropLast().map { "\($0)," } + arguments.suffix(1).map { "\($0))\(tail)" }) }
  }

  /// Writes `guard CONDITIONS else { return nil }`; a condition with a line feed may be broken there.
  mutating func guarding(_ conditions: [String]) {
    let whole = conditions.map { $0.split(separator: "\n  ").joined() }
    let single = "guard \(whole.joined(separator: ", ")) else { return nil }"
    if single.count <= room { return line(single) }
    line("guard")
    indented { writer in
      for index in conditions.indices {
        let end = index == conditions.count - 1 ? "" : ","
        writer.line((whole[index].count + end.count <= writer.room ? whole[index] : conditions[index]) + end)
      }
    }
    line("else { return nil }")
  }
}
