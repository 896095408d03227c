/// Texts as Swift literals that hold them byte for byte.
enum StaticText {
  /// A raw multi-line string literal with as many number signs as the text calls for.
  ///
  /// It begins and ends at the margin, so that the text stands in it as it is: texts here are as long as whole documents.
  /// The text must have no carriage returns, which such a literal would turn into line feeds; nothing that SpecGen renders
  /// has any.
  static func literal(_ text: String) -> String {
    let signs = String(repeating: "#", count: signs(text))
    return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
  }

  /// One more than follow a backslash or three quotes anywhere in the text, which then mean nothing.
  private static func signs(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var most = 0
      var quotes = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
        index += 1
        guard byte == UInt8(ascii: "\\") || quotes >= 3 else { continue }
        var signs = 0
        while index + signs < bytes.count, bytes[index + signs] == UInt8(ascii: "#") { signs += 1 }
        most = max(most, signs)
      }
      return most + 1
    }
  }
}
