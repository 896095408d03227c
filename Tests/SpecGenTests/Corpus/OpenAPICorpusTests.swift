import Foundation
import Glibc
import SpecGenCore
import TestSupport
import Testing

/// Documents that were not written for SpecGen: each is generated, and its Swift compiled against the runtime, with
/// warnings as errors.
@Suite(.serialized) struct OpenAPICorpusTests {
  private static let corpus = Files.corpora.appending(path: "openapi/examples")
  private static let documents = names(in: corpus)
  private static let madeUp = Files.goldens.appending(path: "Swift")

  @Test(
    "Every document of the OpenAPI initiative becomes Swift that compiles",
    .enabled(if: !documents.isEmpty, "../shared/corpora/openapi is not there"), arguments: documents)
  func compiles(document name: String) async throws {
    try await compile(Self.corpus.appending(path: name))
  }

  @Test("What was made up for the tests becomes Swift that compiles", arguments: names(in: madeUp))
  func compiles(madeUp name: String) async throws {
    try await compile(Self.madeUp.appending(path: name))
  }

  /// The paths of the documents in a folder, sorted.
  private static func names(in folder: URL) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted()
  }

  private func compile(_ document: URL) async throws {
    let reading = Pipeline.read(path: document.lastPathComponent, source: try Files.bytes(document), .none, .asWritten)
    guard let specification = reading.specification else {
      Issue.record("\(document.lastPathComponent) is refused:\n\(reading.text)")
      return
    }
    let folder = try TemporaryFolder()
    let files = specification.files(.swift)
    for file in files { try folder.write(file.text, to: file.name) }
    let arguments =
      [
        "-typecheck", "-swift-version", "6", "-module-name", "Generated", "-package-name", "generated",
        "-enable-upcoming-feature", "ExistentialAny", "-enable-upcoming-feature", "MemberImportVisibility",
        "-warnings-as-errors", "-I", Programs.path(of: "Modules"),
        Files.package.appending(path: "Sources/Generated/JSONColumns.swift").path,
      ] + files.map { "\(folder.path)/\($0.name)" }
    let compiler = try ChildProcess("swiftc", arguments, environment: ProcessInfo.processInfo.environment)
    #expect(try await end(of: compiler) == .exit(0), "\(document.lastPathComponent): \(compiler.output)")
  }

  /// A compiler on a busy machine may need longer than the half minute that one wait lasts.
  private func end(of compiler: ChildProcess) async throws -> ChildProcess.End {
    for _ in 0..<10 {
      if let end = try? await compiler.end() { return end }
    }
    return try await compiler.end()
  }
}
