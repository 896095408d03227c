import FoundationEssentials
import HTTP
import HTTPTypes
import JSON
import Requests
import Testing
import Values

/// The parameters of `Goldens/Swift/requests/api.yaml`, compiled and run.
@Suite struct ParameterTests {
  private let recorder = Recorder()

  @Test("Every style of a path is read")
  func path() async throws {
    let target =
      "/paths/.7/a,b%2Cc/x=1,color=red/.red.blue/.x,3,y,-4/;matrix=a,1,b%20c,2/;matrices=1;matrices=2/"
      + "%7B%22field%22:%22f%22,%22values%22:%5B1%5D%7D"
    #expect(await recorder.send(target).status == 204)
    let input = try #require(recorder.last(ReadPath.Input.self))
    #expect(input.plain == 7)
    #expect(input.list == ["a", "b,c"])
    #expect(input.object == Point(x: 1, color: .red))
    #expect(input.labels == [.red, .blue])
    #expect(input.point == Point(x: 3, y: .value(-4)))
    #expect(input.matrix == ["a": 1, "b c": 2])
    #expect(input.matrices == [1, 2])
    #expect(input.filter == Filter(field: "f", values: [1]))
  }

  @Test("Parameters share a segment with text: each ends where the text behind it comes first")
  func segments() async throws {
    #expect(await recorder.send("/files/v12/a%2Db-c,d-e.red").status == 204)
    var file = try #require(recorder.last(ReadFile.Input.self))
    #expect(file.version == 12 && file.name == "a-b" && file.part == ["c", "d-e"])
    #expect(file.format == .red)
    #expect(await recorder.send("/files/v1/%2Dx-%2E.blue").status == 204)
    file = try #require(recorder.last(ReadFile.Input.self))
    #expect(file.name == "-x" && file.part == ["."] && file.format == .blue)
    // Without the texts it is another path.
    for name in ["a", "a-b", "a.red", "-a.red", "a-.red", "a-b."] {
      #expect(await recorder.send("/files/v1/\(name)").status == 204)
      #expect(recorder.last(ReadName.Input.self)?.name == name)
    }
    for path in ["/files/v/a", "/files/1/a", "/files/v1", "/files/v1/a-b.red/c", "/files/%761/a"] {
      #expect(await recorder.send(path).status == 404)
    }
    #expect(await recorder.send("/files/vx/a-b.green").faults == ["path /version type", "path /format enum"])
    #expect(await recorder.send("/files/v1/%zz-b.red").faults == ["path /name encoding"])
  }

