import HTTP
import HTTPTypes
import JSON
import Testing

@Suite struct InputReaderTests {
  enum Color: String, CaseIterable {
    case red, blue
  }

  func input(
    _ target: String, _ headers: HTTPFields = [:], body: RequestBody = RequestBody([])
  ) throws -> InputReader {
    let head = HTTPRequest(method: .post, scheme: "http", authority: "x", path: target, headerFields: headers)
    let request = Request(head: head, id: "1", body: body)
    return InputReader(request, path: try #require(Path(request.path)))
  }

  func faults(_ input: InputReader) -> [String] {
    input.problem.faults.map { "\($0.location) \($0.pointer) \($0.code)" }
  }

  @Test("Parameters are decoded")
  func reads() throws {
    var input = try input("/a%20b?n=-7&x=1e2&b=true&c=blue&t=a+b%2B&l=1&l=2", [.acceptLanguage: "de"])
    #expect(input.path("p", at: 0) { $0.string() } == "a b")
    #expect(input.query.value("n") { $0.integer(minimum: -7) } == -7)
    #expect(input.query.required("x") { $0.number() } == 100)
    #expect(input.query.value("b") { $0.boolean() } == true)
    #expect(input.query.value("c") { $0.value(Color.self) } == .blue)
    #expect(input.query.value("t") { $0.string() } == "a b+")
    #expect(input.query.value("l") { $0.array(maxItems: 2) { $0.integer() } } == [1, 2])
    #expect(input.query.value("none") { $0.string() } == nil)
    #expect(input.header("Accept-Language") { $0.string() } == "de")
    #expect(input.isValid)
  }

  @Test("Every fault of the parameters is told at once")
  func refuses() throws {
    var input = try input("/%ff?n=1&n=2&b=yes&c=green&t=%zz&i=%20&l=1&l=x&other=1&%fe=1")
    _ = input.path("p", at: 0) { $0.string() }
    _ = input.query.value("n") { $0.integer() }
    _ = input.query.value("b") { $0.boolean() }
    _ = input.query.value("c") { $0.value(Color.self) }
    _ = input.query.value("t") { $0.string() }
    _ = input.query.value("i") { $0.integer() }
    _ = input.query.value("l") { $0.array(maxItems: 1) { $0.integer() } }
    _ = input.query.required("must") { $0.string() }
    _ = input.requiredHeader("X-Must") { $0.string() }
    #expect(
      faults(input) == [
        "path /p encoding", "header /X-Must required", "query /%fe encoding", "query /n duplicate-parameter",
        "query /b type", "query /c enum", "query /t encoding", "query /i type", "query /l/1 type", "query /l max-items",
        "query /must required", "query /other unknown-parameter",
      ])
    #expect(input.problem.status == 422)
  }

  @Test(
    "A body of another media type is refused",
    arguments: [nil, "", "text/plain", "application/json; charset=latin1", "application/jsonx"])
  func mediaType(field: String?) throws {
    var headers: HTTPFields = [:]
    headers[.contentType] = field
    let input = try input("/", headers)
    let problem = #expect(throws: Problem.self) { try input.expect("application/json") }
    #expect(problem?.status == 415)
  }

  @Test("The body's media type is chosen, parameters aside")
  func chooses() throws {
    let input = try input("/", [.contentType: "Application/X-WWW-Form-URLEncoded; charset=UTF-8"])
    #expect(
      try input.mediaType(among: "application/json", "application/x-www-form-urlencoded")
        == "application/x-www-form-urlencoded")
  }

  @Test(
    "A body that cannot be had is a problem of its own",
    arguments: [
      (RequestBody([1, 2, 3]), 413, "content-too-large"), (RequestBody([0x7B]), 400, "malformed-json"),
      (
        RequestBody(collect: { _ in throw BodyError.interrupted }, next: { throw BodyError.interrupted }), 400,
        "bad-request"
      ),
    ] as [(RequestBody, Int, String)])
  func body(body: RequestBody, status: Int, code: String) async throws {
    var input = try input("/", body: body)
    do {
      _ = try await input.json(upTo: 2) { $0.any() }
      Issue.record("accepted")
    } catch let problem as Problem {
      #expect(problem.status == status && problem.code == code)
    }
  }

  @Test("Faults of body and parameters come together")
  func together() async throws {
    var input = try input("/?x=1", body: RequestBody(Array("{\"a\":1}".utf8)))
    _ = try await input.json(upTo: 100) { $0.map { $0.string() } }
    #expect(faults(input) == ["query /x unknown-parameter", "body /a type"])
  }
}
