/// The first stage: bytes → YAML nodes.
///
/// Duplicate keys are errors, aliases are replaced by what they stand for, depth and expanded size are bounded.
struct YAMLParser: ~Copyable {
  /// How deep a document may nest.
  static let maximumDepth = 128
  /// How many nodes a document may have once its aliases are replaced.
  static let maximumNodes = 1_000_000

  private var events: YAMLEventSource
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var size = 0
  private var diagnostics: [Diagnostic] = []

  private init(_ bytes: [UInt8], file: Int) throws(Diagnostic) {
    events = try YAMLEventSource(bytes, file: file)
  }

  /// The one document of `bytes`, when nothing is wrong with it.
  static func parse(_ bytes: [UInt8]) throws(Diagnostics) -> YAMLNode {
    var diagnostics: [Diagnostic] = []
    guard let node = document(bytes, &diagnostics), diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    return node
  }

  /// The one document of a file as far as it can be read: what is wrong with a key does not hide the rest. Nil when
  /// nothing can be read.
  static func document(_ bytes: [UInt8], file: Int = 0, _ diagnostics: inout [Diagnostic]) -> YAMLNode? {
    guard let documents = documents(bytes, file: file, &diagnostics) else { return nil }
    guard let first = documents.first else {
      diagnostics.error(
        .emptyDocument, at: Place(line: 1, column: 1, file: file),
        "the file is empty; an OpenAPI document starts with \"openapi: 3.1.1\"")
      return nil
    }
    if documents.count > 1 {
      diagnostics.error(
        .severalDocuments, at: documents[1].place,
        "a second YAML document starts here, but a file holds one; remove the \"---\" before it")
    }
    return first
  }

  /// All documents of a stream.
  static func documents(_ bytes: [UInt8]) throws(Diagnostics) -> [YAMLNode] {
    var diagnostics: [Diagnostic] = []
    guard let documents = documents(bytes, file: 0, &diagnostics), diagnostics.isEmpty else {
      throw Diagnostics(diagnostics)
    }
    return documents
  }

  private static func documents(_ bytes: [UInt8], file: Int, _ diagnostics: inout [Diagnostic]) -> [YAMLNode]? {
    if let fault = UTF8Check.firstFault(in: bytes, file: file) {
      diagnostics.error(
        .invalidUTF8, at: fault, "the file is not UTF-8 from here on; save it with that encoding")
      return nil
    }
    // A byte order mark is no part of the text (YAML 1.2.2 §5.2).
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    do throws(Diagnostic) {
      var parser = try YAMLParser(text, file: file)
      let documents = try parser.stream()
      diagnostics += parser.diagnostics
      return documents
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  private mutating func stream() throws(Diagnostic) -> [YAMLNode] {
    var documents: [YAMLNode] = []
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamEnd: return documents
      case .streamStart, .documentEnd: break
      case .documentStart:
        anchors = [:]
        documents.append(try node(try events.next(), depth: 0))
      default: break  // libyaml puts every node between the start and the end of a document
      }
    }
  }

  /// The node that `event` begins.
  private mutating func node(_ event: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
    if depth > Self.maximumDepth {
      throw Diagnostic(
        .tooDeep, at: event.place, "the document nests deeper than \(Self.maximumDepth) levels; flatten it here")
    }
    try count(1, at: event.place)
    let before = size - 1
    switch event.kind {
    case .alias(let name): return try alias(name, at: event.place)
    case .scalar(let text, let style, let properties):
      let node = scalar(text, style, properties, at: event.place)
      remember(node, as: properties.anchor, since: before)
      return node
    case .sequenceStart(let properties):
      let node = try sequence(properties, from: event.place, depth: depth)
      remember(node, as: properties.anchor, since: before)
      return node
    case .mappingStart(let properties):
      let node = try mapping(properties, from: event.place, depth: depth)
      remember(node, as: properties.anchor, since: before)
      return node
    default: throw Diagnostic(.invalidYAML, at: event.place, "a value is missing here")
    }
  }

