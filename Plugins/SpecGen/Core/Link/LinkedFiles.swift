/// The files of a specification, what they call themselves, and what references find in them.
struct LinkedFiles {
  private(set) var sources: SourceFiles
  private let access: FileAccess
  /// By the index of the file; nil for one that cannot be read.
  private var documents: [YAMLNode?] = []
  private var indexes: [String: Int?] = [:]
  /// What has a URI of its own: each file, and each schema with `$id`.
  private var resources: [String: Linker.Location] = [:]
  /// `$anchor`, behind the URI of its resource and `#`.
  private var anchors: [String: Linker.Location] = [:]
  /// The URIs of `$id`, by what has them.
  private var identifiers: [Linker.Location: String] = [:]
  /// `x-remote`: the folders that stand for addresses elsewhere.
  private var remotes: [(prefix: String, folder: String)] = []
  /// The addresses that files stand for.
  private var remoteURIs: [Int: String] = [:]

  init(path: String, source: [UInt8], access: FileAccess) {
    sources = SourceFiles(path: path, bytes: source)
    self.access = access
  }

  mutating func readFirst(_ diagnostics: inout [Diagnostic]) -> YAMLNode? {
    guard let root = YAMLParser.document(sources[0].bytes, &diagnostics) else { return nil }
    documents = [root]
    indexes[sources[0].path] = 0
    enter(root, file: 0)
    readRemotes(root, &diagnostics)
    return root
  }

  private mutating func readRemotes(_ root: YAMLNode, _ diagnostics: inout [Diagnostic]) {
    guard let node = root["x-remote"] else { return }
    guard case .mapping(let entries) = node.content else {
      diagnostics.error(
        .wrongType, at: node.place,
        "\"x-remote\" must be a mapping, but here is \(node.kindOfValue); write \"https://example.com/schemas/: FOLDER\""
      )
      return
    }
    for entry in entries {
      guard URIReference.hasScheme(entry.key.value), let folder = entry.value.text else {
        diagnostics.error(
          .invalidValue, at: entry.key.place,
          "\"x-remote\" maps the beginning of an address to a folder beside this file; write \"https://example.com/schemas/: FOLDER\""
        )
        continue
      }
      remotes.append((entry.key.value, folder.hasSuffix("/") ? folder : folder + "/"))
    }
    remotes.sort { $0.prefix.count > $1.prefix.count }
  }

  func node(at location: Linker.Location) -> YAMLNode? { documents[location.file]?.follow(location.tokens).node }

  /// The place of the key, or of the whole value where it has none.
  func key(at location: Linker.Location) -> Place {
    documents[location.file]?.follow(location.tokens).key ?? Place(line: 1, column: 1, file: location.file)
  }

  /// The URI that references within a value start from.
  func base(of location: Linker.Location) -> String {
    var tokens = location.tokens[...]
    if !identifiers.isEmpty {
      // The value's own `$id` is read where the value is searched.
      while !tokens.isEmpty {
        tokens = tokens.dropLast()
        if let id = identifiers[Linker.Location(file: location.file, tokens: Array(tokens))] { return id }
      }
    }
    return uri(ofFile: location.file)
  }

  private func uri(ofFile file: Int) -> String { remoteURIs[file] ?? sources[file].path }

  // MARK: Names

  /// Notes what a file calls its parts.
  private mutating func enter(_ node: YAMLNode, file: Int) {
    let uri = uri(ofFile: file)
    resources[uri] = Linker.Location(file: file, tokens: [])
    // `$self` of OpenAPI 3.2 is one more name; references go on from where the file is.
    if let own = node["$self"]?.text {
      resources[URIReference.resolve(own, from: uri)] = Linker.Location(file: file, tokens: [])
    }
    var tokens: [String] = []
    enter(node, file: file, &tokens, base: uri)
  }

