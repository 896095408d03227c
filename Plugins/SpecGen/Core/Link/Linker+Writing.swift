extension Linker {
  /// The linked document.
  mutating func written(_ root: YAMLNode) -> YAMLNode {
    let needsWork = outcomes.values.contains {
      switch $0 {
      case .unchanged, .failed: false
      case .component, .inlined: true
      }
    }
    guard needsWork || root["x-remote"] != nil else { return root }
    var writer = LinkWriter(self, root: root)
    let node = writer.document(root)
    diagnostics += writer.diagnostics
    return node
  }
}

/// Writes the linked document: references as they are now, and what they name under `components`.
private struct LinkWriter {
  let linker: Linker
  var diagnostics: [Diagnostic] = []
  /// The names of what moves to `components`.
  private var names: [Linker.Target: String] = [:]
  /// The same by the place of the value, which becomes a reference where it stood.
  private var moved: [Place: Linker.Target] = [:]
  /// Components that only say where a value is: the value takes their place.
  private var aliases: [Place: Linker.Target] = [:]
  /// What is being written in the place of a reference, to see circles.
  private var open: [Linker.Target] = []

  init(_ linker: Linker, root: YAMLNode) {
    self.linker = linker
    findAliases(root)
    var taken: [String: Set<String>] = [:]
    for section in root["components"]?.entries ?? [] {
      taken[section.key.value] = Set(section.value.entries.map(\.key.value))
    }
    for target in linker.adopted {
      if let node = linker.files.node(at: target.location) { moved[node.place] = target }
      if names[target] != nil { continue }
      let section = target.kind.section ?? ""
      let stem = Self.stem(linker.files.sources[target.location.file].path)
      let name = Self.name(of: target.location, stem: stem)
      let candidates = [name, "\(stem)_\(name)"] + (2...100).map { "\(stem)_\(name)_\($0)" }
      let free = candidates.first { !(taken[section] ?? []).contains($0) } ?? name
      taken[section, default: []].insert(free)
      names[target] = free
    }
  }

  /// `components: {schemas: {User: {$ref: user.yaml}}}` names what the file holds.
  private mutating func findAliases(_ root: YAMLNode) {
    for section in root["components"]?.entries ?? [] {
      for entry in section.value.entries {
        guard entry.value.entries.count == 1, let reference = entry.value["$ref"],
          case .component(let target) = linker.outcomes[reference.place], target.kind.section == section.key.value,
          linker.adopted.contains(target), names[target] == nil
        else { continue }
        names[target] = entry.key.value
        aliases[entry.value.place] = target
      }
    }
  }

  // MARK: Names

