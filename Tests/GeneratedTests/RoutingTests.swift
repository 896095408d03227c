import FoundationEssentials
import Generated
import HTTP
import HTTPTypes
import JSON
import Testing
import Values

@Suite struct RoutingTests {
  struct Chat: ChatAPI {
    func getHistory(_ input: GetHistory.Input, as principal: Principal) async throws -> GetHistory.Output {
      .ok(MessagePage(items: [], nextCursor: input.conversationID.uuidString))
    }
  }

  struct Health: HealthAPI {
    func getLiveness(_ input: GetLiveness.Input) async throws -> GetLiveness.Output { .ok(Liveness()) }
  }

  @Test("There is nothing at a path that api.yaml does not have")
  func nowhere() async {
    for path in [
      "/", "/users", "/users/me/", "//users/me", "/USERS/me", "/chat/history", "/chat/history/a/b", "/users/me/x",
      "/%ff",
      "*", "",
    ] {
      let reply = await Service().send(.get, path)
      #expect(reply.status == 404 && reply["code"] == "not-found", "\(path)")
    }
  }

  @Test("A segment matches however it is percent-encoded")
  func encoded() async {
    let id = "0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d"
    let reply = await Service(chat: Chat()).send(.get, "/%63hat/h%69story/%30" + id.dropFirst())
    #expect(reply.status == 200 && reply["next_cursor"]?.string?.lowercased() == id)
  }

  @Test("A method that the path does not have is refused, and the others are told")
  func otherMethod() async {
    var reply = await Service().send(.delete, "/users/me")
    #expect(reply.status == 405 && reply["code"] == "method-not-allowed")
    #expect(reply.headers[.allow] == "GET, HEAD, PATCH, OPTIONS")
    reply = await Service().send(.put, "/chat/conversations/x")
    #expect(reply.status == 405 && reply.headers[.allow] == "GET, HEAD, PATCH, DELETE, OPTIONS")
    reply = await Service().send(.head, "/auth/signup", token: nil)
    #expect(reply.status == 405 && reply.headers[.allow] == "POST, OPTIONS" && reply.isEmpty)
  }

  @Test("OPTIONS tells the methods of a path to anyone")
  func options() async {
    let reply = await Service().send(.options, "/chat/conversations", token: nil)
    #expect(reply.status == 204 && reply.isEmpty)
    #expect(reply.headers[.allow] == "GET, HEAD, POST, OPTIONS")
    #expect(await Service().send(.options, "/nowhere", token: nil).status == 404)
  }

  @Test("HEAD is answered as GET, without the content")
  func head() async {
    let get = await Service(health: Health()).send(.get, "/health/live", token: nil)
    let head = await Service(health: Health()).send(.head, "/health/live", token: nil)
    #expect(get.status == 200 && get["status"] == "live")
    #expect(head.status == 200 && head.isEmpty)
    #expect(head.headers[.contentType] == "application/json" && head.headers[.contentLength] == "17")
  }

  @Test("A secured operation wants a token that someone has", arguments: [nil, "", "bad", "good2"])
  func unauthorized(token: String?) async {
    let reply = await Service().send(.get, "/users/me", token: token)
    #expect(reply.status == 401 && reply["code"] == "unauthorized")
    #expect(reply.headers[.wwwAuthenticate] == "Bearer")
  }

  @Test("Who may not call learns nothing of the input's faults")
  func securityFirst() async {
    #expect(await Service().send(.get, "/chat/history/nope?limit=0", token: nil).status == 401)
    #expect(
      await Service().send(.post, "/chat/send", "{", headers: [.contentType: "text/plain"], token: nil).status == 401)
  }

  @Test("The operation of a request has a name, for logs and metrics")
  func names() {
    func name(_ method: HTTPRequest.Method, _ path: String) -> String? {
      let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
      return Router.operation(for: Request(head: head, id: "1"))
    }
    #expect(name(.post, "/auth/signup?x=1") == "signUp")
    #expect(name(.head, "/chat/history/anything") == "getHistory")
    #expect(name(.delete, "/chat/conversations/1") == "deleteConversation")
    #expect(name(.delete, "/users/me") == nil && name(.get, "/nowhere") == nil && name(.get, "*") == nil)
  }
}
