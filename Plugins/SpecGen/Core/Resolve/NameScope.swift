/// The Swift names of one scope, each with the place that took it.
struct NameScope {
  /// What the names are, for messages: `the properties of User`.
  private let what: String
  /// Names that generated code has there itself.
  private let reserved: Set<String>
  private var taken: [String: (name: String, place: Place)] = [:]

  init(_ what: String, reserved: Set<String> = ["self"]) {
    self.what = what
    self.reserved = reserved
  }

  /// Names for some that stand together, each by itself as Swift writes it. Where two would be the same, or nothing is
  /// left, the signs are spelled out; what generated code needs for itself has a `_` in front.
  func names(for texts: [String]) -> [String?] {
    let short = texts.map { SwiftName.lowerCamel($0) }
    var uses: [String: Int] = [:]
    for name in short.compactMap(\.self) { uses[name, default: 0] += 1 }
    return zip(texts, short).map { text, short in
      let name = short.flatMap { uses[$0] == 1 ? $0 : nil } ?? SwiftName.spelled(text)
      return name.map { reserved.contains($0) ? "_" + $0 : $0 }
    }
  }

  /// Takes a name whose clashes have been told elsewhere.
  mutating func know(_ swiftName: String, for name: Located<String>) {
    if taken[swiftName] == nil { taken[swiftName] = (name.value, name.place) }
  }

  /// Whether a name is free.
  func takes(_ swiftName: String) -> Bool { taken[swiftName] == nil && !reserved.contains(swiftName) }

  /// Takes a Swift name for `name`; a second one of the same spelling is an error with a note at the first.
  mutating func take(
    _ swiftName: String, for name: Located<String>, advice: String? = nil, _ diagnostics: inout [Diagnostic]
  ) {
    if reserved.contains(swiftName) {
      diagnostics.error(
        .nameClash, at: name.place,
        "\"\(name.value)\" becomes \"\(swiftName)\" in Swift, a name that generated code needs for itself among \(what); \(advice ?? "rename it")"
      )
    } else if let first = taken[swiftName] {
      diagnostics.error(
        .nameClash, at: name.place,
        "\"\(name.value)\" becomes \"\(swiftName)\" in Swift, and so does \"\(first.name)\" among \(what); \(advice ?? "rename one of the two")",
        notes: [.init(place: first.place, message: "\"\(first.name)\" is defined here")])
    } else {
      taken[swiftName] = (name.value, name.place)
    }
  }

  /// The lower camel case name of `name`, taken.
  mutating func lowerCamel(
    _ name: Located<String>, advice: String? = nil, _ diagnostics: inout [Diagnostic]
  ) -> String {
    guard let swiftName = SwiftName.lowerCamel(name.value) else {
      diagnostics.error(
        .invalidName, at: name.place,
        "\"\(name.value)\" has no letter or digit that could make a Swift name; \(advice ?? "rename it")")
      return "_"
    }
    take(swiftName, for: name, advice: advice, &diagnostics)
    return swiftName
  }
}
