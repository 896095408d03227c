/// The stage between parse and load: makes one document of several files.
///
/// A reference out of the file, into the depth of a document, or by `$anchor` or `$id`, becomes one to
/// `#/components/…`, and what it names moves there; path items, examples and the like, which have no place of their
/// own, are written where they are referred to. What stands in one file and refers to its components stays as it is.
struct Linker {
  /// What became of a reference.
  enum Outcome {
    /// It stays as it is: a component of the first file.
    case unchanged
    /// It leads nowhere, which has been told.
    case failed
    /// What it names is a component of the linked document.
    case component(Target)
    /// What it names is written in its place.
    case inlined(Target)
  }

  /// A value that is referred to.
  struct Target: Hashable {
    var kind: NodeKind
    var location: Location
  }

  /// The way to a value: a file, and the keys and indexes from its top.
  struct Location: Hashable {
    var file: Int
    var tokens: [String]
  }

  var files: LinkedFiles
  var diagnostics: [Diagnostic] = []
  /// By the place of the reference's text.
  private(set) var outcomes: [Place: Outcome] = [:]
  /// What moves to `components`, in the order in which references name it.
  private(set) var adopted: [Target] = []
  private(set) var inlined: Set<Target> = []
  /// What is yet to be searched for references.
  private var pending: [(node: YAMLNode, kind: NodeKind, base: String)] = []

  struct Linked {
    /// Nil when the first file cannot be read at all.
    var node: YAMLNode?
    var sources: SourceFiles
    /// References that lead nowhere, which has been told.
    var failed: [Place] = []
  }

  static func link(
    path: String, source: [UInt8], access: FileAccess, _ diagnostics: inout [Diagnostic]
  ) -> Linked {
    var linker = Linker(files: LinkedFiles(path: path, source: source, access: access))
    guard let root = linker.files.readFirst(&linker.diagnostics) else {
      diagnostics += linker.diagnostics
      return Linked(node: nil, sources: linker.files.sources)
    }
    linker.search(root)
    let node = linker.written(root)
    diagnostics += linker.diagnostics
    let failed = linker.outcomes.compactMap { place, outcome in if case .failed = outcome { place } else { nil } }
    return Linked(node: node, sources: linker.files.sources, failed: failed)
  }

  // MARK: Search

  private mutating func search(_ root: YAMLNode) {
    pending = [(root, .document, files.sources[0].path)]
    // Breadth first, without recursion over references: those may lead in circles.
    var next = 0
    while next < pending.count {
      let (node, kind, base) = pending[next]
      next += 1
      search(node, kind, base)
    }
  }

  private mutating func search(_ node: YAMLNode, _ kind: NodeKind, _ outer: String) {
    guard case .mapping(let entries) = node.content else { return }
    var base = outer
    if kind == .schema, let id = node["$id"]?.text {
      base = URIReference.resolve(URIReference.split(id).resource, from: outer)
    }
    if kind == .discriminator {
      for entry in node["mapping"]?.entries ?? [] { searchMapping(entry.value, base) }
      return
    }
    for entry in entries {
      if entry.key.value == "$ref", kind.isReferable {
        refer(entry.value, kind, base)
      } else if let child = kind.child(entry.key.value) {
        searchChild(entry.value, child, base)
      }
    }
  }

  private mutating func searchChild(_ node: YAMLNode, _ child: NodeKind.Child, _ base: String) {
    switch child {
    case .one(let kind): search(node, kind, base)
    case .list(let kind):
      if case .sequence(let items) = node.content { for item in items { search(item, kind, base) } }
    case .map(let kind): for entry in node.entries { search(entry.value, kind, base) }
    }
  }

  /// A value of a discriminator's mapping is the name of a component, or a reference.
  private mutating func searchMapping(_ value: YAMLNode, _ base: String) {
    guard let text = value.text, text.contains("#") || text.contains("/") || text.hasSuffix(".yaml") else { return }
    refer(value, .schema, base)
  }

