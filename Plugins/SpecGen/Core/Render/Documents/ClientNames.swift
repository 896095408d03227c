/// The names that client.js and client.d.ts share.
enum ClientNames {
  /// `ParleyClient`, from the document's title.
  static func className(_ api: API) -> String {
    let words = api.title.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let stem = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    guard let first = stem.first, first.isLetter else { return "APIClient" }
    return stem + "Client"
  }

  /// The document's title and version on one line, as a comment tells them.
  static func heading(_ api: API) -> String {
    sanitized("\(api.title) \(api.version)".lines.joined(separator: " "))
  }

  /// A member's name, in quotes where JavaScript asks for them.
  static func member(_ name: String) -> String {
    if name.consists(of: plainName), let first = name.utf8.first, first > UInt8(ascii: "9") { return name }
    guard let first = name.first, isIdentifierStart(first), name.allSatisfy({ isIdentifierStart($0) || $0.isNumber })
    else { return DocumentValue.jsonString(name) }
    return name
  }

  /// What most names consist of.
  private static let plainName = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789"

  private static func isIdentifierStart(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character == "_" || character == "$")
  }

  /// The operations that the client calls.
  static func operations(_ api: API) -> [Operation] { api.operations.filter(calls) }

  /// Whether the client has a method for an operation: fetch sends no TRACE (WHATWG Fetch §2.2.1).
  static func calls(_ operation: Operation) -> Bool { operation.method != .trace }

  /// The member of `input` that holds a parameter: its name, but for those that have one name in several places, and beside
  /// a body one named `body`: of these it is the Swift name, which tells them apart.
  static func key(_ parameter: Parameter, in operation: Operation) -> String {
    let isShared =
      operation.parameters.count { $0.name == parameter.name } > 1
      || parameter.name == "body" && operation.body != nil
    return isShared ? parameter.swiftName : parameter.name
  }

  /// The media type that the client sends: JSON where the operation takes it.
  static func requestContent(_ operation: Operation) -> RequestBody.Content? {
    operation.body?.content.first { $0.encoding == .json } ?? operation.body?.content.first
  }

  /// Whether a call needs an input: a required parameter or body.
  static func needsInput(_ operation: Operation) -> Bool {
    operation.parameters.contains(where: \.isRequired) || operation.body?.isRequired == true
  }

  static func hasInput(_ operation: Operation) -> Bool { !operation.parameters.isEmpty || operation.body != nil }

  static func hasStreams(_ api: API) -> Bool {
    operations(api).flatMap(\.successes).compactMap(\.content).contains { [.events, .lines].contains($0.encoding) }
  }

  /// What a call can ask for: a method of its own for each media type among which there is a choice.
  struct Answer {
    /// nil: no body.
    var content: OperationResponse.Content?
    var method: String

    func events(in api: API) -> EventDeclaration? {
      guard let content, content.encoding == .events else { return nil }
      return api.events.first { content.type == .named($0.swiftName) }
    }
  }

  /// The first one is asked for by the operation's own name.
  static func answers(of operation: Operation) -> [Answer] {
    let choices = operation.choices
    guard let first = choices.first else {
      return [Answer(content: operation.successes.lazy.compactMap(\.content).first, method: operation.id)]
    }
    return [Answer(content: first, method: operation.id)]
      + choices.dropFirst().map { content in
        Answer(content: content, method: operation.id + (SwiftName.upperCamel(content.swiftName) ?? ""))
      }
  }

  /// A JSDoc comment (TSDoc reads it too), indented.
  static func comment(_ paragraphs: [String?], indent: String) -> String {
    var body: [String] = []
    for case let paragraph? in paragraphs {
      for line in paragraph.trimmed.lines { body.append(sanitized(line)) }
      body.append("")
    }
    while body.last?.isEmpty == true { body.removeLast() }
    if body.isEmpty { return "" }
    if body.count == 1, let line = body.first { return "\(indent)/** \(line) */\n" }
    return "\(indent)/**\n" + body.map { "\(indent) *\($0.isEmpty ? "" : " " + $0)\n" }.joined() + "\(indent) */\n"
  }

  /// What would end the comment is broken by a space.
  private static func sanitized(_ line: String) -> String {
    if line.consists(of: String.printable), line.isFree(of: "*") || line.isFree(of: "/") { return line }
    var result = ""
    for scalar in line.unicodeScalars where scalar.value >= 0x20 && !(0x2028...0x2029).contains(scalar.value) {
      if scalar == "/", result.unicodeScalars.last == "*" { result += " " }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// The comment of an operation.
  static func comment(_ operation: Operation, indent: String) -> String {
    let problems = operation.problemResponses.filter { !$0.codes.isEmpty }.map { response in
      "@throws {ApiProblem} \(response.status.text): "
        + response.codes.map { "`\($0)`" }.joined(separator: ", ")
    }
    return comment(
      [
        operation.summary, operation.description, "`\(operation.method.token) \(operation.path)`",
        operation.isDeprecated ? "@deprecated" : nil,
        problems.isEmpty ? nil : problems.joined(separator: "\n"),
      ], indent: indent)
  }
}

extension Operation {
  /// The parameter by which a client goes on after the last event that it got (WHATWG HTML §9.2.4).
  var resumes: Parameter? {
    parameters.first { $0.location == .header && $0.name.lowercased() == "last-event-id" }
  }
}

extension EventDeclaration.Case {
  var isJSON: Bool { if case .json = payload { true } else { false } }
}
