extension DocumentValue {
  /// Compact JSON (RFC 8259), members in their order.
  var json: String {
    var text = ""
    writeJSON(to: &text, indent: nil)
    return text
  }

  /// JSON for people: two spaces a level; a value without members stands on one line.
  var prettyJSON: String {
    var text = ""
    writeJSON(to: &text, indent: 0)
    return text
  }

  private func writeJSON(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let written): text += written
    case .string(let value): text += DocumentValue.jsonString(value)
    case .array(let items):
      let inner = indent.map { $0 + 1 }
      text += "["
      var isFirst = true
      for item in items {
        if !isFirst { text += "," }
        isFirst = false
        DocumentValue.breakLine(in: &text, inner)
        item.writeJSON(to: &text, indent: inner)
      }
      if !items.isEmpty { DocumentValue.breakLine(in: &text, indent) }
      text += "]"
    case .object(let members):
      let inner = indent.map { $0 + 1 }
      text += "{"
      var isFirst = true
      for member in members {
        if !isFirst { text += "," }
        isFirst = false
        DocumentValue.breakLine(in: &text, inner)
        text += DocumentValue.jsonString(member.key)
        text += indent == nil ? ":" : ": "
        member.value.writeJSON(to: &text, indent: inner)
      }
      if !members.isEmpty { DocumentValue.breakLine(in: &text, indent) }
      text += "}"
    }
  }

  /// Begins a line of JSON for people; compact JSON has one.
  private static func breakLine(in text: inout String, _ indent: Int?) {
    guard let indent else { return }
    text += "\n"
    for _ in 0..<indent { text += "  " }
  }

  /// A JSON string; everything that is no printable ASCII and no letter of another script is escaped.
  static func jsonString(_ value: String) -> String {
    if value.consists(of: plainInJSON) { return "\"\(value)\"" }
    let text = value.replacing(allBut: plainInJSON) { scalar in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case "\n": return "\\n"
      case "\r": return "\\r"
      case "\t": return "\\t"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: return String(scalar)
      }
    }
    return "\"\(text)\""
  }

  /// ASCII that stands in a JSON string as it is.
  private static let plainInJSON = String.printable.filter { $0 != "\"" && $0 != "\\" }

  /// A number as people write it: `2`, not `2.0`.
  static func plain(_ value: Double) -> String {
    let text = String(describing: value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
