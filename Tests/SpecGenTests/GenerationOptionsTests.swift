import Foundation
import Testing

@testable import SpecGenCore

@Suite struct GenerationOptionsTests {
  /// The files of the sample with `x-specgen` and another operation, those of one kind as one.
  private func files(_ options: String) throws -> [String: String] {
    let text = Sample.replacing(
      ("x-problems:", "x-specgen: \(options)\nx-problems:"),
      (
        "components:\n",
        """
          /others:
            get:
              operationId: listOthers
              tags: [others]
              responses:
                '200': {description: Others., content: {application/json: {schema: {$ref: '#/components/schemas/Other'}}}}
        components:

        """
      ),
      ("  schemas:\n", "  schemas:\n    Other: {type: object, properties: {text: {type: string}}}\n"))
    let files = try Pipeline.read(Array(text.utf8)).files(.swift)
    return Dictionary(files.map { ($0.name.filter { !$0.isNumber }, $0.text) }, uniquingKeysWith: +)
  }

  @Test("Everything is public, and everything is written, where nothing else is asked for")
  func byDefault() throws {
    let files = try files("{}")
    #expect(files["Schemas.swift"]?.contains("public struct Other") == true)
    #expect(files["Router.swift"]?.contains("listOthers") == true)
  }

  @Test(
    "Declarations have the access that is asked for, and texts stay as they are", arguments: ["package", "internal"])
  func access(_ level: String) throws {
    let files = try files("{access: \(level)}")
    let word = level == "package" ? "package " : ""
    #expect(files["Schemas.swift"]?.contains("\n\(word)struct Other: CodableAsJSON") == true)
    #expect(files["Router.swift"]?.contains("\n\(word)struct Router: Responder") == true)
    #expect(files["Documents.swift"]?.contains("\(word)static let openAPIJSON = #") == true)
    for (name, text) in files where name != "Documents.swift" {
      #expect(!text.split(separator: "\n").contains { $0.trimmed.hasPrefix("public ") }, "\(name)")
    }
  }

  @Test("What is left out of the outputs is an empty file, for which the build waits")
  func outputs() throws {
    let files = try files("{outputs: [storage]}")
    #expect(files["Tables.swift"]?.contains("NotesTable") == true)
    for name in ["Operations.swift", "Operations+HTTP.swift", "Router.swift", "Documents.swift"] {
      let lines = Set(try #require(files[name]).split(separator: "\n"))
      #expect(lines.count == 2, "\(name)")
    }
  }

  @Test("What is left over without the operations says nothing of their types")
  func typesOfOperations() throws {
    let form = """
            requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {
              name: {type: string}, file: {type: string, format: binary}}}}}}
            responses:
              '200': {description: Others.
      """
    let text = Sample.replacing(
      ("x-problems:", "x-specgen: {outputs: [storage]}\nx-problems:"),
      (
        "components:\n",
        "  /files:\n    post:\n      operationId: sendFile\n      tags: [notes]\n\(form)}\ncomponents:\n"
      ))
    let files = try Pipeline.read(Array(text.utf8)).files(.swift)
    #expect(!files.contains { $0.name.hasPrefix("Schemas") && $0.text.contains("extension SendFile.") })
  }

  @Test("What names an operation that is left out is no mistake")
  func mentions() throws {
    let text = Sample.replacing(
      ("x-problems:", "x-specgen: {tags: [others]}\nx-problems:"),
      (
        "components:\n",
        """
          /others:
            get:
              operationId: listOthers
              tags: [others]
              parameters: [{name: id, in: query, schema: {type: string}, x-example-from: {operation: getNote, pointer: /id}}]
              responses:
                '204': {description: None., links: {note: {operationId: getNote}, same: {operationRef: '#/paths/~1others/get'}}}
        components:

        """
      ))
    let files = try Pipeline.read(Array(text.utf8)).files(.swift)
    #expect(files.contains { $0.name == "Router.swift" && $0.text.contains("listOthers") })
  }

  @Test(
    "Operations are chosen by tag or by path, and what only the others use goes with them",
    arguments: ["{tags: [others]}", "{paths: [/others]}", "{paths: ['/oth*'], tags: [others, notes]}"])
  func filters(_ options: String) throws {
    let files = try files(options)
    #expect(files["Router.swift"]?.contains("listOthers") == true)
    #expect(files["Router.swift"]?.contains("getNote") == false)
    #expect(files["Documents.swift"]?.contains("/notes/{note_id}") == false)
    let others = try self.files("{tags: [notes]}")
    #expect(others["Schemas.swift"]?.contains("Other") == false)
  }
}
