@testable import SpecGenCore

/// A small specification that is right, and what the stages say about variations of it.
enum Sample {
  static let text = """
    openapi: 3.1.1
    info: {title: Notes, version: '1'}
    tags: [{name: notes}]
    security: [{bearer: []}]
    paths:
      /notes/{note_id}:
        get:
          operationId: getNote
          tags: [notes]
          parameters:
            - {name: note_id, in: path, required: true, schema: {type: string, format: uuid}}
          responses:
            '200':
              description: The note.
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Note'}
            '404':
              description: No such note.
              x-codes: [note-not-found]
              content:
                application/problem+json:
                  schema: {$ref: '#/components/schemas/Problem'}
    components:
      securitySchemes:
        bearer: {type: http, scheme: bearer}
      schemas:
        Note:
          type: object
          required: [id, text]
          properties:
            id: {type: string, format: uuid}
            text: {type: string, maxLength: 100}
        Problem:
          type: object
          properties:
            code: {type: string}
    x-problems:
      note-not-found: {status: 404, title: Note not found, detail: You have no note with this id.}
    x-tables:
      notes:
        schema: Note
        primaryKey: [id]
    """

  /// The sample with another text for some of its pieces.
  static func replacing(_ pieces: (String, String)...) -> String {
    pieces.reduce(text) { text, piece in
      guard let range = text.firstRange(of: piece.0) else { return "the sample has no: \(piece.0)" }
      return text.replacingCharacters(in: range, with: piece.1)
    }
  }

  /// The sample with these schemas instead of its own; `Note` must be among them.
  static func schemas(_ yaml: String) -> String {
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    let start = text.firstRange(of: "    Note:\n")?.lowerBound ?? text.startIndex
    let end = text.firstRange(of: "    Problem:\n")?.lowerBound ?? text.endIndex
    return String(text[..<start]) + lines.joined(separator: "\n") + "\n" + String(text[end...])
  }

  static func api(_ text: String) throws -> API {
    try Pipeline.read(Array(text.utf8)).api
  }

  /// The codes and places of what is wrong with a text.
  static func diagnostics(_ text: String) -> [String] {
    do throws(Diagnostics) {
      _ = try Pipeline.read(Array(text.utf8))
      return []
    } catch {
      return error.list.sortedByPlace().map { "\($0.place.start.line):\($0.place.start.column) \($0.code.rawValue)" }
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
