import Testing

@testable import SpecGenCore

/// The stages together, on the project's own specification.
@Suite struct PipelineTests {
  private let source: [UInt8]

  init() throws {
    source = try Files.bytes(Files.specification)
  }

  @Test("api.yaml is right")
  func specification() {
    do throws(Diagnostics) {
      _ = try Pipeline.read(source)
    } catch {
      Issue.record("\(Pipeline.text(of: error, path: "api.yaml", source: source))")
    }
  }

  @Test("Exactly the files that the build waits for are written", arguments: Pipeline.Selection.allCases)
  func files(_ selection: Pipeline.Selection) throws {
    let expected = selection == .swift ? OutputFiles.swift : OutputFiles.contract
    #expect(try Pipeline.read(source).files(selection).map(\.name).sorted() == expected.sorted())
  }

  @Test("A comment changes no generated file", arguments: Pipeline.Selection.allCases)
  func comment(_ selection: Pipeline.Selection) throws {
    let commented = Array("# A comment.\n".utf8) + source + Array("\n# Another one.\n".utf8)
    #expect(try Pipeline.read(source).files(selection) == Pipeline.read(commented).files(selection))
  }

  @Test("A new operation's handler method is printed")
  func stub() throws {
    let specification = try Pipeline.read(Array(Sample.text.utf8))
    #expect(
      specification.stub(of: "getNote")
        == .success(
          """
            public func getNote(_ input: GetNote.Input, as principal: Principal) async throws -> GetNote.Output {
              // Answer with .ok(…) or .problem(.noteNotFound).
              throw Problem.internalError
            }

          """))
    #expect(
      specification.stub(of: "getNotes")
        == .failure(.init(message: "there is no operation \"getNotes\"; did you mean \"getNote\"?")))
  }

  @Test("A printed method stands between backticks where its name is a keyword")
  func stubOfAKeyword() throws {
    let text = Sample.replacing(("operationId: getNote", "operationId: default"))
    let stub = try Pipeline.read(Array(text.utf8)).stub(of: "default").get()
    #expect(stub.contains("func `default`(_ input: Default.Input, as principal: Principal)"))
  }

  @Test(
    "Cut off anywhere, a specification is told about and nothing breaks",
    arguments: Array(stride(from: 0, to: 1300, by: 13)))
  func truncation(_ length: Int) {
    _ = Sample.diagnostics(String(Sample.text.prefix(length)))
  }

  @Test("With any line missing or any value replaced, a specification is told about and nothing breaks")
  func mutation() {
    let lines = String(decoding: source, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: lines.count, by: 101) {
      var without = lines
      without.remove(at: index)
      _ = Sample.diagnostics(without.joined(separator: "\n"))
      guard let colon = lines[index].firstIndex(of: ":") else { continue }
      for value in ["", " 1", " [a]", " {a: b}", " '#/components/schemas/Message'", " -1.5"] {
        var replaced = lines
        replaced[index] = lines[index][...colon] + value
        _ = Sample.diagnostics(replaced.joined(separator: "\n"))
      }
    }
  }

  @Test(
    "What others find wrong is told where a JSON Pointer leads, or as near to it as the specification goes",
    arguments: [
      ("/x-tables/notes/schema", "42:5"), ("/x-tables/notes/primaryKey/0", "43:18"), ("/x-tables/notes", "41:3"),
      ("/x-tables/notes/columns/colour", "41:3"), ("/x-tables/notes/primaryKey/1", "43:5"), ("", "1:1"),
      ("/paths/~1notes~1{note_id}/get", "7:5"),
    ])
  func pointers(_ pointer: String, place: String) {
    let text = Pipeline.text(ofError: "it differs", at: pointer, path: "api.yaml", source: Array(Sample.text.utf8))
    #expect(text.hasPrefix("api.yaml:\(place): error: it differs [invalid-query]\n"))
  }
}
