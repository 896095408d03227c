/// The second stage: YAML nodes → OpenAPI document. Every key must be one that its place supports.
struct Loader {
  var diagnostics: [Diagnostic] = []
  /// Every mapping that was read by its shape, schemas told apart.
  private var shapes: [Loaded.Mapping] = []
  var isOpenAPI32 = false
  /// Where `xml` stands first.
  var xml: Place?

  /// The document as far as it can be read: a fault in one part does not hide the others. Nil when nothing can.
  static func load(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Loaded? {
    var loader = Loader()
    let value = loader.value(node)
    let document = loader.document(node, value: value)
    if let place = loader.xml {
      loader.diagnostics.note(
        .unsupportedKey, at: place,
        "\"xml\" is documentation here and wherever it stands: bodies of XML are bytes that handlers read and write")
    }
    diagnostics += loader.diagnostics
    return document.map { Loaded(document: $0, shapes: loader.shapes) }
  }

  struct Loaded {
    var document: OpenAPI.Document
    /// Every mapping that was read by its shape.
    var shapes: [Mapping]

    struct Mapping {
      var place: Place
      var family: Shape.Family
    }
  }

  /// Reads two parts at the same time: components and paths are most of a large document.
  mutating func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable (inout Loader) -> First, _ second: @Sendable (inout Loader) -> Second
  ) -> (First, Second) {
    let empty = Loader(isOpenAPI32: isOpenAPI32)
    @Sendable func read<Value>(_ part: (inout Loader) -> Value) -> (value: Value, loader: Loader) {
      var loader = empty
      return (part(&loader), loader)
    }
    let (one, other) = DeepStack.both({ read(first) }, { read(second) })
    for loader in [one.loader, other.loader] {
      diagnostics += loader.diagnostics
      shapes += loader.shapes
      xml = [xml, loader.xml].compactMap(\.self).min()
    }
    return (one.value, other.value)
  }
}

/// The members of a mapping whose keys are known to be supported.
struct Fields {
  var place: Place
  private let entries: [YAMLNode.Entry]
  /// A bit for the length of each key: nearly all keys that are asked for are not there.
  private var lengths: UInt64 = 0
  /// Keys that seem to be there under another name, which has been told.
  fileprivate(set) var misspelt: Set<String> = []

  init(_ entries: [YAMLNode.Entry], at place: Place) {
    self.place = place
    self.entries = entries
    for entry in entries { lengths |= Self.length(of: entry.key.value) }
  }

  private static func length(of key: String) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: key.utf8.count) }

  private func entry(_ key: String) -> YAMLNode.Entry? {
    if lengths & Self.length(of: key) == 0 { return nil }
    for entry in entries where entry.key.value == key { return entry }
    return nil
  }

  subscript(_ key: String) -> YAMLNode? { entry(key)?.value }

  /// Whether a key is neither there nor meant by one that is misspelt.
  func lacks(_ key: String) -> Bool { entry(key) == nil && !misspelt.contains(key) }

  /// Where the key itself stands.
  func place(of key: String) -> Place? { entry(key)?.key.place }

  /// The keys that a shape knows, and where they stand.
  func keys(of shape: Shape) -> [String: Place] {
    var keys: [String: Place] = [:]
    for entry in entries where shape.knows(entry.key.value) { keys[entry.key.value] = entry.key.place }
    return keys
  }
}

// MARK: - Mappings and lists

extension Loader {
  /// The members of a mapping of this shape; nil when it is no mapping.
  mutating func fields(_ node: YAMLNode, _ shape: Shape) -> Fields? {
    guard let entries = mapping(node, shape.name) else { return nil }
    shapes.append(.init(place: node.place, family: shape.family))
    var fields = Fields(entries, at: node.place)
    for entry in entries where !shape.knows(entry.key.value) && !isForeign(entry.key.value) {
      refuse(entry.key, in: shape, &fields)
    }
    return fields
  }

  private mutating func refuse(_ key: Located<String>, in shape: Shape, _ fields: inout Fields) {
    if let advice = shape.unsupported[key.value] {
      let way = advice.isEmpty ? "nothing is skipped silently, so write it another way or remove it" : advice
      diagnostics.error(
        .unsupportedKey, at: key.place, "\"\(key.value)\" in \(shape.name) is not supported by SpecGen; \(way)")
    } else if shape.describesValue, Shape.schema.knows(key.value) {
      fields.misspelt.insert("schema")
      diagnostics.error(
        .unknownKey, at: key.place,
        "unknown key \"\(key.value)\" in \(shape.name); it speaks of the value, so write it within \"schema\"")
    } else {
      let known = shape.keys + shape.unsupported.keys.sorted()
      if let meant = Suggestion.nearest(to: key.value, among: known) { fields.misspelt.insert(meant) }
      diagnostics.error(
        .unknownKey, at: key.place,
        "unknown key \"\(key.value)\" in \(shape.name)"
          + Suggestion.text(
            for: key.value, among: known,
            else: "; it may hold \(shape.keys.map { "\"\($0)\"" }.joined(separator: ", "))"))
    }
  }