  @Test("Every fault of a path is told at once, where it is")
  func pathFaults() async {
    let target =
      "/paths/7/a,long%20/x=-1,z=1/.green/.x,3,y/;other=a,1/;matrices=1;matrices=1;matrices=x/%7B%22field%22:%22%22%7D"
    #expect(
      await recorder.send(target).faults == [
        "path /plain style", "path /list/1 max-length", "path /object/x minimum", "path /object/z unknown-member",
        "path /labels/0 enum", "path /labels min-items", "path /point style", "path /matrix style",
        "path /matrices/2 type", "path /filter/field min-length",
      ])
    #expect(
      await recorder.send("/paths/.1/a/x=1/.red.blue/.x,1/;matrix=a,1/;matrices=1;matrices=1/nothing").faults == [
        "path /matrices unique-items", "path /filter malformed-json",
      ])
    #expect(
      await recorder.send("/paths/.%zz/a/x1/.red.blue/.x,1/;matrix=%zz,1/matrices=1/%7B%7D").faults == [
        "path /plain encoding", "path /object style", "path /matrix encoding", "path /matrices style",
        "path /filter/field required",
      ])
  }

  @Test("Every style of a query is read")
  func query() async throws {
    let target =
      "/query?page=2&size=&repeated=a+b&repeated=&commas=1,-2.5&spaces=2026-01-31%202026-02-01&pipes=true%7cfalse"
      + "&area%5Bname%5D=n&area[tags]=s&area[tags]=t&area[depth]=4&sizes[a]=1&sizes[b]=2&from=2026-01-31"
      + "&origin=x,1,y,2&filter=%7B%22field%22%3A%22f%22%7D&either=12&any=true&address=https://a.example/?b"
    #expect(await recorder.send(target).text == "")
    let input = try #require(recorder.last(ReadQuery.Input.self))
    #expect(input.page == 2 && input.size == 20)
    #expect(input.repeated == ["a b", ""])
    #expect(input.commas == [1, -2.5])
    #expect(input.spaces?.map(\.iso8601) == ["2026-01-31", "2026-02-01"])
    #expect(input.pipes == [true, false])
    #expect(input.area == Area(name: "n", tags: ["s", "t"], additionalProperties: ["depth": 4]))
    #expect(input.sizes == ["a": 1, "b": 2])
    #expect(input.range?.from.iso8601 == "2026-01-31" && input.range?.to == nil)
    #expect(input.origin == Point(x: 1, y: .value(2)))
    #expect(input.filter == Filter(field: "f"))
    #expect(input.either == .integer(12))
    #expect(input.any == true)
    #expect(input.address == "https://a.example/?b")
  }

  @Test("What is left out has its default, or is nil")
  func absent() async throws {
    #expect(await recorder.send("/query?repeated=a&page=").status == 204)
    let input = try #require(recorder.last(ReadQuery.Input.self))
    #expect(input.page == nil && input.size == 20 && input.commas == [1, 2.5] && input.spaces == nil)
    #expect(input.area == nil && input.sizes == nil && input.range == nil && input.origin == nil)
    #expect(input.filter == nil && input.either == nil && input.any == nil)
  }

  @Test("A text that may be several things is the first that it can be", arguments: [("a", "a"), ("%221%22", "\"1\"")])
  func any(_ sent: String, _ read: String) async throws {
    #expect(await recorder.send("/query?repeated=a&any=\(sent)").status == 204)
    #expect(recorder.last(ReadQuery.Input.self)?.any == .string(read))
    #expect(await recorder.send("/query?repeated=&either=01989bd4-7c00-7000-8000-000000000001").status == 204)
    #expect(await recorder.send("/query?repeated=&either=x").faults == ["query /either format"])
  }

  @Test("Every fault of a query is told at once, where it is")
  func queryFaults() async {
    let target =
      "/query?page=0&page=1&repeated=1&repeated=2&repeated=3&repeated=4&commas=1,x&commas=2&spaces=2026-02-30+x"
      + "&pipes=yes|true&area[tags]=1&area[tags]=2&area[tags]=3&area[depth]=deep&sizes[a]=1&sizes[b]=2&sizes[c]=x"
      + "&to=never&origin=x&filter=%7B%22values%22:[true]%7D&address=no%20uri&unknown=1&area=1"
    #expect(
      await recorder.send(target).faults == [
        "query /page duplicate-parameter", "query /repeated max-items", "query /commas duplicate-parameter",
        "query /spaces/0 format", "query /spaces/1 format", "query /pipes/0 type", "query /area/name required",
        "query /area/tags max-items", "query /area/depth type", "query /sizes max-properties", "query /sizes/c type",
        "query /from required", "query /to format", "query /origin style", "query /filter/values/0 type",
        "query /filter/field required", "query /address format", "query /unknown unknown-parameter",
        "query /area unknown-parameter",
      ])
    #expect(await recorder.send("/query").faults == ["query /repeated required"])
  }

  @Test("A map of its own parameters takes those that no other takes")
  func rest() async throws {
    #expect(await recorder.send("/rest?a=1&limit=5&b=x").status == 204)
    let input = try #require(recorder.last(ReadRest.Input.self))
    #expect(input.labels == ["a": "1", "b": "x"] && input.limit == 5)
    #expect(
      await recorder.send("/rest?a=1&a=2&b=long").faults == [
        "query /a duplicate-parameter", "query /b max-length",
      ])
    #expect(await recorder.send("/rest").status == 204)
    #expect(recorder.last(ReadRest.Input.self)?.labels == nil)
  }

  @Test("Header fields and cookies are read")
  func head() async throws {
    var headers: HTTPFields = [:]
    for (name, value) in [
      ("X-Numbers", "1, 2"), ("X-Numbers", "3"), ("X-Point", "x,1,color,red"), ("X-Exploded", "x=1,y=2"),
      ("X-Filter", #"[{"field": "a,b"}]"#), ("Cookie", "session=a%20bc; theme=red; theirs=1; seen=1,2"),
      ("Cookie", "x=5; nothing"),
    ] {
      headers.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
    }
    #expect(await recorder.send("/head", headers: headers).text == "")
    let input = try #require(recorder.last(ReadHead.Input.self))
    #expect(input.xNumbers == [1, 2, 3])
    #expect(input.xPoint == Point(x: 1, color: .red) && input.xExploded == Point(x: 1, y: .value(2)))
    #expect(input.xFilter == [Filter(field: "a,b")])
    #expect(input.session == "a bc" && input.theme == .red && input.seen == [1, 2] && input.spot == Point(x: 5))
  }

  @Test("Every fault of header fields and cookies is told at once, where it is")
  func headFaults() async throws {
    var headers: HTTPFields = [.cookie: "session=abc; theme=%zz; seen=1,b; y=1"]
    headers[try #require(HTTPField.Name("X-Filter"))] = "[{}, {]"
    headers[try #require(HTTPField.Name("X-Point"))] = "x"
    #expect(
      await recorder.send("/head", headers: headers).faults == [
        "header /X-Numbers required", "header /X-Point style", "header /X-Filter malformed-json",
        "cookie /session min-length", "cookie /theme encoding", "cookie /seen/1 type", "cookie /x required",
      ])
    #expect(await recorder.send("/head").faults == ["header /X-Numbers required", "cookie /session required"])
  }
}
