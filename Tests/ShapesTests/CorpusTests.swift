import JSON
import Shapes
import TestSupport
import Testing

/// nst/JSONTestSuite on generated readers: whatever the types are, what is no JSON is told as such with its place, and
/// what is JSON never is.
@Suite(.enabled(if: JSONCorpus.isHere, "The corpora are not on this machine.")) struct CorpusTests {
  /// Structs, with members of any kind and without, enumerations and choices of every kind.
  static let types: [any Shape.Type] = [
    Settings.self, Customer.self, Constants.self, Nullable.self, Node.self, Tree.self, Event.self, Content.self,
    Payment.self, Contact.self, Number.self, Filter.self, Pet.self, Class.self,
  ]

  @Test("What is JSON is told as a value of another type at most", arguments: JSONCorpus.names("y_"))
  func accepts(name: String) throws {
    let bytes = try JSONCorpus.bytes(name)
    for type in Self.types {
      let mistake = type.mistake(in: bytes)
      #expect(mistake == nil, "\(type)")
    }
    #expect(Settings.mistake(in: bytes.asMember) == nil)
    // A name that occurs twice is the only fault that a value of any kind can have.
    #expect(Settings.codes(of: bytes.asMember).allSatisfy { $0 == "duplicate-member" })
  }

  @Test("What is not JSON is refused with its place", arguments: JSONCorpus.names("n_"))
  func refuses(name: String) throws {
    let bytes = try JSONCorpus.bytes(name)
    for type in Self.types {
      let found = type.mistake(in: bytes)
      let mistake = try #require(found, "\(type)")
      #expect(0...bytes.count ~= mistake.offset && mistake.line >= 1 && mistake.column >= 1 && !mistake.reason.isEmpty)
    }
    #expect(Settings.mistake(in: bytes.asMember) != nil)
  }

  @Test("What may be either is read without harm", arguments: JSONCorpus.names("i_"))
  func survives(name: String) throws {
    let bytes = try JSONCorpus.bytes(name)
    for type in Self.types { _ = type.mistake(in: bytes) }
    _ = Settings.mistake(in: bytes.asMember)
  }

  @Test("However deep a text is nested, it is refused where it is too deep", arguments: [128, 129, 100_000])
  func depth(_ depth: Int) {
    let arrays = Array(String(repeating: "[", count: depth).utf8) + Array(String(repeating: "]", count: depth).utf8)
    // The object around them is one level.
    #expect((Settings.mistake(in: arrays.asMember) == nil) == (depth < 128))
    #expect((Node.mistake(in: Array(#"{"value": 1, "x": "#.utf8) + arrays + [125]) == nil) == (depth < 128))
    let nodes = String(repeating: #"{"value":1,"next":"#, count: depth) + "null" + String(repeating: "}", count: depth)
    #expect((Node.mistake(in: Array(nodes.utf8)) == nil) == (depth <= 128))
  }
}

extension JSONDecodable where Self: Shape {
  /// What is no JSON in a text.
  fileprivate static func mistake(in bytes: [UInt8]) -> JSONSyntaxError? {
    guard case .failure(.syntax(let error)) = result(of: bytes) else { return nil }
    return error
  }

  /// The codes of the faults of a text that is JSON.
  fileprivate static func codes(of bytes: [UInt8]) -> [String] {
    guard case .failure(.faults(let faults)) = result(of: bytes) else { return [] }
    return faults.map(\.code)
  }

  private static func result(of bytes: [UInt8]) -> Result<Self, JSONReadError> {
    Result { () throws(JSONReadError) in try JSONReader.read(Self.self, from: bytes) }
  }
}

extension [UInt8] {
  /// An object that has the text as its member of any kind.
  fileprivate var asMember: [UInt8] { Array(#"{"theme": "dark", "any": "#.utf8) + self + [UInt8(ascii: "}")] }
}
