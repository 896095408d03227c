/// The stages one after the other: bytes → nodes → document → meaning → IR → files.
package enum Pipeline {
  /// What to write.
  package enum Selection: String, CaseIterable, Sendable {
    case swift
    case contract
  }

  /// A specification that was understood.
  package struct Specification: Equatable, Sendable {
    let api: API
    let options: GenerationOptions

    package func files(_ selection: Selection) -> [GeneratedFile] {
      switch selection {
      case .swift:
        let (code, documents) = DeepStack.both(
          { SwiftRenderer.files(for: api) + StorageRenderer.files(for: api) }, { DocumentsRenderer.render(api) })
        return (code + documents)
          .map { isAsked(for: $0.name) ? options.access.applied(to: $0) : Self.empty($0.name) }
      case .contract: return ContractRenderer.render(api)
      }
    }

    private func isAsked(for file: String) -> Bool {
      OutputFiles.kind(of: file).map(options.outputs.contains) ?? true
    }

    /// The build waits for every file.
    private static func empty(_ name: String) -> GeneratedFile {
      GeneratedFile(
        name: name, text: "\(SwiftSyntax.header)\n// Nothing: \"outputs\" of \"x-specgen\" leaves it out.\n")
    }

    /// The method that a handler needs for an operation, ready to paste.
    package func stub(of operation: String) -> Result<String, StubError> {
      guard let found = api.operations.first(where: { $0.id == operation }) else {
        let known = api.operations.map(\.id)
        return .failure(
          StubError(
            message: "there is no operation \"\(operation)\""
              + Suggestion.text(for: operation, among: known, else: "; there are \(known.joined(separator: ", "))")))
      }
      return .success(HandlerStub.text(of: found))
    }
  }

  /// The specification has no such operation.
  package struct StubError: Error, Equatable {
    package var message: String
  }

  /// What was read of a specification.
  package struct Reading: Sendable {
    package var sources: SourceFiles
    /// Nil when there are errors.
    package var specification: Specification?
    package var diagnostics: [Diagnostic]
    /// The document as one file; nil when the first file cannot be read.
    var document: DocumentValue?
    /// The document as it was loaded.
    var source: OpenAPI.Document?

    /// The diagnostics as text, with excerpts, in the order of the files.
    package var text: String { DiagnosticPrinter(sources).text(of: diagnostics) }
  }

  /// Reads a specification and says what is wrong with it.
  ///
  /// - Parameters:
  ///   - path: that of the first file, from which references start; it is printed as it is given.
  ///   - source: what the first file holds.
  ///   - access: how to come to the files that it refers to.
  ///   - policy: what an operation means that does not say who may call it.
  package static func read(
    path: String, source: [UInt8], _ access: FileAccess, _ policy: SecurityPolicy = .required
  ) -> Reading {
    DeepStack.run { stages(path: path, source: source, access, policy) }
  }

  private static func stages(
    path: String, source: [UInt8], _ access: FileAccess, _ policy: SecurityPolicy
  ) -> Reading {
    var diagnostics: [Diagnostic] = []
    let linked = Linker.link(path: path, source: source, access: access, &diagnostics)
    var reading = Reading(sources: linked.sources, diagnostics: diagnostics)
    guard let node = linked.node.map(OpenAPI30.upgraded),
      let loaded = Loader.load(node, &reading.diagnostics)
    else { return reading }
    let document = DocumentFilter.apply(to: loaded.document, &reading.diagnostics)
    reading.document = loaded.document.value
    reading.source = loaded.document
    let faults = LoadFaults(reading.diagnostics, loaded.shapes, told: linked.failed)
    var later: [Diagnostic] = []
    let resolved = Resolver.resolve(document, document.options?.security ?? policy, &later)
    // A schema may be a type by itself and a part of what is checked as a whole: what is wrong with it is told once.
    let known = Set(later.filter { $0.severity != .note }.map(\.place))
    for problem in resolved.ruleProblems {
      let place = Place.of(pointer: problem.pointer, in: node, isOfScalars: true)
      if known.contains(place) { continue }
      later.append(Diagnostic(problem.code, at: place, problem.message, severity: problem.severity))
    }
    reading.diagnostics += faults.independent(later, in: node)
    guard !reading.diagnostics.hasErrors, !later.hasErrors else { return reading }
    let api = Translator.translate(resolved)
    let options = document.options?.generation ?? GenerationOptions()
    if options.outputs.contains(.documents) {
      ClientNameCheck.check(api, resolved.operations, &reading.diagnostics)
      if reading.diagnostics.hasErrors { return reading }
    }
    reading.specification = Specification(api: api, options: options)
    return reading
  }

  /// Whether bytes are a YAML stream that can be read.
  package static func readsYAML(_ bytes: [UInt8]) -> Bool {
    (try? YAMLParser.documents(bytes)) != nil
  }

  /// Reads a specification of one file.
  package static func read(_ source: [UInt8]) throws(Diagnostics) -> Specification {
    let reading = read(path: "api.yaml", source: source, .none)
    guard let specification = reading.specification else { throw Diagnostics(reading.diagnostics) }
    return specification
  }

  /// Diagnostics of a specification of one file as text, with excerpts; `path` is printed as it is given.
  package static func text(of diagnostics: Diagnostics, path: String, source: [UInt8]) -> String {
    DiagnosticPrinter(SourceFiles(path: path, bytes: source)).text(of: diagnostics.list)
  }
}
