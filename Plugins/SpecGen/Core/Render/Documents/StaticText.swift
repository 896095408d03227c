/// Texts as Swift literals that hold them byte for byte.
enum StaticText {
  /// A raw multi-line string literal with as many number signs as the text calls for.
  ///
  /// The text must have no carriage returns, which such a literal would turn into line feeds; nothing that SpecGen renders
  /// has any.
  static func literal(_ text: String, indent: String) -> String {
    var signs = "#"
    while text.contains("\"\"\"" + signs) || text.contains("\\" + signs) { signs += "#" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : indent + $0 }
    return "\(signs)\"\"\"\n\(lines.joined(separator: "\n"))\n\(indent)\"\"\"\(signs)"
  }
}
