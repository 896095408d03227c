extension DocumentValue {
  /// Block-style YAML 1.2 for people, members in their order; scalars are written so that YAML 1.1 reads them alike.
  var yaml: String {
    var text = ""
    writeYAML(to: &text, indent: 0, afterKey: false)
    return text.hasPrefix("\n") ? String(text.dropFirst()) : text
  }

  /// Writes the value after `key:` or `-`, up to and including the end of its last line.
  private func writeYAML(to text: inout String, indent: Int, afterKey: Bool) {
    // The first member or item stands where the value does, the others on lines of their own.
    var beginsLine = afterKey
    switch self {
    case .object(let members) where !members.isEmpty:
      if afterKey { text += "\n" }
      for member in members {
        for _ in 0..<(beginsLine ? indent : 0) { text += "  " }
        beginsLine = true
        text += DocumentValue.yamlString(member.key)
        text += ":"
        member.value.writeYAMLValue(to: &text, indent: indent)
      }
    case .array(let items) where !items.isEmpty:
      if afterKey { text += "\n" }
      for item in items {
        for _ in 0..<(beginsLine ? indent : 0) { text += "  " }
        beginsLine = true
        text += "- "
        item.writeYAML(to: &text, indent: indent + 1, afterKey: false)
      }
    case .object: text += "{}\n"
    case .array: text += "[]\n"
    case .string(let value): text += DocumentValue.yamlString(value) + "\n"
    default: text += json + "\n"
    }
  }

  private func writeYAMLValue(to text: inout String, indent: Int) {
    switch self {
    case .object(let members) where !members.isEmpty:
      writeYAML(to: &text, indent: indent + 1, afterKey: true)
    case .array(let items) where !items.isEmpty:
      writeYAML(to: &text, indent: indent + 1, afterKey: true)
    case .string(let value) where DocumentValue.isBlockText(value):
      let margin = String(repeating: "  ", count: indent + 1)
      text += value.hasSuffix("\n") ? " |\n" : " |-\n"
      for line in (value.hasSuffix("\n") ? value.dropLast() : value[...]).split(
        separator: "\n", omittingEmptySubsequences: false)
      {
        text += (line.isEmpty ? "" : margin + line) + "\n"
      }
    default:
      text += " "
      writeYAML(to: &text, indent: indent, afterKey: false)
    }
  }

  /// Whether a literal block (`|`) says the text as it is: several lines, none of which begins or ends in a space.
  private static func isBlockText(_ value: String) -> Bool {
    if value.isFree(of: "\n") { return false }
    let body = value.hasSuffix("\n") ? value.dropLast() : value[...]
    guard body.contains("\n") else { return false }
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.first?.isEmpty == false && lines.last?.isEmpty == false
      && lines.allSatisfy { line in
        line.first != " " && line.last != " "
          && line.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value < 0x7F || $0.value >= 0xA0 && $0.value < 0x2028
          }
      }
  }

  /// Plain where no reader can take it for something else, otherwise in double quotes, which read as JSON's do.
  private static func yamlString(_ value: String) -> String {
    guard let first = value.utf8.first, let last = value.utf8.last, last != UInt8(ascii: " "),
      last != UInt8(ascii: ":"),
      beginnings.contains(first), value.consists(of: plainInYAML),
      value.isFree(of: ":#") || (!value.contains(": ") && !value.contains(" #")),
      value.utf8.count > 5 || !reserved.contains(value.lowercased())
    else { return jsonString(value) }
    return value
  }

  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  /// What a plain scalar begins with here.
  private static let beginnings = Set((letters + "/$").utf8)
  /// What a plain scalar may hold.
  private static let plainInYAML = letters + "0123456789 -_.,$/;(){}=+:'`*&#<>|?!%"
  /// What YAML 1.1 or 1.2 takes for something else than a text.
  private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
}