  private mutating func refer(_ node: YAMLNode, _ kind: NodeKind, _ base: String) {
    guard let text = node.text, outcomes[node.place] == nil else { return }
    outcomes[node.place] = .unchanged
    let file = node.place.file
    // Components of the first file under their own names: the resolver knows better what to say about them.
    if file == 0, base == files.sources[0].path, let section = kind.section, text.hasPrefix("#/components/\(section)/"),
      !String(text.dropFirst(14 + section.count)).contains(text: "/")
    {
      return
    }
    outcomes[node.place] = .failed
    guard let location = files.locate(text, from: base, at: node.place, &diagnostics) else { return }
    let target = Target(kind: kind, location: location)
    guard let found = files.node(at: location) else { return }
    if let section = kind.section {
      if location.file == 0, location.tokens.count == 3, location.tokens.starts(with: ["components", section]) {
        outcomes[node.place] = .component(target)
        return
      }
      if isWholeDocument(found, text, at: node.place) || isOfAnotherKind(target, text, at: node.place) { return }
      outcomes[node.place] = .component(target)
      if !adopted.contains(target) {
        adopted.append(target)
        pending.append((found, kind, files.base(of: location)))
      }
    } else {
      outcomes[node.place] = .inlined(target)
      if inlined.insert(target).inserted { pending.append((found, kind, files.base(of: location))) }
    }
  }

  /// Whether a reference in an OpenAPI document leads to something else than what is meant.
  private mutating func isOfAnotherKind(_ target: Target, _ reference: String, at place: Place) -> Bool {
    guard let document = files.node(at: Location(file: target.location.file, tokens: [])), document["openapi"] != nil
    else { return false }
    let kind = NodeKind.document.kind(at: target.location.tokens)
    if kind == target.kind { return false }
    let section = target.kind.section ?? ""
    diagnostics.error(
      .unsupportedReference, at: place,
      "a reference here must be to \(target.kind.name), as in \"#/components/\(section)/NAME\", and \"\(reference)\" is \(kind?.name ?? "something else")"
    )
    return true
  }

  /// Whether a reference means one part of a document and names all of it.
  private mutating func isWholeDocument(_ node: YAMLNode, _ reference: String, at place: Place) -> Bool {
    guard node["openapi"] != nil || node["components"] != nil, node["type"] == nil else { return false }
    let names = (node["components"]?["schemas"]?.entries ?? []).map(\.key.value)
    let example = names.first ?? "NAME"
    diagnostics.error(
      .unsupportedReference, at: place,
      "\"\(reference)\" is a whole document; name the part of it that is meant, as in \"\(URIReference.split(reference).resource)#/components/schemas/\(example)\""
    )
    return true
  }
}

extension YAMLNode {
  /// The members of a mapping; none where this is something else.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  subscript(_ key: String) -> YAMLNode? { entries.first { $0.key.value == key }?.value }

  /// The text of a scalar that is a string.
  var text: String? {
    if case .scalar(let scalar) = content, case .string(let text) = scalar.value { text } else { nil }
  }

  /// The value that the keys and indexes lead to; otherwise how many of them lead somewhere.
  func follow(_ tokens: [String]) -> (node: YAMLNode?, key: Place, steps: Int) {
    var node = self
    var key = Place(line: 1, column: 1, file: place.file)
    for (step, token) in tokens.enumerated() {
      switch node.content {
      case .mapping(let entries):
        guard let entry = entries.first(where: { $0.key.value == token }) else { return (nil, key, step) }
        (node, key) = (entry.value, entry.key.place)
      case .sequence(let items):
        guard let index = Int(token), items.indices.contains(index) else { return (nil, key, step) }
        (node, key) = (items[index], items[index].place)
      case .scalar: return (nil, key, step)
      }
    }
    return (node, key, tokens.count)
  }
}
