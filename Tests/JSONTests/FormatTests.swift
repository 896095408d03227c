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

  @Test(
    "Texts that have their format are accepted",
    arguments: [
      (StringFormat.hostname, ["a", "www.example.com", "xn--bcher-kva.de", "1a"]), (.ipv4, ["0.0.0.0", "255.1.2.3"]),
      (.ipv6, ["::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::"]),
      (.uriReference, ["", "/a", "a/b?c#d", "#e", "//h/p", "http://[::1]:80/"]), (.iri, ["http://é.de/ü"]),
      (.iriReference, ["é"]), (.uriTemplate, ["/a/{b}{?c,d*}", "a%20"]),
      (.uuid, ["0190A5C8-7c1e-7b3a-9f21-3d5e8a6b4c2d"]), (.time, ["03:04:05Z", "23:59:60Z", "03:04:05.6+01:00"]),
      (.duration, ["P1D", "PT1H2M3S", "P1Y2M3DT4H", "P4W"]), (.regex, ["^a+$"]), (.jsonPointer, ["", "/a~1b/0"]),
      (.relativeJSONPointer, ["0", "1/a", "0#"]), (.byte, ["", "aGk=", "aGkh"]),
      (.dateTime, ["2026-01-02T03:04:05Z"]), (.date, ["2024-02-29"]), (.idnEmail, ["ü@exämple.de"]),
    ])
  func formats(format: StringFormat, texts: [String]) {
    for text in texts { #expect(format.accepts(text), "\(text)") }
  }

  @Test(
    "Texts that do not have their format are refused",
    arguments: [
      (StringFormat.hostname, ["", "-a", "a-", "a_b", "é", "a..b", "xn--", "ab--c"]),
      (.ipv4, ["1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1.2.3.4.5"]),
      (
        .ipv6, [":", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1.2.3.4::", "::%1"]
      ),
      (.uriReference, ["a b", "é", "1:a", "%", "http://[1]/", "http://a:b:c/", "[a]"]), (.iri, ["é", "http://a b"]),
      (.uriTemplate, ["{", "{a", "a}", "{+}"]), (.uuid, ["0190A5C8-7c1e-7b3a-9f21-3d5e8a6b4c2"]),
      (.time, ["03:04:05", "24:00:00Z", "03:04Z"]), (.duration, ["P", "P1", "PT", "P1D2M", "1D", "P1W1D", "P1.5D"]),
      (.regex, ["(", #"(a)\1"#]), (.jsonPointer, ["a", "/~", "/~2"]), (.relativeJSONPointer, ["01", "/a", "-1"]),
      (.byte, ["aGk", "a===", "a b=", "aG=k"]), (.dateTime, ["2026-01-02"]), (.date, ["2023-02-29"]),
    ])
  func otherFormats(format: StringFormat, texts: [String]) {
    for text in texts { #expect(!format.accepts(text), "\(text)") }
    #expect(format.violation.detail.hasSuffix("."))
  }
}
