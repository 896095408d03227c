import JSON
import Testing

@Suite struct FormatTests {
  @Test(
    "Addresses that people have are accepted",
    arguments: ["ada@example.com", "a.b+c@x-y.co", "ü@exämple.de", "a@localhost"])
  func emails(text: String) {
    #expect(Format.isEmail(text))
  }

  @Test(
    "Other addresses are refused",
    arguments: [
      "", "ada", "@x.y", "a@", "a@x..y", ".a@x", "a.@x", "a b@x", "a@-x", "a@x-", "a@x_y", "\"a b\"@x", "a@[1.2.3.4]",
      "a@b@c,d",
    ])
  func noEmails(text: String) {
    #expect(!Format.isEmail(text))
  }

  @Test("URIs are accepted", arguments: ["https://example.com/a?b=%20#c", "urn:x:y", "mailto:a@b", "a:"])
  func uris(text: String) {
    #expect(Format.isURI(text))
  }

  @Test("Other texts are refused", arguments: ["", "a", "/a", "1a:b", "a:b c", "a:%2", "a:é", "a:#b#c", ":a"])
  func noURIs(text: String) {
    #expect(!Format.isURI(text))
  }
}
