@testable import HTTP
import HTTPTypes
import Testing

@Suite struct PathTests {
  @Test("A path is cut at its slashes and decoded")
  func cuts() throws {
    let path = try #require(Path("/chat/a%2Fb%20c/%C3%A9"))
    #expect(path.count == 3 && path[1]?.text == "a/b c" && path[2]?.text == "é" && path[3] == nil)
    #expect("chat" ~= path[0] && !("cha" ~= path[0]) && !("chat" ~= path[3]))
    #expect("é" ~= path[2] && "a/b c" ~= path[1] && !("a%2Fb%20c" ~= path[1]))
  }

  @Test("The root has no segments")
  func root() throws {
    #expect(try #require(Path("/")).count == 0)
  }

  @Test("A segment that cannot be decoded has no text", arguments: ["/%", "/%4", "/%zz", "/%ff"])
  func broken(path: String) throws {
    let segment = try #require(Path(path[...]))[0]
    #expect(segment?.text == nil && !("%" ~= segment) && !("" ~= segment))
  }

  @Test("There is nothing at a path with an empty segment", arguments: ["", "a", "*", "//", "/a/", "/a//b"])
  func nothing(path: String) {
    #expect(Path(path[...]) == nil)
  }

  @Test(
    "Where a path may end in a slash, an empty segment is behind it, and nowhere else",
    arguments: [("/a/", 2), ("/a/b/", 3), ("/a", 1), ("/", 0), ("//", nil), ("/a//", nil), ("/a//b", nil), ("", nil)])
  func slash(path: String, count: Int?) {
    let path = Path(path[...], mayEndInSlash: true)
    #expect(path?.count == count)
    #expect(path?[1]?.isEmpty != true || "" ~= path?[1])
  }

  @Test(
    "A request tells its path and query apart",
    arguments: [("/a?b=c?d", "/a", "b=c?d"), ("/a", "/a", ""), ("/?", "/", "")])
  func query(target: String, path: String, query: String) {
    let head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: target)
    let request = Request(head: head, id: "1")
    #expect(request.path == path && request.query == query)
  }

  @Test(
    "A pattern finds the parameters of a segment",
    arguments: [
      ("/a.json", ["", ".json"], ["a"]), ("/.json", ["", ".json"], nil), ("/a.xml", ["", ".json"], nil),
      ("/a.json.json", ["", ".json"], ["a.json"]), ("/v1", ["v", ""], ["1"]), ("/v", ["v", ""], nil),
      ("/a-b-c", ["", "-", ""], ["a", "b-c"]), ("/-a-b", ["", "-", ""], ["-a", "b"]), ("/a-", ["", "-", ""], nil),
      ("/a%2Db-c", ["", "-", ""], ["a%2Db", "c"]), ("/%2Dx2y", ["", "2", ""], ["%2Dx", "y"]),
      ("/x%2D", ["", "D"], nil), ("/%2D", ["", "D"], nil), ("/a%2DD", ["", "D"], ["a%2D"]),
      ("/aba", ["a", "a"], ["b"]),
      ("/aa", ["a", "a"], nil), ("/a", ["a", "a"], nil), ("/%C3%A4b", ["%C3%A4", ""], ["b"]),
      ("/a%", ["", "-", ""], nil),
    ] as [(String, [String], [String]?)])
  func patterns(_ path: String, _ literals: [String], _ parts: [String]?) throws {
    let segment = try #require(Path(path[...])?[0])
    let pattern =
      literals.count == 2
      ? SegmentPattern(literals[0], literals[1]) : SegmentPattern(literals[0], literals[1], literals[2])
    #expect(pattern.parts(of: segment)?.map(String.init) == parts)
    #expect((pattern ~= segment) == (parts != nil))
  }
}
