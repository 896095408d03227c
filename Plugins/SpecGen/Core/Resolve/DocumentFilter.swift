/// Leaves out of a document the operations that `x-specgen` does not ask for, and the components that nothing else uses.
struct DocumentFilter {
  private let options: OpenAPI.Options
  private var document: OpenAPI.Document

  /// The document as `x-specgen` asks for it; a note says how much was left out.
  static func apply(to document: OpenAPI.Document, _ diagnostics: inout [Diagnostic]) -> OpenAPI.Document {
    guard let options = document.options, options.isFilter else { return document }
    var filter = DocumentFilter(options: options, document: document)
    filter.check(&diagnostics)
    if diagnostics.hasErrors { return document }
    let before = document.paths.flatMap(\.operations).count
    filter.leaveOutOperations()
    let after = filter.document.paths.flatMap(\.operations).count
    if after < before {
      diagnostics.note(
        .leftOut, at: options.place,
        "\(before - after) of \(before) operations are left out, and the components that only they use")
      filter.leaveOutComponents()
    }
    return filter.document
  }

  /// A tag or a path that no operation has chooses nothing, which is never what was meant.
  private func check(_ diagnostics: inout [Diagnostic]) {
    let tags = document.paths.flatMap(\.operations).flatMap(\.tags).map(\.value)
    for tag in options.tags where !tags.contains(tag.value) {
      diagnostics.error(
        .unknownTag, at: tag.place,
        "no operation has the tag \"\(tag.value)\""
          + Suggestion.text(for: tag.value, among: Set(tags).sorted(), else: "; correct or remove it"))
    }
    let paths = document.paths.map(\.path.value)
    for path in options.paths where !paths.contains(where: { Self.matches($0, path.value) }) {
      diagnostics.error(
        .invalidValue, at: path.place,
        "no path is \"\(path.value)\""
          + Suggestion.text(
            for: path.value, among: paths, else: "; write one of \"paths\", with \"*\" for what follows"))
    }
  }

  private static func matches(_ path: String, _ pattern: String) -> Bool {
    pattern.hasSuffix("*") ? path.hasPrefix(pattern.dropLast()) : path == pattern
  }

  private func keeps(_ operation: OpenAPI.Operation, at path: String) -> Bool {
    let hasTag =
      options.tags.isEmpty || operation.tags.contains { tag in options.tags.contains { $0.value == tag.value } }
    return hasTag && (options.paths.isEmpty || options.paths.contains { Self.matches(path, $0.value) })
  }

  private mutating func leaveOutOperations() {
    var gone: [String: [String]] = [:]
    for index in document.paths.indices {
      let path = document.paths[index].path.value
      let operations = document.paths[index].operations
      document.paths[index].operations = operations.filter { keeps($0, at: path) }
      let others = operations.filter { !keeps($0, at: path) }
      gone[path] = others.map(\.method.rawValue)
      document.leftOut.formUnion(others.compactMap(\.id?.value))
    }
    document.lists.removeAll { document.leftOut.contains($0.name.value) }
    document.paths.removeAll { $0.operations.isEmpty }
    let kept = Set(document.paths.map(\.path.value))
    document.value = document.value.mappingMember("paths") { paths in
      guard case .object(let members) = paths else { return paths }
      return .object(
        members.filter { kept.contains($0.key) || !$0.key.hasPrefix("/") }.map { member in
          guard case .object(let item) = member.value else { return member }
          let methods = gone[member.key] ?? []
          return .init(key: member.key, value: .object(item.filter { !methods.contains($0.key) }))
        })
    }
  }

  private mutating func leaveOutComponents() {
    let used = ComponentUse.pointers(in: document)
    func isUsed(_ section: String, _ name: String) -> Bool {
      used.contains("#/components/\(section)/\(name.asPointerToken)")
    }
    document.components.schemas.removeAll { !isUsed("schemas", $0.name.value) }
    document.components.responses.removeAll { !isUsed("responses", $0.name.value) }
    document.components.parameters.removeAll { !isUsed("parameters", $0.name.value) }
    document.components.requestBodies.removeAll { !isUsed("requestBodies", $0.name.value) }
    document.components.headers.removeAll { !isUsed("headers", $0.name.value) }
    document.components.securitySchemes.removeAll { !isUsed("securitySchemes", $0.name.value) }
    document.value = document.value.mappingMember("components") { components in
      guard case .object(let sections) = components else { return components }
      return .object(
        sections.map { section in
          guard case .object(let members) = section.value else { return section }
          return .init(key: section.key, value: .object(members.filter { isUsed(section.key, $0.key) }))
        })
    }
  }
}

extension DocumentValue {
  /// The object with another value for one of its members.
  fileprivate func mappingMember(_ key: String, _ change: (DocumentValue) -> DocumentValue) -> DocumentValue {
    guard case .object(let members) = self else { return self }
    return .object(members.map { $0.key == key ? .init(key: key, value: change($0.value)) : $0 })
  }
}
