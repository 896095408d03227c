import Testing

@testable import SpecGenCore

@Suite struct LinkerTests {
  private func read(_ files: [String: String], within folder: String? = nil) -> Pipeline.Reading {
    let access = FileAccess(
      read: { files[$0].map { Array($0.utf8) } },
      names: { folder in
        let prefix = folder == "." ? "" : folder + "/"
        return files.keys.filter { $0.hasPrefix(prefix) }.compactMap { path in
          path.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
        }
      }, within: folder)
    return Pipeline.read(path: "api.yaml", source: Array((files["api.yaml"] ?? "").utf8), access)
  }

  /// The sample with another schema for the note.
  private func sample(_ schema: String) -> String {
    let indented = note.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return Sample.replacing((indented, "    Note: \(schema)"))
  }

  private let note = """
    Note:
      type: object
      required: [id, text]
      properties:
        id: {type: string, format: uuid}
        text: {type: string, maxLength: 100}
    """

  @Test(
    "A schema may stand in another file, and the code is the same",
    arguments: [
      ("{$ref: models.yaml#/Note}", "models.yaml"), ("{$ref: './a/b/../m.json#/Note'}", "a/m.json"),
      ("{$ref: 'my%20models.yaml#/Note'}", "my models.yaml"),
    ])
  func otherFile(_ schema: String, _ path: String) throws {
    let expected = try Pipeline.read(Array(Sample.text.utf8))
    let reading = read(["api.yaml": sample(schema), path: note])
    #expect(reading.text == "")
    let files = try #require(reading.specification).files(.swift)
    #expect(files == expected.files(.swift))
  }

  @Test("A file may be referred to by its own address, also from another one")
  func ownAddress() throws {
    let address = "https://example.com/api/openapi.yaml"
    let document = sample("{$ref: 'models.yaml#/Note'}")
      .replacing("openapi: 3.1.1", with: "openapi: 3.2.0\n$self: \(address)")
      .replacing("'#/components/schemas/Problem'", with: "'\(address)#/components/schemas/Problem'")
    let models = note.replacing(
      "{type: string, maxLength: 100}", with: "{$ref: '\(address)#/components/schemas/Problem'}")
    let reading = read(["api.yaml": document, "models.yaml": models])
    #expect(!reading.text.contains("error:"), "\(reading.text)")
    #expect(!reading.diagnostics.contains { $0.code == .remoteReference })
  }

  @Test("References go from file to file, also in circles, each seen from its own file")
  func chain() throws {
    let person = """
      type: object
      properties:
        name: {type: string}
        friends: {type: array, items: {$ref: '#'}}
        notes: {type: array, items: {$ref: ../api.yaml#/components/schemas/Note}}
        colour: {$ref: 'deep/colours.yaml#/$defs/Colour'}
      """
    let reading = read([
      "api.yaml": sample(
        "{type: object, required: [id], properties: {id: {type: string, format: uuid}, author: {$ref: m/person.yaml}}}"
      )
      .replacing("primaryKey: [id]", with: "omit: [author]\n    primaryKey: [id]"),
      "m/person.yaml": person, "m/deep/colours.yaml": "$defs: {Colour: {type: string, enum: [red, blue]}}",
    ])
    #expect(reading.text == "")
    let types = try #require(reading.specification).api.types.map(\.swiftName)
    #expect(types == ["Note", "Person", "Colour"])
    #expect(reading.sources.files.map(\.path) == ["api.yaml", "m/person.yaml", "m/deep/colours.yaml"])
  }

  @Test("A part of a schema that is referred to is one type, named after both")
  func depth() throws {
    let text = Sample.schemas(
      """
      Note:
        type: object
        required: [id]
        properties:
          id: {type: string, format: uuid}
          state: {type: string, enum: [open, done]}
          before: {$ref: '#/components/schemas/Note/properties/state'}
      """)
    let reading = read(["api.yaml": text])
    #expect(reading.text == "")
    #expect(try #require(reading.specification).api.types.map(\.swiftName) == ["Note", "NoteState"])
  }

