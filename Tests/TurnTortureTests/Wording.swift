/// What visitors say: a tag, what the upstream shall do, and words that come back one by one.
enum Wording {
  /// What the upstream does wrong, each as often as the others; half of the messages meet none.
  static let faults = [
    "[fault:cut]", "[fault:cut-inside]", "[fault:error-late]", "[fault:garbage-late]", "[fault:huge-line]",
    "[fault:stall]", "[fault:stall-late]", "[fault:endless]", "[fault:trickle]", "[fault:split]", "[fault:nousage]",
    "[fault:reset]", "[fault:garbage]", "[fault:empty]", "[fault:huge]", "[fault:error]", "[fault:slow]",
    "[fault:nul]", "[fault:401]", "[fault:500]", "[fault:500][times:1]", "[fault:503][times:1]",
    "[fault:429][retry:1]", "[fault:429][retry:1][times:1]", "[fault:reset][times:1]", "[fault:cut][times:1]",
  ]

  private static let words = ["the", "sea", "naïve", "水は", "привет", "😀", "👩‍🚀", "and", "Straße", "sand"]

  static func random(_ tag: String) -> String {
    let fault = Bool.random() ? "" : faults.randomElement() ?? ""
    let pace = "[pace:\(Int.random(in: 1...40))]"
    let text = (0..<Int.random(in: 1...30)).map { _ in words.randomElement() ?? "" }.joined(separator: " ")
    return "\(tag) \(fault)\(pace) \(text)"
  }

  /// The tag of a message, of the upstream's as well.
  static func tag(of content: String) -> String {
    String(content.prefix { $0 != " " })
  }

  /// The fault that a message asks for.
  static func fault(of content: String) -> String? {
    faults.filter { content.contains($0) }.max { $0.count < $1.count }
  }

  /// How many of the attempts to have a message answered met its fault.
  static func met(_ fault: String, by attempts: Int) -> Int {
    fault.hasSuffix("[times:1]") ? min(attempts, 1) : attempts
  }
}
