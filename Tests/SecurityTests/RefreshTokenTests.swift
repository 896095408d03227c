import FoundationEssentials
import Security
import Testing
import Values

@Suite("Refresh tokens")
struct RefreshTokenTests {
  let token = RefreshToken(subject: .v7(), session: .v7())

  @Test("A token is found again by its text, with its ids and its digest")
  func text() throws {
    let read = try #require(RefreshToken(text: token.text))
    #expect(read == token)
    #expect(read.digest == token.digest)
    #expect(token.text.utf8.count == 86)
    #expect(token.digest.utf8.count == 43)
  }

  @Test("Two tokens of one session have nothing but the session in common")
  func random() {
    let other = RefreshToken(subject: token.subject, session: token.session)
    #expect(other.digest != token.digest)
    #expect(other.text != token.text)
  }

  @Test("The token that follows is always the same, belongs to the same session, and depends on the key")
  func successor() throws {
    let key = try RefreshKey(secret: "one secret")
    let next = token.successor(key: key)
    #expect(next == token.successor(key: try RefreshKey(secret: "one secret")))
    #expect(next != token.successor(key: try RefreshKey(secret: "another secret")))
    #expect(next.digest != token.digest)
    #expect(next.subject == token.subject)
    #expect(next.session == token.session)
    #expect(next.successor(key: key).digest != token.digest)
  }

  @Test("The digest is SHA-256 of the secret")
  func digest() throws {
    // 32 zero bytes behind zero ids: the digest is a published value.
    let zero = try #require(RefreshToken(text: String(repeating: "A", count: 86)))
    #expect(zero.digest == "Zmh6rfhivXdsj8GLjp-OIAiXFIVu4jOzkCpZHQ1fKSU")
  }

  @Test(
    "What no token can read like is refused",
    arguments: [
      "", "abc", String(repeating: "A", count: 87), String(repeating: "=", count: 86), tail + "*", tail + "B",
    ])
  func malformed(text: String) {
    #expect(RefreshToken(text: text) == nil)
  }

  @Test("A token is never described")
  func description() {
    #expect(!"\(token)".contains(token.text))
    #expect(!String(reflecting: token).contains(token.text))
  }

  static let tail = String(repeating: "A", count: 85)
}
