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

  @Test(
    "A header field has a value in the style simple",
    arguments: [
      ("a, \"b\" \\ é", false, "a, \"b\" \\ é"), (7, false, "7"), (0.5, false, "0.5"), (true, false, "true"),
      (.null, false, "null"), ("", false, ""), ([], false, ""), ([:], true, ""),
      (["a,b", "[\"", 1, .null, ["c", ["d": "}"]]], false, "a,b,[\",1,null,[\"c\",{\"d\":\"}\"}]"),
      (["x": 1, "a:b": "c=\"d\"", "y": [1, 2]], false, "x,1,a:b,c=\"d\",y,[1,2]"),
      (["x": 1, "a:b": "c=\"d\"", "y": [1, 2]], true, "x=1,a:b=c=\"d\",y=[1,2]"),
    ] as [(JSONValue, Bool, String)])
  func simple(value: JSONValue, explode: Bool, text: String) {
    let response = Response.empty().header("X-Value", value, explode: explode)
    #expect(response.headers[HTTPField.Name("X-Value")!] == text)
  }

  @Test("A header field is never empty for what a reader would refuse: values in one another, names that come twice")
  func beyondReading() {
    let deep = (0..<200).reduce(JSONValue.integer(1)) { value, _ in [value] }
    let headers = Response.empty().header("X-Deep", deep).header("X-Twice", Twice(), explode: true).headers
    let brackets = String(repeating: "[", count: 199) + "1" + String(repeating: "]", count: 199)
    #expect(headers[HTTPField.Name("X-Deep")!] == brackets && headers[HTTPField.Name("X-Twice")!] == "a=1,a=2")
  }

  /// Names a member twice, as an object whose other members may have any name can.
  private struct Twice: JSONEncodable {
    func encode(to json: inout JSONWriter) {
      json.beginObject()
      json.member("a", 1)
      json.member("a", 2)
      json.endObject()
    }
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
}
