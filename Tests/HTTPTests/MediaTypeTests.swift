import HTTP
import Testing

@Suite struct MediaTypeTests {
  @Test("Type, subtype and parameters are read")
  func parses() throws {
    let type = try #require(MediaType(#"Text/HTML; Charset="utf-8" ; a="x\"; y""#))
    #expect(type.type == "text" && type.subtype == "html")
    #expect(type.parameters == ["charset": "utf-8", "a": #"x"; y"#])
  }

  @Test("What is no media type is refused", arguments: ["", "json", "a/b/c", "a /b", "a/b; c", "/", "a/b;c d=e"])
  func refuses(text: String) {
    #expect(MediaType(text) == nil)
  }

  @Test(
    "Accept is weighed by its most specific range",
    arguments: [
      (nil, true), ("", true), ("*/*", true), ("application/*", true), ("application/json", true),
      ("application/json;q=0", false), ("text/html", false), ("text/html, */*;q=0.1", true),
      ("*/*, application/json;q=0", false), ("application/json;charset=utf-8", true),
      ("application/json;version=2", false), ("APPLICATION/JSON", true), ("nonsense, application/json", true),
      ("application/*;q=0, application/json;q=0.5", true),
    ] as [(String?, Bool)])
  func accepts(accept: String?, expected: Bool) {
    #expect(MediaType.accepts(accept, "application/json") == expected)
  }

  @Test("The weights of two types can be compared")
  func quality() {
    let accept = "text/event-stream, application/json;q=0.5"
    #expect(MediaType.quality(of: "text/event-stream", in: accept) == 1)
    #expect(MediaType.quality(of: "application/json", in: accept) == 0.5)
  }
}
