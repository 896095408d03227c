import AIClient
import HTTP
import HTTPTypes
import JSON
import Shapes
import SpecGenCore
import TestSupport

/// What is given texts of any kind.
enum Target: String, CaseIterable {
  case yaml, spec, json, parameters, events

  /// The greatest length of a text that it is given.
  var limit: Int { self == .spec ? 1500 : 600 }

  /// What is wrong with the answer to a text; nil when all is well.
  ///
  /// - Parameter number: decides what the text does not, such as where it is cut.
  func fault(of text: [UInt8], number: UInt64) -> String? {
    switch self {
    case .yaml:
      _ = Pipeline.readsYAML(text)
      return nil
    case .spec: return specification(text, number)
    case .json: return json(text)
    case .parameters: return parameters(text)
    case .events: return events(text, number)
    }
  }

  // MARK: Specifications

  /// A text is refused in words, or accepted; what is accepted is written out now and then, which takes longer than all
  /// the rest.
  private func specification(_ text: [UInt8], _ number: UInt64) -> String? {
    let reading = Pipeline.read(path: "api.yaml", source: text, .none)
    guard let specification = reading.specification else {
      return reading.text.isEmpty ? "refused without a word" : nil
    }
    return number % 16 == 0 && specification.files(.swift).isEmpty ? "nothing is written" : nil
  }

  // MARK: JSON

  /// What is read is written and read again as the same; a type never takes what is no JSON, nor the other way round.
  private func json(_ text: [UInt8]) -> String? {
    let value = result(JSONValue.self, text)
    var isSyntax = false
    switch value {
    case .success(let value):
      guard case .success(value) = result(JSONValue.self, JSONWriter.write(value)) else { return "not the same again" }
    case .failure(.syntax(let error)):
      isSyntax = true
      guard 0...text.count ~= error.offset else { return "a mistake outside of the text" }
    case .failure(.faults): break
    }
    for fault in [
      misread(Settings.self, text, isSyntax), misread(Event.self, text, isSyntax), misread(Filter.self, text, isSyntax),
      misread(Contact.self, text, isSyntax), misread(Node.self, text, isSyntax),
    ] {
      if let fault { return fault }
    }
    return nil
  }

  private func misread<Value: JSONDecodable & JSONEncodable & Equatable>(
    _ type: Value.Type, _ text: [UInt8], _ isSyntax: Bool
  ) -> String? {
    switch result(type, text) {
    case .success(let value):
      guard case .success(value) = result(type, JSONWriter.write(value)) else { return "\(type): not the same again" }
      return isSyntax ? "\(type) took what is no JSON" : nil
    case .failure(.faults): return isSyntax ? "\(type) took what is no JSON" : nil
    // Alternatives of alternatives end with a mistake of the text as well.
    case .failure(.syntax(let error)):
      return isSyntax || error.reason.hasPrefix("Too many alternatives") ? nil : "\(type): \(error)"
    }
  }

  private func result<Value: JSONDecodable>(_ type: Value.Type, _ text: [UInt8]) -> Result<Value, JSONReadError> {
    Result { () throws(JSONReadError) in try JSONReader.read(type, from: text) }
  }

  // MARK: Parameters

  /// Reads the text as a path with a query and as a header, by every kind of value.
  private func parameters(_ text: [UInt8]) -> String? {
    let target = String(decoding: text, as: UTF8.self)
    var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/" + target)
    if let name = HTTPField.Name("X-Value") { head.headerFields[name] = target }
    let request = Request(head: head, id: "")
    guard let path = Path(request.path) else { return nil }
    var input = InputReader(request, path: path)
    for index in 0..<path.count { _ = input.path("p\(index)", at: index) { $0.string(minLength: 1, maxLength: 20) } }
    _ = input.path("id", at: 0) { $0.uuid() }
    _ = input.query.required("a") { $0.integer(minimum: -5, maximum: 500, multipleOf: 5) }
    _ = input.query.value("b") { $0.number(exclusiveMinimum: 0) }
    _ = input.query.value("c") { $0.boolean() }
    _ = input.query.value("d") { $0.array(maxItems: 3) { $0.string(pattern: Target.pattern) } }
    _ = input.query.value("i", .form(explode: false)) { $0.array { $0.integer() } }
    _ = input.query.value("e") { $0.timestamp() }
    _ = input.query.value("f") { $0.date() }
    _ = input.query.value("g") { $0.string(format: .uri) }
    _ = input.query.value("h") { $0.string(format: .email) }
    _ = input.header("X-Value") { $0.integer(among: 1, 2) }
    input.query.refuseOthers()
    return nil
  }

  private static let pattern = JSON.Pattern(#"^(?:a|b\d+)*$"#)

  // MARK: Events

  /// However a body is cut, its documents are the same.
  private func events(_ text: [UInt8], _ number: UInt64) -> String? {
    var random = SplitMix64(seed: number &+ 1)
    var rest = text[...]
    var pieces: [[UInt8]] = []
    while !rest.isEmpty {
      let piece = rest.prefix(1 + random.below(9))
      pieces.append([UInt8](piece))
      rest = rest.dropFirst(piece.count)
    }
    for kind in [Framing.Kind.events, .eventsOrWhole, .lines, .whole] {
      if documents(pieces, kind) != documents([text], kind) { return "cut otherwise, it has other documents (\(kind))" }
    }
    return nil
  }

  private func documents(_ pieces: [[UInt8]], _ kind: Framing.Kind) -> [[UInt8]] {
    var framing = Framing(kind)
    var documents: [[UInt8]] = []
    do {
      for piece in pieces {
        framing.append(piece)
        while let document = try framing.next() { documents.append(document.bytes) }
      }
      framing.end()
      while let document = try framing.next() { documents.append(document.bytes) }
    } catch {
      documents.append(Array("\(error)".utf8))
    }
    return documents
  }
}
