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
      DocumentValue.writeList(items, "[", "]", to: &text, indent: indent) { item, text, indent in
        item.writeJSON(to: &text, indent: indent)
      }
    case .object(let members):
      DocumentValue.writeList(members, "{", "}", to: &text, indent: indent) { member, text, indent in
        text += DocumentValue.jsonString(member.key) + (indent == nil ? ":" : ": ")
        member.value.writeJSON(to: &text, indent: indent)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: Int?,
    write: (Element, inout String, Int?) -> Void
  ) {
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
      write(element, &text, indent.map { $0 + 1 })
    }
    if let indent, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  /// A JSON string; everything that is no printable ASCII and no letter of another script is escaped.
  static func jsonString(_ value: String) -> String {
    if value.consists(of: plainInJSON) { return "\"\(value)\"" }
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// ASCII that stands in a JSON string as it is.
  private static let plainInJSON = String(
    (0x20..<0x7F).map { Character(Unicode.Scalar($0)) }.filter { $0 != "\"" && $0 != "\\" })

  /// A number as people write it: `2`, not `2.0`.
  static func plain(_ value: Double) -> String {
    let text = String(describing: value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
