import FoundationEssentials
import Security
import Testing
import Values

@Suite("Refresh tokens")
struct RefreshTokenTests {
  let token = RefreshToken(subject: .v7(), session: .v7())
  let key: RefreshKey

  init() throws {
    key = try RefreshKey(secret: "one secret")
  }

  @Test("A token is found again by its text, with its ids and its digest")
  func text() throws {
    let text = token.text(key: key)
    let read = try #require(RefreshToken(text: text, key: key))
    #expect(read == token)
    #expect(read.digest == token.digest)
    #expect(text.utf8.count == 128)
    #expect(token.digest.utf8.count == 43)
  }

  @Test("Two tokens of one session have nothing but the session in common")
  func random() {
    let other = RefreshToken(subject: token.subject, session: token.session)
    #expect(other.digest != token.digest)
    #expect(other.text(key: key) != token.text(key: key))
  }

  @Test("The token that follows is always the same, belongs to the same session, and depends on the key")
  func successor() throws {
    let next = token.successor(key: key)
    #expect(next == token.successor(key: try RefreshKey(secret: "one secret")))
    #expect(next != token.successor(key: try RefreshKey(secret: "another secret")))
    #expect(next.digest != token.digest)
    #expect(next.subject == token.subject)
    #expect(next.session == token.session)
    #expect(next.successor(key: key).digest != token.digest)
  }

  @Test("A token that was not made with this key is refused, though its ids are right")
  func forged() throws {
    let other = try RefreshKey(secret: "another secret")
    #expect(RefreshToken(text: token.text(key: other), key: key) == nil)
    let last = token.text(key: key).last == "A" ? "B" : "A"
    #expect(RefreshToken(text: token.text(key: key).dropLast() + last, key: key) == nil)
  }

  @Test(
    "What no token can read like is refused",
    arguments: ["", "abc", String(repeating: "A", count: 128), String(repeating: "=", count: 128)])
  func malformed(text: String) {
    #expect(RefreshToken(text: text, key: key) == nil)
  }

  @Test("A token is never described")
  func description() {
    #expect(!"\(token)".contains(token.text(key: key)))
    #expect(String(reflecting: token) == "RefreshToken")
  }
}
