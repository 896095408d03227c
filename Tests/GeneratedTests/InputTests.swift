import Generated
import HTTP
import HTTPTypes
import JSON
import Testing
import Values

@Suite struct InputTests {
  static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
  static let id = "0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d"

  @Test(
    "Every fault of a body is told at once, each at its pointer",
    arguments: [
      (
        #"{"username":"a!","password":"","email":"x","admin":true}"#,
        [
          "body /username min-length", "body /username pattern", "body /password min-length", "body /email format",
          "body /admin unknown-member",
        ]
      ),
      ("{}", ["body /username required", "body /password required"]),
      (#"{"username":null,"password":7}"#, ["body /username null", "body /password type"]),
      (#"{"username":"ada","username":"bob","password":"12345678"}"#, ["body /username duplicate-member"]),
      (#"{"username":"ada","password":"\#(String(repeating: "é", count: 37))"}"#, ["body /password max-bytes"]),
      ("[]", ["body  type"]),
      (#"{"username":"ada","password":"12345678","a/b~c":1}"#, ["body /a~1b~0c unknown-member"]),
    ])
  func body(json: String, faults: [String]) async {
    let reply = await Service().send(.post, "/auth/signup", json, token: nil)
    #expect(reply.status == 422 && reply["code"] == "validation-failed")
    #expect(reply.faults == faults)
  }

  @Test("The items of an array have pointers, and a header's faults come with the body's")
  func bodyAndHeader() async throws {
    let key = try #require(HTTPField.Name("Idempotency-Key"))
    let reply = await Service().send(
      .post, "/chat/send", #"{"content":"","attachments":["",1,"ok"]}"#, headers: [key: "a b"])
    #expect(
      reply.faults == [
        "header /Idempotency-Key pattern", "body /content min-length", "body /attachments/0 min-length",
        "body /attachments/1 type",
      ])
  }

  @Test("The faults of path, query and body are told together")
  func everywhere() async {
    let reply = await Service().send(.patch, "/chat/conversations/nope?x=1", #"{"title":"","pinned":1}"#)
    #expect(
      reply.faults == [
        "path /conversation_id format", "query /x unknown-parameter", "body /title min-length", "body /pinned type",
      ])
  }

  @Test(
    "Every fault of the parameters is told at once",
    arguments: [
      (
        "/chat/history/nope?limit=0&limit=2&cursor=%ff&x=1",
        [
          "path /conversation_id format", "query /limit duplicate-parameter", "query /cursor encoding",
          "query /x unknown-parameter",
        ]
      ),
      ("/chat/history/\(id)?limit=1.5", ["query /limit type"]),
      ("/chat/history/\(id)?limit=%22", ["query /limit type"]),
      ("/chat/history/\(id)?limit=201", ["query /limit maximum"]),
      ("/chat/history/\(id)?limit=0", ["query /limit minimum"]),
      ("/chat/history/\(id)?cursor=", ["query /cursor min-length", "query /cursor pattern"]),
      ("/chat/history/\(id)?cursor=a%20b", ["query /cursor pattern"]),
      ("/usage?from=2026-13-01&group_by=year", ["query /from format", "query /group_by enum"]),
    ])
  func parameters(target: String, faults: [String]) async {
    let reply = await Service().send(.get, target)
    #expect(reply.status == 422)
    #expect(reply.faults == faults)
  }

  @Test(
    "A form has the same faults as JSON",
    arguments: [
      (
        "username=a&username=b&x=1",
        ["body /username duplicate-member", "body /password required", "body /x unknown-member"]
      ),
      ("username=&password=x&grant_type=code", ["body /grant_type const", "body /username min-length"]),
      ("username=%ff&password=x", ["body /username encoding"]),
      ("", ["body /username required", "body /password required"]),
    ])
  func form(text: String, faults: [String]) async {
    let reply = await Service().send(.post, "/auth/login", text, headers: InputTests.form, token: nil)
    #expect(reply.status == 422)
    #expect(reply.faults == faults)
  }

  @Test("What is not JSON is told by line and column, never as a fault", arguments: [#"{"username":}"#, "", "{} x"])
  func malformed(json: String) async {
    let reply = await Service().send(.post, "/auth/signup", json, token: nil)
    #expect(reply.status == 400 && reply["code"] == "malformed-json" && reply.faults == [])
    #expect(reply["detail"]?.string?.hasPrefix("Line 1, column ") == true)
  }

  @Test("A form that is not UTF-8 by name is refused as a media type")
  func otherEncoding() async {
    let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded; charset=latin1"]
    let reply = await Service().send(.post, "/auth/login", "username=a&password=b", headers: headers, token: nil)
    #expect(reply.status == 415)
    #expect(reply.headers[.accept] == "application/json, application/x-www-form-urlencoded")
  }

  @Test("A body of another media type is refused before it is read")
  func mediaType() async {
    let text = String(repeating: "x", count: Service.bodyLimit + 1)
    let reply = await Service().send(.post, "/auth/signup", text, headers: [.contentType: "text/plain"], token: nil)
    #expect(reply.status == 415 && reply["code"] == "unsupported-media-type")
    #expect(reply.headers[.accept] == "application/json")
  }

  @Test("A body is refused from one byte over the limit")
  func tooLarge() async {
    func status(_ count: Int) async -> Int {
      await Service().send(.post, "/auth/signup", String(repeating: " ", count: count), token: nil).status
    }
    #expect(await status(Service.bodyLimit) == 400)
    #expect(await status(Service.bodyLimit + 1) == 413)
  }

  @Test(
    "A client that takes no JSON is refused before the handler runs",
    arguments: ["text/html", "application/xml, */*;q=0"])
  func notAcceptable(accept: String) async {
    let reply = await Service().send(.get, "/users/me", headers: [.accept: accept])
    #expect(reply.status == 406 && reply["code"] == "not-acceptable")
  }
}
