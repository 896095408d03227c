import Testing

@testable import SpecGenCore

/// What `specgen explain` shows is run: the wrong example is told with the code, the right one is right.
@Suite struct ExplanationTests {
  /// Whose examples are no parts of a document, or need other files.
  private static let withoutExamples: Set<DiagnosticCode> = [
    .invalidUTF8, .tooDeep, .tooLarge, .missingFile, .unwatchedFile, .remoteReference,
  ]
  private static let lint: Set<DiagnosticCode> = [
    .missingDescription, .missingOperationID, .unusedComponent, .inconsistentName,
  ]

  @Test("Every code is explained", arguments: DiagnosticCode.allCases)
  func explained(_ code: DiagnosticCode) throws {
    let text = try #require(Pipeline.explanation(of: code.rawValue))
    #expect(text.hasPrefix("\(code.rawValue): "))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 160 })
    #expect(Pipeline.explanations.contains(code.rawValue))
  }

  @Test(
    "The wrong example is told with its code, and the right one is right",
    arguments: DiagnosticCode.allCases.filter { !withoutExamples.contains($0) })
  func examples(_ code: DiagnosticCode) throws {
    let explanation = try #require(Explanation.all[code])
    // The sample itself lacks some descriptions.
    let right = codes(explanation.right, code).count { $0 == code.rawValue }
    #expect(codes(explanation.wrong, code).count { $0 == code.rawValue } > right)
    if code != .missingDescription { #expect(right == 0) }
    if !Self.lint.contains(code) && !isOfItsOwn(code) { #expect(codes(explanation.right, code) == []) }
  }

  @Test("A code that does not exist is told, with the one that was meant")
  func unknown() {
    #expect(Pipeline.explanation(of: "name-clsh") == nil)
    #expect(Pipeline.suggestion(forCode: "name-clsh") == "; did you mean \"name-clash\"?")
  }

  /// Parse errors end the reading, so that their examples stand alone.
  private func isOfItsOwn(_ code: DiagnosticCode) -> Bool { Explanation.parse[code] != nil }

  private func codes(_ example: String, _ code: DiagnosticCode) -> [String] {
    let text = isOfItsOwn(code) ? example : merged(example)
    let reading = Pipeline.read(path: "api.yaml", source: Array(text.utf8), .none)
    return (Self.lint.contains(code) ? reading.linted() : reading).diagnostics.map(\.code.rawValue)
  }

  /// The sample with the example's members in the place of its own.
  private func merged(_ example: String) -> String {
    var loader = Loader()
    guard let base = try? YAMLParser.parse(Array(Sample.text.utf8)),
      let part = try? YAMLParser.parse(Array(example.utf8))
    else { return example }
    return loader.value(base).merged(with: loader.value(part)).yaml
  }
}

extension DocumentValue {
  fileprivate func merged(with other: DocumentValue) -> DocumentValue {
    guard case .object(var members) = self, case .object(let others) = other else { return other }
    for other in others {
      if let index = members.firstIndex(where: { $0.key == other.key }) {
        members[index].value = members[index].value.merged(with: other.value)
      } else {
        members.append(other)
      }
    }
    return .object(members)
  }
}
