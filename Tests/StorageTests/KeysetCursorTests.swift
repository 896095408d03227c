import FoundationEssentials
import Storage
import Testing
import Values

@Suite("Keyset cursors")
struct KeysetCursorTests {
  private let moment = Timestamp(milliseconds: -1)
  private let id = UUID.v7()

  @Test("Values of every type come back as they were")
  func roundTrip() throws {
    let date = try #require(CalendarDate(iso8601: "2026-02-28"))
    let text = KeysetCursor.text(of: true, Int.min, -0.5, "naïve 🙂", id, moment, date, in: "list")
    let values = try #require(
      KeysetCursor.values(
        of: text, in: "list", as: Bool.self, Int.self, Double.self, String.self, UUID.self, Timestamp.self,
        CalendarDate.self))
    #expect(values.0 && values.1 == Int.min && values.2 == -0.5 && values.3 == "naïve 🙂")
    #expect(values.4 == id && values.5 == moment && values.6 == date)
  }

  @Test("An empty text and a single value are places too")
  func single() {
    let value: String? = KeysetCursor.values(of: KeysetCursor.text(of: "", in: "list"), in: "list", as: String.self)
    #expect(value == "")
  }

  @Test("The text is made of letters that a URL takes as they are")
  func alphabet() {
    for _ in 0..<100 {
      let text = KeysetCursor.text(of: Int.random(in: .min ... .max), in: "list")
      #expect(text.utf8.allSatisfy { KeysetCursorTests.letters.contains($0) })
    }
  }

  @Test("Another list and other types are refused")
  func otherLists() {
    let text = KeysetCursor.text(of: moment, id, in: "list")
    #expect(KeysetCursor.values(of: text, in: "list", as: Timestamp.self, UUID.self) != nil)
    #expect(KeysetCursor.values(of: text, in: "other", as: Timestamp.self, UUID.self) == nil)
    #expect(KeysetCursor.values(of: text, in: "list", as: Int.self, UUID.self) == nil)
    #expect(KeysetCursor.values(of: text, in: "list", as: Timestamp.self) == nil)
    #expect(KeysetCursor.values(of: text, in: "list", as: Timestamp.self, UUID.self, Bool.self) == nil)
  }

  @Test("Every text that differs in one letter is refused")
  func edited() {
    let text = Array(KeysetCursor.text(of: true, moment, id, in: "list").utf8)
    for position in text.indices {
      for letter in KeysetCursorTests.letters where letter != text[position] {
        var edited = text
        edited[position] = letter
        let cursor = String(decoding: edited, as: UTF8.self)
        #expect(KeysetCursor.values(of: cursor, in: "list", as: Bool.self, Timestamp.self, UUID.self) == nil)
      }
    }
    for count in 0..<text.count {
      let cut = String(decoding: text.prefix(count), as: UTF8.self)
      #expect(KeysetCursor.values(of: cut, in: "list", as: Bool.self, Timestamp.self, UUID.self) == nil)
    }
  }

  @Test(
    "What is no base64url is refused",
    arguments: ["", "=", "A", "A===", "+/+/", "AQ==", " AQ", "AQ\n", "é", "\u{0}", "AAAAAAAAAAAA", "AQAAAAAAAAA"])
  func malformed(text: String) {
    #expect(KeysetCursor.values(of: text, in: "list", as: Bool.self) == nil)
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