  /// Whether a key is another tool's (OpenAPI 3.1 §4.9), and not one of SpecGen's that is misspelt or misplaced.
  func isForeign(_ key: String) -> Bool {
    key.hasPrefix("x-") && !Shape.ownExtensions.contains(key)
      && Suggestion.nearest(to: key, among: Shape.ownExtensions.sorted()) == nil
  }

  /// The members of any mapping; a null is an empty one's usual mistake, so it is an error like any other.
  mutating func mapping(_ node: YAMLNode, _ what: String) -> [YAMLNode.Entry]? {
    if case .mapping(let entries) = node.content { return entries }
    wrongType(node, "\(what) must be a mapping", "write its members as \"key: value\"")
    return nil
  }

  mutating func list(_ node: YAMLNode?, _ what: String) -> [YAMLNode] {
    guard let node else { return [] }
    if case .sequence(let items) = node.content { return items }
    wrongType(node, "\(what) must be a list", "write its items as \"[a, b]\", also when there is one")
    return []
  }

  /// Members whose keys are names, each read by `read`.
  mutating func named<Value>(
    _ node: YAMLNode?, _ what: String, _ read: (inout Loader, YAMLNode.Entry) -> Value?
  ) -> [OpenAPI.Named<Value>] {
    guard let node, let entries = mapping(node, what) else { return [] }
    return entries.compactMap { entry in
      read(&self, entry).map { OpenAPI.Named(name: entry.key, value: $0) }
    }
  }

  mutating func required(_ key: String, in fields: Fields, _ shape: Shape) -> YAMLNode? {
    if let node = fields[key] { return node }
    if !fields.lacks(key) { return nil }
    diagnostics.error(.missingKey, at: fields.place, "\(shape.name) needs \"\(key)\"; add it here")
    return nil
  }
}

// MARK: - Scalars

extension Loader {
  mutating func string(_ node: YAMLNode?, _ what: String) -> Located<String>? {
    guard let node else { return nil }
    guard case .scalar(let scalar) = node.content else {
      wrongType(node, "\(what) must be a string", "write one text")
      return nil
    }
    if case .string(let text) = scalar.value { return Located(text, at: node.place) }
    wrongType(node, "\(what) must be a string", scalar.text.isEmpty ? "write one" : "write '\(scalar.text)'")
    return nil
  }

  mutating func strings(_ node: YAMLNode?, _ what: String) -> [Located<String>] {
    list(node, what).compactMap { string($0, "an item of \(what)") }
  }

  mutating func bool(_ node: YAMLNode?, _ what: String) -> Bool? {
    guard let node else { return nil }
    if case .scalar(let scalar) = node.content, case .bool(let value) = scalar.value { return value }
    wrongType(node, "\(what) must be true or false", node.text == nil ? "write one of the two" : "without quotes")
    return nil
  }

  mutating func integer(_ node: YAMLNode?, _ what: String, in range: ClosedRange<Int>) -> Located<Int>? {
    guard let node else { return nil }
    if let value = node.wholeNumber {
      if range.contains(value) { return Located(value, at: node.place) }
      let bounds =
        range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
      diagnostics.error(.invalidValue, at: node.place, "\(what) must be \(bounds), not \(value)")
    } else {
      wrongType(node, "\(what) must be a whole number", "write it in digits, without quotes")
    }
    return nil
  }

  mutating func number(_ node: YAMLNode?, _ what: String) -> Located<DocumentValue>? {
    guard let node else { return nil }
    switch located(node)?.value {
    case .integer(let number): return Located(.integer(number), at: node.place)
    case .number(let number): return Located(.number(number), at: node.place)
    default:
      // An infinite one has been told.
      if case .scalar(let scalar) = node.content, case .number = scalar.value { return nil }
      wrongType(node, "\(what) must be a number", "write it in digits, without quotes")
      return nil
    }
  }

  /// One of a closed set of words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: YAMLNode?, _ what: String, of type: Choice.Type
  ) -> Located<Choice>? where Choice.RawValue == String {
    guard let word = string(node, what) else { return nil }
    if let choice = Choice(rawValue: word.value) { return Located(choice, at: word.place) }
    let words = Choice.allCases.map(\.rawValue)
    diagnostics.error(
      .invalidValue, at: word.place,
      "\(what) must be \(words.map { "\"\($0)\"" }.joined(separator: " or "))"
        + Suggestion.text(for: word.value, among: words, else: ", not \"\(word.value)\""))
    return nil
  }

  mutating func wrongType(_ node: YAMLNode, _ message: String, _ advice: String) {
    diagnostics.error(.wrongType, at: node.place, "\(message), but here is \(node.kindOfValue); \(advice)")
  }
}

extension YAMLNode {
  /// A whole number, also one with a fraction of zero (JSON Schema 2020-12 §4.2.3); one beyond 64 bits is cut to them.
  fileprivate var wholeNumber: Int? {
    guard case .scalar(let scalar) = content else { return nil }
    switch scalar.value {
    case .integer(let value): return value
    case .number(let value) where value.rounded() == value: return Int(exactly: value) ?? (value > 0 ? .max : .min)
    default: return nil
    }
  }
}
