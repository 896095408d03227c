extension GenerationOptions.Access {
  /// A file whose public declarations have this access.
  func applied(to file: GeneratedFile) -> GeneratedFile {
    if self == .public { return file }
    let word = self == .internal ? "" : "\(rawValue) "
    var text: [String] = []
    /// What ends the text that the lines are within.
    var end: String?
    for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.trimmed
      if let closing = end {
        if content == closing { end = nil }
        text.append(String(line))
        continue
      }
      if let signs = content.split(separator: " ").last, signs.hasPrefix("#"), signs.hasSuffix("\"\"\"") {
        end = "\"\"\"" + signs.prefix { $0 == "#" }
      }
      let isDeclaration = content.hasPrefix("public ") || content.hasPrefix("@Indirect public ")
      guard isDeclaration, let range = line.firstRange(of: "public ") else {
        text.append(String(line))
        continue
      }
      text.append("\(line[..<range.lowerBound])\(word)\(line[range.upperBound...])")
    }
    return GeneratedFile(name: file.name, text: text.joined(separator: "\n"))
  }
}
