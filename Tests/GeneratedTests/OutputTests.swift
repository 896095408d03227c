import FoundationEssentials
import Generated
import HTTP
import HTTPTypes
import JSON
import Testing
import Values

@Suite struct OutputTests {
  struct Boom: Error {}

  struct Auth: AuthAPI {
    func signUp(_ input: SignUp.Input) async throws -> SignUp.Output {
      let body = input.body
      if body.username == "taken" { return .problem(.usernameTaken) }
      return .created(
        User(id: UUID.v7(), username: body.username, email: body.email.value, createdAt: Timestamp(milliseconds: 0)))
    }

    func logIn(_ input: LogIn.Input) async throws -> LogIn.Output {
      switch input.body {
      case .json(let body): .ok(Tokens(accessToken: "json \(body.username)", expiresIn: 1, refreshToken: "r"))
      case .form(let body): .ok(Tokens(accessToken: "form \(body.username)", expiresIn: 1, refreshToken: "r"))
      }
    }

    func logOut(_ input: LogOut.Input, as principal: Principal) async throws -> LogOut.Output { .noContent }
  }

  struct Users: UsersAPI {
    func getCurrentUser(_ input: GetCurrentUser.Input, as principal: Principal) async throws -> GetCurrentUser.Output {
      .ok(User(id: principal.userID, username: "ada", email: nil, createdAt: Timestamp(milliseconds: 0)))
    }

    func getPreferences(_ input: GetPreferences.Input, as principal: Principal) async throws -> GetPreferences.Output {
      throw Boom()
    }

    func updatePreferences(
      _ input: UpdatePreferences.Input, as principal: Principal
    ) async throws -> UpdatePreferences.Output {
      .ok(
        Preferences(
          model: "\(input.body.model)", temperature: input.body.temperature.value, maxTokens: nil, systemPrompt: nil))
    }
  }

  struct Chat: ChatAPI {
    func sendMessage(_ input: SendMessage.Input, as principal: Principal) async throws -> SendMessage.Output {
      .problem(.upstreamFailed, detail: "The model is away.", members: [("message_id", "m")])
    }

    func getHistory(_ input: GetHistory.Input, as principal: Principal) async throws -> GetHistory.Output {
      .ok(MessagePage(items: [], nextCursor: "\(input.limit) \(input.cursor ?? "-")"))
    }

    func getConversation(
      _ input: GetConversation.Input, as principal: Principal
    ) async throws -> GetConversation.Output {
      throw Problem.tooManyRequests(retryAfter: 3)
    }
  }

  let service = Service(auth: Auth(), users: Users(), chat: Chat())
  let id = "0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d"

  @Test("An output is answered with its status, in JSON that no cache keeps")
  func created() async {
    let reply = await service.send(
      .post, "/auth/signup", #"{"username":"ada","password":"12345678","email":null}"#, token: nil)
    #expect(reply.status == 201 && reply["username"] == "ada" && reply["email"] == .null)
    #expect(reply["created_at"] == "1970-01-01T00:00:00.000Z")
    #expect(reply.headers[.contentType] == "application/json" && reply.headers[.cacheControl] == "no-store")
  }

  @Test("The handler gets the principal that the token means")
  func principal() async {
    let reply = await service.send(.get, "/users/me", headers: [.accept: "text/html, */*;q=0.1"])
    #expect(reply.status == 200)
    #expect(reply["id"]?.string == Service.principal.userID.uuidString.lowercased())
  }

  @Test("An output without content has no body and no media type")
  func noContent() async {
    let reply = await service.send(.post, "/auth/logout", headers: [.accept: "text/html"])
    #expect(reply.status == 204 && reply.isEmpty && reply.headers[.contentType] == nil)
  }

  @Test("A body comes in either of its media types")
  func mediaTypes() async {
    var reply = await service.send(.post, "/auth/login", #"{"username":"a d","password":"x"}"#, token: nil)
    #expect(reply["access_token"] == "json a d" && reply["token_type"] == "bearer")
    reply = await service.send(
      .post, "/auth/login", "grant_type=password&username=a%20d+%2B&password=x&scope=",
      headers: [.contentType: "application/x-www-form-urlencoded; charset=UTF-8"], token: nil)
    #expect(reply["access_token"] == "form a d +")
  }

  @Test("A member that is null and one that is left out are told apart")
  func presence() async {
    #expect(await service.send(.patch, "/users/preferences", #"{"model":null,"temperature":1}"#)["model"] == "null")
    #expect(await service.send(.patch, "/users/preferences", "{}")["model"] == "absent")
    #expect(await service.send(.patch, "/users/preferences", #"{"temperature":0.5}"#)["temperature"] == 0.5)
  }

  @Test("A parameter that is left out has its default")
  func defaults() async {
    #expect(await service.send(.get, "/chat/history/\(id)")["next_cursor"] == "50 -")
    #expect(await service.send(.get, "/chat/history/\(id)?limit=7&cursor=abc")["next_cursor"] == "7 abc")
  }

  @Test("A declared problem is answered with its status, title and the handler's own detail and members")
  func declaredProblem() async {
    var reply = await service.send(.post, "/chat/send", #"{"content":"x"}"#)
    #expect(
      reply.status == 502 && reply["code"] == "upstream-failed" && reply["type"] == "urn:parley:problem:upstream-failed"
    )
    #expect(reply["detail"] == "The model is away." && reply["message_id"] == "m" && reply["request_id"] == "request-1")
    #expect(reply.headers[.contentType] == "application/problem+json")
    reply = await service.send(.post, "/auth/signup", #"{"username":"taken","password":"12345678"}"#, token: nil)
    #expect(reply.status == 409 && reply["detail"]?.string == SignUp.Failure.usernameTaken.problem.detail)
  }

  @Test("An error of a handler is answered as the server says, and tells nothing of itself")
  func error() async {
    let reply = await service.send(.get, "/users/preferences")
    #expect(reply.status == 500 && reply["code"] == "boom" && reply["detail"] == "A handler failed.")
  }

  @Test("A problem that a handler throws is answered as it is, headers included")
  func thrownProblem() async {
    let reply = await service.send(.get, "/chat/conversations/\(id)")
    #expect(reply.status == 429 && reply.headers[.retryAfter] == "3")
  }
}
