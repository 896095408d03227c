import FoundationEssentials
import Generated
import Testing
import Values

@Suite struct CursorTests {
  let key = MessagesTable.ByConversationKey(createdAt: Timestamp(milliseconds: 1_767_323_045_678), id: UUID.v7())

  @Test("A cursor leads back to its place")
  func roundTrip() {
    #expect(MessagesTable.ByConversationKey(cursor: key.cursor) == key)
    #expect(key.cursor.utf8.allSatisfy { UInt8(ascii: "!") < $0 && $0 != UInt8(ascii: "=") })
  }

  @Test("A cursor of another list is refused, even where the columns are the same")
  func otherList() {
    #expect(MessagesTable.ByParentKey(cursor: key.cursor) == nil)
    #expect(TokenUsageTable.ByUserKey(cursor: key.cursor) == nil)
    #expect(ConversationsTable.ByUserKey(cursor: key.cursor) == nil)
  }

  @Test("A cursor that was cut, prolonged or edited is refused")
  func edited() {
    let text = Array(key.cursor)
    for index in text.indices {
      #expect(MessagesTable.ByConversationKey(cursor: String(text[..<index])) == nil, "cut at \(index)")
      var other = text
      other[index] = text[index] == "A" ? "B" : "A"
      #expect(MessagesTable.ByConversationKey(cursor: String(other)) == nil, "edited at \(index)")
    }
    #expect(MessagesTable.ByConversationKey(cursor: key.cursor + "A") == nil)
  }

  @Test("What never was a cursor is refused", arguments: ["", "x", "next", "////", "ä", "AQAAAAA"])
  func nonsense(text: String) {
    #expect(MessagesTable.ByConversationKey(cursor: text) == nil)
  }
}
