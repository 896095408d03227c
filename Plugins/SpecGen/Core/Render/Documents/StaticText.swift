/// Texts as Swift literals that hold them byte for byte.
enum StaticText {
  /// A raw multi-line string literal with as many number signs as the text calls for.
  ///
  /// It begins and ends at the margin, so that the text stands in it as it is: texts here are as long as whole documents.
  /// The text must have no carriage returns, which such a literal would turn into line feeds; nothing that SpecGen renders
  /// has any.
  static func literal(_ text: String) -> String {
    let signs = SwiftSyntax.signs(around: text, "\"\"\"", atLeast: "#")
    return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
  }
}
