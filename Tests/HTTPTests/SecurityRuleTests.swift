import FoundationEssentials
import HTTP
import HTTPTypes
import Testing

@Suite struct SecurityRuleTests {
  static let bearer = SecurityScheme(name: "session", kind: .http("bearer"))
  static let basic = SecurityScheme(name: "login", kind: .http("basic"))
  static let header = SecurityScheme(name: "console", kind: .apiKey(in: .header, "X-Key"))
  static let query = SecurityScheme(name: "link", kind: .apiKey(in: .query, "key"))
  static let cookie = SecurityScheme(name: "browser", kind: .apiKey(in: .cookie, "sid"))
  static let oauth = SecurityScheme(name: "app", kind: .oauth2)
  static let certificate = SecurityScheme(name: "machine", kind: .mutualTLS)

  /// Knows the credentials that end in `good`, which allow `read`.
  struct Guard: CredentialAuthenticator {
    static let principal = Principal(userID: UUID(), sessionID: UUID())

    func authenticate(
      _ credentials: [SecurityRule.Credential], of request: Request
    ) async throws -> SecurityRule.Verdict {
      let isGood = credentials.allSatisfy { $0.text.hasSuffix("good") || $0.scheme.kind == .mutualTLS }
      guard isGood else { return .refused }
      return credentials.allSatisfy { $0.scheme.scopes.allSatisfy { $0 == "read" } }
        ? .accepted(Self.principal) : .lacksScopes
    }
  }

  func request(_ headers: HTTPFields = [:], target: String = "/") -> Request {
    Request(
      head: HTTPRequest(method: .get, scheme: "http", authority: "x", path: target, headerFields: headers), id: "1")
  }

  /// The status of the refusal, with its challenge; nil for who may go on.
  func refusal(_ request: Request, _ rule: SecurityRule) async throws -> (status: Int, challenge: String?)? {
    do {
      let principal = try await Guard().principal(of: request, by: rule)
      #expect(principal == Guard.principal)
      return nil
    } catch let problem as Problem {
      return (problem.status, problem.headers[.wwwAuthenticate])
    }
  }

  @Test(
    "Each scheme finds its credentials where they are sent",
    arguments: [
      (bearer, [.authorization: "bearer  good"], "/"), (basic, [.authorization: "Basic good"], "/"),
      (header, [HTTPField.Name("X-Key")!: "good"], "/"), (query, [:], "/a?b=1&key=all%20good"),
      (cookie, [.cookie: "a=1; sid=good"], "/"), (oauth, [.authorization: "Bearer good"], "/"),
      (certificate, [:], "/"),
    ] as [(SecurityScheme, HTTPFields, String)])
  func finds(_ scheme: SecurityScheme, _ headers: HTTPFields, _ target: String) async throws {
    #expect(try await refusal(request(headers, target: target), SecurityRule([scheme])) == nil)
    if scheme.kind == .mutualTLS { return }
    let other = try await refusal(request([.authorization: "Digest good"]), SecurityRule([scheme]))
    #expect(other?.status == 401)
    #expect(other?.challenge?.isEmpty == false)
  }

  @Test("All schemes of an alternative are asked for, and any alternative will do")
  func alternatives() async throws {
    let rule = SecurityRule([Self.header, Self.cookie], [Self.bearer])
    let key = try #require(HTTPField.Name("X-Key"))
    #expect(try await refusal(request([key: "good", .cookie: "sid=good"]), rule) == nil)
    #expect(try await refusal(request([.authorization: "Bearer good"]), rule) == nil)
    #expect(try await refusal(request([key: "bad", .cookie: "sid=good", .authorization: "Bearer good"]), rule) == nil)
    let half = try await refusal(request([key: "good"]), rule)
    #expect(half?.status == 401)
    #expect(half?.challenge == "ApiKey in=\"header\", name=\"X-Key\", ApiKey in=\"cookie\", name=\"sid\", Bearer")
    let basic = try await refusal(request(), SecurityRule([Self.basic], [Self.oauth], [Self.bearer]))
    #expect(basic?.challenge == "Basic realm=\"api\", charset=\"UTF-8\", Bearer")
  }

  @Test("Credentials without a scope are forbidden, unless others allow it")
  func scopes() async throws {
    let read = SecurityRule([Self.oauth.with(scopes: "read")])
    let write = SecurityRule([Self.oauth.with(scopes: "read", "write")], [Self.cookie])
    let token: HTTPFields = [.authorization: "Bearer good"]
    #expect(try await refusal(request(token), read) == nil)
    let lacking = try await refusal(request(token), write)
    #expect(lacking?.status == 403)
    #expect(lacking?.challenge == "Bearer error=\"insufficient_scope\", scope=\"read write\"")
    var both = token
    both[.cookie] = "sid=good"
    #expect(try await refusal(request(both), write) == nil)
  }

  @Test("Who may show nothing is nobody, but bad credentials are refused")
  func optional() async throws {
    let rule = SecurityRule([Self.bearer], [])
    #expect(try await Guard().optionalPrincipal(of: request(), by: rule) == nil)
    #expect(
      try await Guard().optionalPrincipal(of: request([.authorization: "Bearer good"]), by: rule) == Guard.principal)
    for field in ["Bearer bad", "Bearer", "Basic good", "good"] {
      let problem = await #expect(throws: Problem.self) {
        _ = try await Guard().optionalPrincipal(of: request([.authorization: field]), by: rule)
      }
      #expect(problem?.status == 401)
    }
  }

  @Test("Credentials of one scheme are not bad ones of another")
  func otherScheme() async throws {
    let either = SecurityRule([Self.basic], [Self.bearer], [])
    for field in ["Basic good", "bearer good"] {
      let principal = try await Guard().optionalPrincipal(of: request([.authorization: field]), by: either)
      #expect(principal == Guard.principal)
    }
    // What is meant for somebody else, such as a proxy, where the operation asks for nothing of the kind.
    let elsewhere = SecurityRule([Self.cookie], [])
    #expect(try await Guard().optionalPrincipal(of: request([.authorization: "Bearer"]), by: elsewhere) == nil)
    let both = SecurityRule([Self.cookie], [Self.bearer], [])
    let headers: HTTPFields = [.authorization: "Basic x", .cookie: "sid=good"]
    #expect(try await Guard().optionalPrincipal(of: request(headers), by: both) == Guard.principal)
  }

  @Test(
    "The credentials of Authorization are those of its scheme",
    arguments: [
      ("Bearer a", "a"), ("bEARER  a b ", "a b"), ("Bearer", nil), ("Bearer ", nil), ("Basic a", nil), ("Bearera", nil),
      ("", nil),
    ] as [(String, Substring?)])
  func authorization(field: String, credentials: Substring?) {
    var headers = HTTPFields()
    headers[.authorization] = field
    #expect(request(headers).authorization("bearer") == credentials)
  }
}
