import FoundationEssentials
import Testing
import Values

@Suite struct UUIDTests {
  @Test("Ids grow, carry their time, and say version 7")
  func v7() {
    let moment = Timestamp.now
    var previous = UUID.v7(at: moment)
    for _ in 0..<10_000 {
      let next = UUID.v7(at: moment)
      #expect(previous.words < next.words)
      previous = next
    }
    let text = Array(previous.canonical)
    #expect(text[14] == "7" && "89ab".contains(text[19]))
    #expect(Int64(previous.words.high >> 16) - moment.milliseconds < 100)
  }

  @Test("The canonical text is lower case and read back in either case")
  func canonical() {
    let id = UUID()
    #expect(id.canonical == id.uuidString.lowercased())
    #expect(UUID(canonical: id.canonical) == id)
    #expect(UUID(canonical: id.uuidString) == id)
  }

  @Test(
    "Other texts are refused",
    arguments: [
      "", "0190", "01900000-0000-7000-8000-00000000000g", "0190000000007000800000000000000000000",
      "{1900000-0000-7000-8000-000000000000", "01900000-0000-7000-8000-0000000000001",
    ])
  func refuses(text: String) {
    #expect(UUID(canonical: text) == nil)
  }
}
