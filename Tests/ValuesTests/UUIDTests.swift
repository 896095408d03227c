import FoundationEssentials
import Testing

@testable import Values

@Suite struct UUIDTests {
  @Test("Ids grow, carry their time, and say version 7")
  func v7() {
    let earliest = Timestamp.now.milliseconds
    let id = UUID.v7()
    let text = Array(id.canonical)
    #expect(text[14] == "7" && "89ab".contains(text[19]))
    // The ids of other tests may have run ahead of the time by their number, a millisecond for four thousand of them.
    #expect((earliest...Timestamp.now.milliseconds + 1000).contains(Int64(id.words.high >> 16)))

    // A clock of its own: that of the process goes on with every test.
    var clock = UUID.Clock()
    let moment = UInt64(clamping: earliest)
    var previous = clock.tick(moment)
    for number in 0..<10_000 {
      // Back by less than ten seconds, too.
      let next = clock.tick(number < 5000 ? moment : moment - 9000)
      let grows = next > previous
      #expect(grows)
      previous = next
    }
    #expect(previous.milliseconds < moment + 5)
    let (back, _) = clock.tick(moment - 20_000)
    #expect(back == moment - 20_000)
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
