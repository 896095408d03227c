import AIClient
import Testing

@Suite("The token estimate")
struct TokenEstimateTests {
  @Test(
    "Pieces put together are the text",
    arguments: [
      "", " ", "Hello, world!", "  two  spaces\n\nand lines\r\n", "naïve café", "日本語のテキスト", "👩‍👩‍👧 👍🏽!", "e\u{301}a",
      "12345678", "supercalifragilistic", "a - b", "\t\tx",
    ])
  func wholeness(text: String) {
    let pieces = TokenEstimate.pieces(of: text)
    #expect(pieces.joined() == text)
    #expect(pieces.allSatisfy { !$0.isEmpty })
    #expect(TokenEstimate.count(text) == pieces.count)
  }

  @Test("Words, numbers, marks and ideographs are cut as documented")
  func cutting() {
    #expect(TokenEstimate.pieces(of: "Hello, world!") == ["Hello", ",", " world", "!"])
    #expect(TokenEstimate.pieces(of: "internationally 12345") == ["interna", "tion", "ally", " ", "123", "45"])
    #expect(TokenEstimate.pieces(of: "日本") == ["日", "本"])
  }

  @Test("A prompt costs its messages and what templates add")
  func prompt() {
    let prompt = ChatPrompt(messages: [
      ChatMessage(role: .system, content: "Be kind"), ChatMessage(role: .user, content: "Hello"),
    ])
    #expect(TokenEstimate.count(of: prompt) == 3 + 4 + 2 + 4 + 1)
  }
}
