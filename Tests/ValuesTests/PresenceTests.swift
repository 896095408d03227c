import Foundation
import Testing
import Values

@Suite struct PresenceTests {
  struct Change: Codable, Equatable {
    var title: Presence<String>
  }

  @Test(
    "Synthesized Codable keeps absent, null and value apart",
    arguments: [
      (#"{}"#, .absent), (#"{"title":null}"#, .null), (#"{"title":"a"}"#, .value("a")),
    ] as [(String, Presence<String>)])
  func codable(text: String, title: Presence<String>) throws {
    let change = try JSONDecoder().decode(Change.self, from: Data(text.utf8))
    #expect(change == Change(title: title))
    #expect(String(decoding: try JSONEncoder().encode(change), as: UTF8.self) == text)
  }
}
