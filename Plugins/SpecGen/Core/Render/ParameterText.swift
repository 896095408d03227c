/// A parameter's value as text, the way that clients write it (OpenAPI 3.1 §4.8.12.3).
struct ParameterText {
  let parameter: Parameter

  /// What stands in the path or the header.
  func text(_ value: DocumentValue) -> String {
    let name = parameter.name
    guard case .style(let style, let explode) = parameter.encoding else { return encoded(value.json) }
    guard let parts = parts(value, explode: explode) else { return prefix(style) + encoded(plain(value)) }
    switch (style, explode) {
    case (.label, true): return "." + parts.joined(separator: ".")
    case (.matrix, true):
      if case .array = value { return parts.map { ";\(name)=\($0)" }.joined() }
      return parts.map { ";\($0)" }.joined()
    default: return prefix(style) + parts.joined(separator: ",")
    }
  }

  /// The pairs of the query or of the cookies.
  func pairs(_ value: DocumentValue) -> [(name: String, text: String)] {
    let name = parameter.name
    guard case .style(let style, let explode) = parameter.encoding else { return [(name, encoded(value.json))] }
    switch value {
    case .array(let items) where explode: return items.map { (name, encoded(plain($0))) }
    case .object(let members) where explode || style == .deepObject:
      return members.flatMap { member -> [(name: String, text: String)] in
        let key = style == .deepObject ? "\(name)[\(member.key)]" : member.key
        if case .array(let items) = member.value { return items.map { (key, encoded(plain($0))) } }
        return [(key, encoded(plain(member.value)))]
      }
    default:
      let separator =
        switch style {
        case .spaceDelimited: "%20"
        case .pipeDelimited: "%7C"
        default: ","
        }
      return [(name, parts(value, explode: false)?.joined(separator: separator) ?? encoded(plain(value)))]
    }
  }

  private func prefix(_ style: Parameter.Style) -> String {
    switch style {
    case .label: "."
    case .matrix: ";\(parameter.name)="
    default: ""
    }
  }

  /// The texts of an array's items, or of an object's members after their names; nil for one value.
  private func parts(_ value: DocumentValue, explode: Bool) -> [String]? {
    switch value {
    case .array(let items): items.map { encoded(plain($0)) }
    case .object(let members):
      members.flatMap { member in
        let texts = [encoded(member.key), encoded(plain(member.value))]
        return explode ? [texts.joined(separator: "=")] : texts
      }
    default: nil
    }
  }

  private func plain(_ value: DocumentValue) -> String { value.text ?? value.json }

  /// Header fields have no encoding of their own.
  func encoded(_ text: String) -> String {
    if parameter.location == .header { return text }
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}
