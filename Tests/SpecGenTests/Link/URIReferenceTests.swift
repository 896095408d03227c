import Testing

@testable import SpecGenCore

@Suite struct URIReferenceTests {
  @Test(
    "A reference is read as seen from its base",
    arguments: [
      ("models.yaml", "api.yaml", "models.yaml"), ("./a/../b.yaml", "dir/api.yaml", "dir/b.yaml"),
      ("../b.yaml", "dir/api.yaml", "b.yaml"), ("../../b.yaml", "dir/api.yaml", "../b.yaml"), ("", "x/y", "x/y"),
      ("/etc/b.yaml", "dir/api.yaml", "/etc/b.yaml"), ("b", "https://example.com/a/c", "https://example.com/a/b"),
      ("/b", "https://example.com/a/c", "https://example.com/b"), ("b", "https://example.com", "https://example.com/b"),
      ("https://other.org/x", "api.yaml", "https://other.org/x"), ("../../../b", "/x/api.yaml", "/b"),
      ("//other.org/x", "https://example.com/a", "https://other.org/x"), ("b", "urn:a", "urn:/b"),
    ])
  func resolution(_ reference: String, _ base: String, _ expected: String) {
    #expect(URIReference.resolve(reference, from: base) == expected)
  }

  @Test("A fragment's tokens are decoded, first from URI, then from JSON Pointer")
  func tokens() {
    #expect(URIReference.tokens(ofPointer: "/paths/~1a~0b%20c/get") == ["paths", "/a~b c", "get"])
    #expect(URIReference.percentDecoded("100%") == "100%")
    #expect(URIReference.percentDecoded("%ff%zz") == "%ff%zz")
    #expect(URIReference.split("a#b#c") == ("a", "b#c"))
  }
}
