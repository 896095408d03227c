import HTTP
import HTTPTypes
import JSON
import Testing

@Suite struct ResponseTests {
  func request(_ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]) -> Request {
    Request(
      head: HTTPRequest(method: method, scheme: "http", authority: "x", path: "/", headerFields: headers), id: "1")
  }

  @Test("A problem is written as RFC 9457 says, with its faults and members")
  func problem() throws {
    let fault = Fault(location: .body, pointer: "/a", code: "required", detail: "Is required.")
    let response = Problem.validationFailed([fault]).with(detail: "D", members: [("x", 1)]).response(requestID: "r")
    guard case .bytes(let bytes) = response.body else {
      Issue.record("no body")
      return
    }
    #expect(response.status == 422 && response.headers[.contentType] == "application/problem+json")
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"type":"urn:parley:problem:validation-failed","title":"Validation failed","status":422,"detail":"D","code":"validation-failed","request_id":"r","errors":[{"in":"body","pointer":"/a","code":"required","detail":"Is required."}],"x":1}"#
    )
  }

  @Test("Every 401 has a challenge")
  func challenge() {
    let problem = Problem(status: 401, code: "x", title: "X", detail: "x")
    #expect(problem.response(requestID: "r").headers[.wwwAuthenticate] == "Bearer")
  }

  @Test("HEAD keeps the length and drops the content")
  func head() {
    let response = Response.text("é", mediaType: "text/plain").withoutContent
    #expect(response.headers[.contentLength] == "2" && response.headers[.contentType] == "text/plain; charset=utf-8")
    guard case .empty = response.body else {
      Issue.record("a body")
      return
    }
  }

  @Test("OPTIONS tells the methods, others are refused with them")
  func otherMethods() throws {
    let response = try request(.options).unrouted(allow: "GET, HEAD, OPTIONS")
    #expect(response.status == .noContent && response.headers[.allow] == "GET, HEAD, OPTIONS")
    let problem = #expect(throws: Problem.self) { try request(.put).unrouted(allow: "GET") }
    #expect(problem?.status == 405 && problem?.headers[.allow] == "GET")
  }

  @Test(
    "A file is sent once, and again when it changed",
    arguments: [(nil, 200), ("*", 304), ("\"x\"", 200), ("TAG", 304), ("\"x\", W/TAG", 304)] as [(String?, Int)])
  func file(ifNoneMatch: String?, status: Int) {
    let file = StaticFile(contentType: "text/css", bytes: Array("a".utf8), headers: [.contentSecurityPolicy: "p"])
    var headers: HTTPFields = [:]
    headers[.ifNoneMatch] = ifNoneMatch.map {
      $0 == "TAG" ? file.entityTag : $0 == "\"x\", W/TAG" ? "\"x\", W/\(file.entityTag)" : $0
    }
    let response = file.response(to: request(.get, headers))
    #expect(response.status.code == status && response.headers[.eTag] == file.entityTag)
    #expect(response.headers[.contentSecurityPolicy] == "p")
    #expect(file.entityTag != StaticFile(contentType: "text/css", bytes: Array("b".utf8)).entityTag)
  }
}
