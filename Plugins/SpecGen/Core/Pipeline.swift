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

    package func files(_ selection: Selection) -> [GeneratedFile] {
      switch selection {
      case .swift: SwiftRenderer.files(for: api) + StorageRenderer.files(for: api) + DocumentsRenderer.render(api)
      case .contract: ContractRenderer.render(api)
      }
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

  package static func read(_ source: [UInt8]) throws(Diagnostics) -> Specification {
    let node = try YAMLParser.parse(source)
    let document = try Loader.load(node)
    let resolved = try Resolver.resolve(document)
    return Specification(
      api: Translator.translate(resolved, source: String(decoding: source, as: UTF8.self)))
  }

  /// Diagnostics as text, with excerpts; `path` is printed as it is given.
  package static func text(of diagnostics: Diagnostics, path: String, source: [UInt8]) -> String {
    DiagnosticPrinter(path: path, source: source).text(of: diagnostics.list)
  }
}
