extension String {
  /// As a token of a JSON Pointer (RFC 6901 §3).
  var asPointerToken: String {
    if isFree(of: "~/") { return self }
    var token = ""
    for character in self {
      switch character {
      case "~": token += "~0"
      case "/": token += "~1"
      default: token.append(character)
      }
    }
    return token
  }

  /// The text that a token of a JSON Pointer stands for: `~1` is `/`, `~0` is `~` (RFC 6901 §4).
  var fromPointerToken: String {
    if isFree(of: "~") { return self }
    return split(separator: "~", omittingEmptySubsequences: false).enumerated().reduce("") { text, part in
      if part.offset == 0 { return String(part.element) }
      switch part.element.first {
      case "0": return text + "~" + part.element.dropFirst()
      case "1": return text + "/" + part.element.dropFirst()
      default: return text + "~" + part.element
      }
    }
  }
}
