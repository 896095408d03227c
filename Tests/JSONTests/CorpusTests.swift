import JSON
import TestSupport
import Testing

/// nst/JSONTestSuite on the plain JSON value; `ShapesTests` read it as generated types.
@Suite(.enabled(if: JSONCorpus.isHere, "The corpora are not on this machine.")) struct CorpusTests {
  @Test("The corpus is whole")
  func whole() {
    #expect(JSONCorpus.names("y_").count == 95)
    #expect(JSONCorpus.names("n_").count == 188)
    #expect(JSONCorpus.names("i_").count == 35)
  }

  @Test("What is JSON is accepted", arguments: JSONCorpus.names("y_"))
  func accepts(name: String) throws {
    let bytes = try JSONCorpus.bytes(name)
    do throws(JSONReadError) {
      let value = try JSONReader.read(JSONValue.self, from: bytes)
      let again = try JSONReader.read(JSONValue.self, from: JSONWriter.write(value))
      #expect(again == value)
    } catch {
      // It is JSON; that a name occurs twice is a fault of the value (RFC 8259 §4: names should be unique).
      guard case .faults(let faults) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(faults.allSatisfy { $0.code == "duplicate-member" })
    }
  }

  @Test("What is not JSON is refused with its place", arguments: JSONCorpus.names("n_"))
  func refuses(name: String) throws {
    let bytes = try JSONCorpus.bytes(name)
    let error = #expect(throws: JSONReadError.self) { try JSONReader.read(JSONValue.self, from: bytes) }
    guard case .syntax(let syntax) = error else {
      Issue.record("not told as a mistake of the text: \(String(describing: error))")
      return
    }
    #expect(0...bytes.count ~= syntax.offset && syntax.line >= 1 && syntax.column >= 1 && !syntax.reason.isEmpty)
  }

  @Test("What may be either is read without harm", arguments: JSONCorpus.names("i_"))
  func survives(name: String) throws {
    _ = try? JSONReader.read(JSONValue.self, from: try JSONCorpus.bytes(name))
  }
}