  /// `models` of `api/models.yaml`.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.split(separator: ".").first ?? name)
  }

  /// What a value is called: its key, with the name of what it stands within where that is a component itself.
  private static func name(of location: Linker.Location, stem: String) -> String {
    let sections: Set<String> = [
      "schemas", "$defs", "definitions", "parameters", "headers", "responses", "requestBodies",
    ]
    guard let last = location.tokens.last else { return stem }
    let start = location.tokens.dropLast().lastIndex { sections.contains($0) }.map { $0 + 1 } ?? 0
    let own = location.tokens[start...]
    if own.count == 1 { return last }
    let structural: Set<String> = [
      "properties", "schema", "content", "patternProperties", "components", "paths", "responses", "oneOf", "anyOf",
      "allOf", "prefixItems",
    ]
    let words = own.filter { !structural.contains($0) }.compactMap { token in
      token == "items" ? "Item" : token == "additionalProperties" ? "Value" : SwiftName.upperCamel(token)
    }
    return words.isEmpty ? last : words.joined()
  }

  // MARK: Document

  mutating func document(_ root: YAMLNode) -> YAMLNode {
    guard case .mapping(let entries) = root.content else { return root }
    var written: [YAMLNode.Entry] = []
    for entry in entries where entry.key.value != "x-remote" && entry.key.value != "components" {
      guard let child = NodeKind.document.child(entry.key.value) else {
        written.append(entry)
        continue
      }
      written.append(.init(key: entry.key, value: self.child(entry.value, child)))
    }
    let index = entries.firstIndex { $0.key.value == "components" }
    let old = index.map { entries[$0] }
    let components = self.components(old?.value, at: root.place)
    if !components.entries.isEmpty || old != nil {
      let key = old?.key ?? Located("components", at: root.place)
      let before = entries[..<(index ?? entries.count)].count { $0.key.value != "x-remote" }
      written.insert(.init(key: key, value: components), at: min(before, written.count))
    }
    return YAMLNode(content: .mapping(written), place: root.place, foreignTag: root.foreignTag)
  }

  private mutating func components(_ node: YAMLNode?, at place: Place) -> YAMLNode {
    if let node, case .mapping = node.content {} else if let node { return node }
    var sections = node?.entries ?? []
    for index in sections.indices {
      sections[index].value = section(sections[index].key.value, sections[index].value)
    }
    sections.removeAll { section in
      // What was written in the place of references is needed no more.
      NodeKind.inlinedKinds[section.key.value] != nil && section.value.entries.isEmpty
    }
    for target in linker.adopted where !aliases.values.contains(target) {
      guard let name = names[target], let section = target.kind.section,
        let value = linker.files.node(at: target.location)
      else { continue }
      let key = Located(name, at: linker.files.key(at: target.location))
      let entry = YAMLNode.Entry(key: key, value: rewritten(value, target.kind, isMoved: true))
      if let index = sections.firstIndex(where: { $0.key.value == section }) {
        let old = sections[index].value
        guard case .mapping(let entries) = old.content else { continue }
        sections[index].value = YAMLNode(content: .mapping(entries + [entry]), place: old.place)
      } else {
        sections.append(
          .init(
            key: Located(section, at: key.place), value: YAMLNode(content: .mapping([entry]), place: key.place)))
      }
    }
    return YAMLNode(content: .mapping(sections), place: node?.place ?? place, foreignTag: node?.foreignTag)
  }

  private mutating func section(_ name: String, _ node: YAMLNode) -> YAMLNode {
    guard case .map(let kind) = NodeKind.components.child(name), case .mapping(let entries) = node.content else {
      return node
    }
    var written: [YAMLNode.Entry] = []
    for entry in entries {
      if let target = aliases[entry.value.place], let value = linker.files.node(at: target.location) {
        written.append(.init(key: entry.key, value: rewritten(value, kind, isMoved: true)))
      } else if !linker.inlined.contains(
        .init(kind: kind, location: .init(file: 0, tokens: ["components", name, entry.key.value])))
      {
        // A component stands where it stands, also when something names it by another way.
        written.append(.init(key: entry.key, value: rewritten(entry.value, kind, isMoved: false)))
      }
    }
    return YAMLNode(content: .mapping(written), place: node.place, foreignTag: node.foreignTag)
  }

  // MARK: Values

  private mutating func child(_ node: YAMLNode, _ child: NodeKind.Child) -> YAMLNode {
    switch (child, node.content) {
    case (.one(let kind), _): return rewritten(node, kind, isMoved: false)
    case (.list(let kind), .sequence(let items)):
      var written: [YAMLNode] = []
      for item in items { written.append(rewritten(item, kind, isMoved: false)) }
      return YAMLNode(content: .sequence(written), place: node.place, foreignTag: node.foreignTag)
    case (.map(let kind), .mapping(let entries)):
      var written: [YAMLNode.Entry] = []
      for entry in entries {
        written.append(.init(key: entry.key, value: rewritten(entry.value, kind, isMoved: false)))
      }
      return YAMLNode(content: .mapping(written), place: node.place, foreignTag: node.foreignTag)
    default: return node
    }
  }

  /// A value with its references as they are now; `isMoved` where it is the component itself.
  private mutating func rewritten(_ node: YAMLNode, _ kind: NodeKind, isMoved: Bool) -> YAMLNode {
    guard case .mapping(let entries) = node.content else { return node }
    if !isMoved, let target = moved[node.place], target.kind == kind { return reference(to: target, at: node.place) }
    if kind == .discriminator { return discriminator(node) }
    if kind.isReferable, let reference = node["$ref"], case .inlined(let target) = linker.outcomes[reference.place] {
      return inlined(target, for: node, reference)
    }
    var written: [YAMLNode.Entry] = []
    for entry in entries {
      if kind == .schema, isEmptied(entry) { continue }
      if entry.key.value == "$ref", kind.isReferable {
        written.append(.init(key: entry.key, value: pointed(entry.value)))
      } else if let child = kind.child(entry.key.value) {
        written.append(.init(key: entry.key, value: self.child(entry.value, child)))
      } else {
        written.append(entry)
      }
    }
    return YAMLNode(content: .mapping(written), place: node.place, foreignTag: node.foreignTag)
  }

  /// Whether all definitions that a schema keeps for others have moved to `components`.
  private func isEmptied(_ entry: YAMLNode.Entry) -> Bool {
    guard ["$defs", "definitions"].contains(entry.key.value) else { return false }
    return entry.value.entries.allSatisfy { moved[$0.value.place] != nil }
  }

  private mutating func inlined(_ target: Linker.Target, for node: YAMLNode, _ reference: YAMLNode) -> YAMLNode {
    guard let value = linker.files.node(at: target.location), !open.contains(target) else {
      diagnostics.error(
        .referenceCycle, at: reference.place,
        "\"\(reference.text ?? "")\" leads back to itself; write the value in one of them")
      return YAMLNode(content: .mapping([]), place: node.place)
    }
    let others = node.entries.filter { !["$ref", "summary", "description"].contains($0.key.value) }
    if let other = others.first {
      diagnostics.error(
        .unsupportedKey, at: other.key.place,
        "\"\(other.key.value)\" beside \"$ref\" would be dropped; move it to what the reference names")
    }
    open.append(target)
    defer { open.removeLast() }
    return rewritten(value, target.kind, isMoved: true)
  }

  private func pointed(_ node: YAMLNode) -> YAMLNode {
    guard case .component(let target) = linker.outcomes[node.place] else { return node }
    return text(pointer(to: target), at: node.place)
  }

  private func discriminator(_ node: YAMLNode) -> YAMLNode {
    let entries = node.entries.map { entry in
      guard entry.key.value == "mapping", case .mapping(let values) = entry.value.content else { return entry }
      let mapped = values.map { YAMLNode.Entry(key: $0.key, value: pointed($0.value)) }
      return .init(key: entry.key, value: YAMLNode(content: .mapping(mapped), place: entry.value.place))
    }
    return YAMLNode(content: .mapping(entries), place: node.place)
  }

  private func reference(to target: Linker.Target, at place: Place) -> YAMLNode {
    let entry = YAMLNode.Entry(key: Located("$ref", at: place), value: text(pointer(to: target), at: place))
    return YAMLNode(content: .mapping([entry]), place: place)
  }

  private func pointer(to target: Linker.Target) -> String {
    let name = names[target] ?? target.location.tokens.last ?? ""
    return "#/components/\(target.kind.section ?? "")/\(name.asPointerToken)"
  }

  private func text(_ text: String, at place: Place) -> YAMLNode {
    YAMLNode(
      content: .scalar(YAMLScalar(text: text, style: .singleQuoted, value: .string(text))), place: place)
  }
}

extension NodeKind {
  /// The kinds whose components are written in the place of their references, by their sections.
  static let inlinedKinds: [String: NodeKind] = [
    "pathItems": .pathItem, "examples": .example, "links": .link, "callbacks": .callback,
  ]
}