  /// `tokens` lead to the node, and are the same afterwards.
  private mutating func enter(_ node: YAMLNode, file: Int, _ tokens: inout [String], base outer: String) {
    switch node.content {
    case .scalar: return
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        tokens.append("\(index)")
        enter(item, file: file, &tokens, base: outer)
        tokens.removeLast()
      }
    case .mapping(let entries):
      var base = outer
      var names: [String] = []
      for entry in entries {
        switch entry.key.value {
        case "$id":
          guard let id = entry.value.text else { break }
          base = URIReference.resolve(URIReference.split(id).resource, from: outer)
          let location = Linker.Location(file: file, tokens: tokens)
          resources[base] = location
          identifiers[location] = base
        case "$anchor", "$dynamicAnchor": if let name = entry.value.text { names.append(name) }
        default: break
        }
      }
      for name in names { anchors["\(base)#\(name)"] = Linker.Location(file: file, tokens: tokens) }
      for entry in entries where !LinkedFiles.valueKeys.contains(entry.key.value) {
        tokens.append(entry.key.value)
        enter(entry.value, file: file, &tokens, base: base)
        tokens.removeLast()
      }
    }
  }

  /// Keys of plain values, in which nothing is a name.
  private static let valueKeys: Set = ["example", "examples", "default", "enum", "const"]

  // MARK: References

  /// What a reference names; nil after an error.
  mutating func locate(
    _ reference: String, from base: String, at place: Place, _ diagnostics: inout [Diagnostic]
  ) -> Linker.Location? {
    let (resource, fragment) = URIReference.split(reference)
    let uri = URIReference.resolve(resource, from: base)
    guard let root = resources[uri] ?? read(uri, reference, at: place, &diagnostics) else { return nil }
    if fragment.isEmpty { return root }
    guard fragment.hasPrefix("/") else {
      if let location = anchors["\(uri)#\(fragment)"] { return location }
      let known = anchors.keys.filter { $0.hasPrefix("\(uri)#") }.map { String($0.dropFirst(uri.count + 1)) }.sorted()
      diagnostics.error(
        .unknownReference, at: place,
        "nothing in \(sources[root.file].path) has the \"$anchor\" \"\(fragment)\""
          + Suggestion.text(
            for: fragment, among: known, else: "; add it, or write a way such as \"#/components/schemas/NAME\""))
      return nil
    }
    let tokens = URIReference.tokens(ofPointer: fragment)
    guard let start = node(at: root) else { return nil }
    let found = start.follow(tokens)
    if found.node != nil { return Linker.Location(file: root.file, tokens: root.tokens + tokens) }
    let around = start.follow(Array(tokens.prefix(found.steps))).node
    let keys = around?.entries.map(\.key.value) ?? []
    let way = tokens.prefix(found.steps).map { "/" + $0.asPointerToken }.joined()
    diagnostics.error(
      .unknownReference, at: place,
      "there is no \"\(tokens[found.steps])\" in \"\(resource)#\(way)\""
        + Suggestion.text(for: tokens[found.steps], among: keys, else: "; add it or correct the reference"))
    return nil
  }

  /// Reads the file that a URI without `#` names.
  private mutating func read(
    _ uri: String, _ reference: String, at place: Place, _ diagnostics: inout [Diagnostic]
  ) -> Linker.Location? {
    if let known = indexes[uri] { return known.map { Linker.Location(file: $0, tokens: []) } }
    var path = URIReference.percentDecoded(uri)
    if URIReference.hasScheme(uri) {
      guard let remote = remotes.first(where: { uri.hasPrefix($0.prefix) }) else {
        diagnostics.error(
          .remoteReference, at: place,
          "\"\(reference)\" is elsewhere, and a build reads no network; save it in a folder here and add \"x-remote: {'\(Self.folder(of: uri))': FOLDER}\" to the root of the document"
        )
        return nil
      }
      path = URIReference.resolve(
        remote.folder + URIReference.percentDecoded(String(uri.dropFirst(remote.prefix.count))), from: sources[0].path)
    }
    guard access.admits(path) else {
      diagnostics.error(
        .unwatchedFile, at: place,
        "\(path) is not in the folder \(access.folder ?? ""), which alone the build watches besides \(sources[0].path); move the file there, or an edit of it would build nothing"
      )
      return nil
    }
    guard let bytes = access.read(path) else {
      indexes[uri] = .some(nil)
      missing(path, at: place, &diagnostics)
      return nil
    }
    let file = sources.add(SourceFile(path: path, bytes: bytes))
    indexes[uri] = file
    if uri != path { remoteURIs[file] = uri }
    let document = YAMLParser.document(bytes, file: file, &diagnostics)
    documents.append(document)
    guard let document else {
      indexes[uri] = .some(nil)
      return nil
    }
    enter(document, file: file)
    return Linker.Location(file: file, tokens: [])
  }

  private func missing(_ path: String, at place: Place, _ diagnostics: inout [Diagnostic]) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let names = access.names(folder).sorted()
    diagnostics.error(
      .missingFile, at: place,
      "there is no file \(path)"
        + Suggestion.text(
          for: name, among: names,
          else: names.isEmpty
            ? "; there is no folder \(folder) either, and a reference starts from the file that it stands in"
            : "; add it, or correct the reference, which starts from the file that it stands in"))
  }

  /// `https://example.com/schemas/` of `https://example.com/schemas/user.yaml`.
  private static func folder(of uri: String) -> String {
    uri.lastIndex(of: "/").map { String(uri[...$0]) } ?? uri
  }
}

extension Linker.Location {
  func appending(_ token: String) -> Linker.Location { Linker.Location(file: file, tokens: tokens + [token]) }
}
