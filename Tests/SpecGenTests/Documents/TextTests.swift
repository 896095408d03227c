import Testing

@testable import SpecGenCore

/// How values and texts are written into the served documents.
@Suite struct TextTests {
  private static let awkward = [
    "", " ", "plain words", "null", "true", "No", "~", "12", "1.5", "0x1F", "1:30", "2026-01-31", "- item",
    "key: value",
    "a #comment", "#comment", "'single'", "\"double\"", "back\\slash", "a\nb", "a\nb\n", "\na", "a\n\nb",
    "  indented\nb",
    "trailing \nb", "tab\there", "\u{0}\u{7F}\u{85}", "\u{2028}", "a\r\nb\rc",
    "*alias", "&anchor", "!tag", "%directive", "@at",
    "`tick`",
    "{a: b}", "[a]", "a,b", "?", "-", "?x", "=", "<<", "😀 ü", "$ref", "/auth/login", "^[A-Za-z0-9_.-]+$", "a:", ":a",
    "on",
  ]

  @Test("YAML says every text as it is", arguments: awkward)
  func yamlStrings(_ text: String) throws {
    let value = DocumentValue.object([
      .init(key: "member", value: .string(text)), .init(key: "list", value: .array([.string(text), .object([])])),
      .init(key: "nested", value: .object([.init(key: text, value: .array([]))])),
    ])
    #expect(try read(value.yaml) == value)
  }

  @Test("JSON says every text as it is", arguments: awkward)
  func jsonStrings(_ text: String) throws {
    let value = DocumentValue.object([.init(key: text, value: .array([.string(text), .null, .boolean(false)]))])
    // JSON is YAML, but for DEL and its like, which JSON text here writes with an escape.
    #expect(try read(value.json) == value)
    #expect(try read(value.prettyJSON) == value)
    #expect(!value.json.contains("\n"))
  }

  @Test("The real document survives YAML and JSON")
  func document() throws {
    let api = try Pipeline.read(Files.bytes(Files.specification)).api
    #expect(try read(api.publicDocument.yaml) == api.publicDocument)
    #expect(try read(api.publicDocument.json) == api.publicDocument)
    #expect(api.publicDocument["x-tables"] == nil && api.publicDocument["x-queries"] == nil)
    #expect(api.publicDocument["x-problems"] != nil)
  }

  @Test(
    "A literal of Swift takes signs enough for its text",
    arguments: [
      ("a", "#\"\"\"\na\n\"\"\"#"), ("\"\"\"#", "##\"\"\"\n\"\"\"#\n\"\"\"##"),
      ("\\#(x)", "##\"\"\"\n\\#(x)\n\"\"\"##"), ("a\n\nb\n", "#\"\"\"\na\n\nb\n\n\"\"\"#"), ("", "#\"\"\"\n\n\"\"\"#"),
      ("\0\\#", "##\"\"\"\n\0\\#\n\"\"\"##"), ("\\## \\#", "###\"\"\"\n\\## \\#\n\"\"\"###"),
    ])
  func literals(_ text: String, _ literal: String) {
    #expect(StaticText.literal(text) == literal)
  }

  @Test("HTML shows text as it is, and code between backticks")
  func html() {
    #expect(HTMLText.escaped("<a b=\"c\">&\u{1}") == "&lt;a b=&quot;c&quot;&gt;&amp;\u{FFFD}")
    #expect(HTMLText.escaped("a\r\nb\rc") == "a \nb c")
    #expect(HTMLText.inline("the `<id>` of") == "the <code>&lt;id&gt;</code> of")
    #expect(HTMLText.inline("one ` only") == "one ` only")
    #expect(HTMLText.blocks("one\r\n\r\ntwo\rthree") == "<p>one</p>\n<p>two three</p>\n")
    #expect(
      HTMLText.blocks("one\ntwo\n\n- three\n- four") == "<p>one two</p>\n<ul>\n<li>three</li>\n<li>four</li>\n</ul>\n")
  }

  @Test("Nothing in a description ends a comment of the client")
  func comments() {
    #expect(ClientNames.comment(["a */ b"], indent: "") == "/** a * / b */\n")
    #expect(ClientNames.comment([nil, ""], indent: "") == "")
    #expect(ClientNames.heading(API(title: "a\r\nb\u{2028}c", version: "1\n2")) == "a bc 1 2")
    #expect(ClientNames.comment(["a\r\nb\rc\0"], indent: "") == "/**\n * a\n * b\n * c\n */\n")
    #expect(ClientNames.comment(["a\n", "b"], indent: "  ") == "  /**\n   * a\n   *\n   * b\n   */\n")
  }

  @Test(
    "The client's class is named after the document",
    arguments: [("Parley", "ParleyClient"), ("my chat-api", "MyChatApiClient"), ("42", "APIClient"), ("", "APIClient")])
  func className(_ title: String, _ name: String) {
    #expect(ClientNames.className(API(title: title, version: "1")) == name)
  }

  private func read(_ yaml: String) throws -> DocumentValue {
    var loader = Loader()
    return loader.value(try YAMLParser.parse(Array(yaml.utf8)))
  }

  @Test("The documents tell which specification they were made from, whatever its comments say")
  func digest() throws {
    let line = { (specification: String) in
      let files = DocumentsRenderer.render(try Sample.api(specification))
      let text = files.first { $0.name == "Documents.swift" }?.text
      return try #require(text?.split(separator: "\n").first { $0.contains("static let digest") })
    }
    let digest = try line(Sample.replacing())
    #expect(try line("# A comment.\n" + Sample.replacing()) == digest)
    #expect(try line(Sample.replacing(("maxLength: 100", "maxLength: 101"))) != digest)
  }
}