  @Test("$anchor and $id name schemas")
  func names() throws {
    let models = """
      $defs:
        a: {$anchor: label, type: string, maxLength: 5}
        b: {$id: 'https://example.com/schemas/b', type: object, properties: {c: {$ref: c}}}
        c: {$id: 'https://example.com/schemas/c', type: boolean}
      """
    let reading = read([
      "api.yaml": sample(
        "{type: object, required: [id], properties: {id: {type: string, format: uuid}, x: {$ref: m.yaml#label}, y: {$ref: 'https://example.com/schemas/b'}}}"
      ).replacing("primaryKey: [id]", with: "omit: [y]\n    primaryKey: [id]"), "m.yaml": models,
    ])
    #expect(reading.text == "")
    #expect(try #require(reading.specification).api.types.map(\.swiftName) == ["Note", "A", "B", "C"])
  }

  @Test("An address is read from the folder that stands for it")
  func remote() throws {
    let text = sample("{$ref: 'https://example.com/schemas/note.yaml#/Note'}")
    let reading = read([
      "api.yaml": text + "\nx-remote: {'https://example.com/': vendor}", "vendor/schemas/note.yaml": note,
    ])
    #expect(reading.text == "")
    #expect(reading.specification != nil)
    #expect(read(["api.yaml": text]).diagnostics.map(\.code) == [.remoteReference])
  }

  @Test("Path items, parameters, responses and examples may stand in other files")
  func others() throws {
    let text = """
      openapi: 3.1.1
      info: {title: Notes, version: '1'}
      tags: [{name: notes}]
      security: [{bearer: []}]
      paths:
        /notes/{note_id}: {$ref: paths/note.yaml}
      components:
        securitySchemes: {bearer: {$ref: 'common.yaml#/bearer'}}
      """
    let path = """
      parameters: [{$ref: ../common.yaml#/id}]
      get:
        operationId: getNote
        tags: [notes]
        responses:
          '200': {$ref: ../common.yaml#/answer}
      """
    let common = """
      bearer: {type: http, scheme: bearer}
      id: {name: note_id, in: path, required: true, schema: {type: string}}
      answer:
        description: The note.
        content: {application/json: {schema: {type: string}, examples: {a: {$ref: '#/example'}}}}
      example: {value: hello}
      """
    let reading = read(["api.yaml": text, "paths/note.yaml": path, "common.yaml": common])
    #expect(reading.text == "")
    let operation = try #require(reading.specification?.api.operations.first)
    #expect(operation.parameters.map(\.name) == ["note_id"])
  }

  @Test("A mistake in another file is told there, and its excerpt is that file's")
  func places() {
    let reading = read([
      "api.yaml": sample("{$ref: models.yaml#/Note}"),
      "models.yaml": "Note:\n  type: object\n  required: [id]\n  properties:\n    id: {typ: string}\n",
    ])
    #expect(
      reading.text == """
        models.yaml:5:10: error: unknown key "typ" in a schema; did you mean "type"? [unknown-key]
            5 |     id: {typ: string}
              |          ^~~

        """)
  }

  @Test("A file outside of the folder that the build watches is refused")
  func watched() {
    let files = ["api.yaml": sample("{$ref: models.yaml#/Note}"), "models.yaml": note]
    #expect(read(files, within: "api").diagnostics.map(\.code) == [.unwatchedFile])
    let inside = ["api.yaml": sample("{$ref: api/models.yaml#/Note}"), "api/models.yaml": note]
    #expect(read(inside, within: "./api/").diagnostics.isEmpty)
  }

  @Test("What leads back to itself is told, and nothing hangs")
  func circles() {
    let a = read(["api.yaml": sample("{$ref: a.yaml}"), "a.yaml": "$ref: b.yaml", "b.yaml": "$ref: a.yaml"])
    #expect(a.diagnostics.map(\.code).contains(.referenceCycle))
    let text = Sample.text.replacing("/notes/{note_id}:", with: "/x: {$ref: p.yaml}\n  /notes/{note_id}:")
    let b = read(["api.yaml": text, "p.yaml": "$ref: q.yaml", "q.yaml": "$ref: p.yaml"])
    #expect(b.diagnostics.map(\.code).contains(.referenceCycle))
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