  private mutating func alias(_ name: String, at place: Place) throws(Diagnostic) -> YAMLNode {
    guard let known = anchors[name] else {
      throw Diagnostic(
        .unknownAnchor, at: place,
        "no value before this one is named \"&\(name)\""
          + Suggestion.text(
            for: name, among: anchors.keys.sorted(), else: ", and a value cannot hold itself; write the anchor first"))
    }
    try count(known.size - 1, at: place)
    var node = known.node
    node.place = place
    return node
  }

  private mutating func remember(_ node: YAMLNode, as anchor: String?, since before: Int) {
    if let anchor { anchors[anchor] = (node, size - before) }
  }

  private mutating func count(_ nodes: Int, at place: Place) throws(Diagnostic) {
    size += nodes
    if size > Self.maximumNodes {
      throw Diagnostic(
        .tooLarge, at: place,
        "the document has more than \(Self.maximumNodes) values once its aliases are replaced; use \"$ref\" instead of aliases"
      )
    }
  }

  private mutating func scalar(
    _ text: String, _ style: YAMLScalar.Style, _ properties: YAMLProperties, at place: Place
  ) -> YAMLNode {
    var value: YAMLScalar.Value = style == .plain ? .init(plain: text) : .string(text)
    let tag = YAMLTag(properties.tag)
    switch tag {
    case .none: break
    case .nonSpecific: value = .string(text)
    case .foreign(let tag):
      return YAMLNode(
        content: .scalar(YAMLScalar(text: text, style: style, value: .string(text))), place: place, foreignTag: tag)
    case .core(let tag):
      if let tagged = YAMLScalar.Value(text, tag: tag) {
        value = tagged
      } else {
        diagnostics.error(
          .unsupportedTag, at: place, "\"\(text)\" is not what its tag \"!!\(tag)\" says; remove the tag")
      }
    }
    return YAMLNode(content: .scalar(YAMLScalar(text: text, style: style, value: value)), place: place)
  }

  private mutating func sequence(
    _ properties: YAMLProperties, from start: Place, depth: Int
  ) throws(Diagnostic) -> YAMLNode {
    var items: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind {
        let place = Place(start.start, event.place.end, file: start.file)
        return YAMLNode(content: .sequence(items), place: place, foreignTag: YAMLTag(properties.tag).foreignTag)
      }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func mapping(
    _ properties: YAMLProperties, from start: Place, depth: Int
  ) throws(Diagnostic) -> YAMLNode {
    var entries: [YAMLNode.Entry] = []
    var merged: [YAMLNode.Entry] = []
    var seen: [String: Place] = [:]
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind {
        let place = Place(start.start, event.place.end, file: start.file)
        // The mapping's own keys win over those that are merged into it, and of these the first ones.
        for entry in merged where seen.updateValue(entry.key.place, forKey: entry.key.value) == nil {
          entries.append(entry)
        }
        return YAMLNode(content: .mapping(entries), place: place, foreignTag: YAMLTag(properties.tag).foreignTag)
      }
      let key = try node(event, depth: depth + 1)
      let value = try node(try events.next(), depth: depth + 1)
      guard case .scalar(let scalar) = key.content else {
        diagnostics.error(.complexKey, at: key.place, "a key must be a single word or text, not a list or a mapping")
        continue
      }
      if let first = seen[scalar.text] {
        diagnostics.error(
          .duplicateKey, at: key.place, "\"\(scalar.text)\" is already a key of this mapping; keep one of the two",
          notes: [.init(place: first, message: "first defined here")])
        continue
      }
      seen[scalar.text] = key.place
      if scalar.text == "<<", scalar.style == .plain {
        merged = members(of: value)
        continue
      }
      entries.append(.init(key: Located(scalar.text, at: key.place), value: value))
    }
  }
}

extension YAMLParser {
  /// What a merge key (YAML 1.1, https://yaml.org/type/merge.html) takes over: a mapping's members, or those of several.
  private mutating func members(of value: YAMLNode) -> [YAMLNode.Entry] {
    switch value.content {
    case .mapping(let entries): return entries
    case .sequence(let items) where items.allSatisfy({ if case .mapping = $0.content { true } else { false } }):
      return items.flatMap(\.entries)
    default:
      diagnostics.error(
        .wrongType, at: value.place, "the merge key \"<<\" takes a mapping or a list of mappings; write \"<<: *ANCHOR\""
      )
      return []
    }
  }
}
