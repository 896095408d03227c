import HTTP
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import HTTPServer

@Suite("The layers around a responder", .timeLimit(.minutes(5)))
struct LayerTests {
  private func request(_ method: HTTPRequest.Method, _ path: String = "/", _ headers: HTTPFields = [:]) -> Request {
    Request(
      head: HTTPRequest(method: method, scheme: "http", authority: "a", path: path, headerFields: headers), id: "id-1")
  }

  @Test("a page of an allowed origin may call and read the exposed fields")
  func crossOrigin() async {
    let layer = CrossOrigin(origins: .only(["https://app.example"]), next: Toy { _ in .text("hello") })
    let allowed = await layer.respond(to: request(.get, "/", [.origin: "https://app.example"]))
    #expect(allowed.headers[.accessControlAllowOrigin] == "https://app.example")
    #expect(allowed.headers[.accessControlExposeHeaders] == "X-Request-Id, Retry-After, ETag, Location")
    #expect(allowed.headers[.vary] == "Origin")
    for headers in [[.origin: "https://evil.example"], [:]] as [HTTPFields] {
      let other = await layer.respond(to: request(.get, "/", headers))
      #expect(other.status == .ok)
      #expect(other.headers[.accessControlAllowOrigin] == nil)
      #expect(other.headers[.vary] == "Origin")
    }
  }

  @Test("a preflight is answered for every method and header field of the API")
  func preflight() async {
    let layer = CrossOrigin(origins: .any, next: Toy { _ in .text("", status: .methodNotAllowed) })
    let fields: HTTPFields = [.origin: "https://a.example", .accessControlRequestMethod: "PATCH"]
    let response = await layer.respond(to: request(.options, "/", fields))
    #expect(response.status == .noContent)
    #expect(response.headers[.accessControlAllowOrigin] == "*")
    #expect(response.headers[.accessControlAllowMethods] == "GET, HEAD, POST, PUT, PATCH, DELETE, QUERY")
    #expect(
      response.headers[.accessControlAllowHeaders]
        == "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id")
    #expect(await layer.respond(to: request(.options)).status == .methodNotAllowed)
  }

  @Test("without CORS_ORIGINS nothing is said about origins")
  func sameOrigin() async {
    let layer = CrossOrigin(origins: .none, next: Toy { _ in .text("") })
    let response = await layer.respond(to: request(.get, "/", [.origin: "https://a.example"]))
    #expect(response.headers[.accessControlAllowOrigin] == nil && response.headers[.vary] == nil)
  }

  @Test("more requests than the bound are refused with 503 and Retry-After, and only those")
  func inFlight() async {
    let began = Event<Void>()
    let goOn = Event<Void>()
    let layer = InFlightLimit(
      1,
      next: Toy { _ in
        began.happen()
        await goOn.value
        return .text("done")
      })
    async let first = layer.respond(to: request(.get))
    await began.value
    let second = await layer.respond(to: request(.get))
    #expect(second.status == .serviceUnavailable)
    #expect(second.headers[.retryAfter] == "1")
    goOn.happen()
    #expect(await first.status == .ok)
    #expect(await layer.respond(to: request(.get)).status == .ok)
  }

  @Test("a client that asks too often waits for its own next token, and nobody else does")
  func rateLimit() async {
    let clock = Mutex(ContinuousClock.now)
    let layer = RateLimit(
      rules: ["login": RateLimit.Rule(count: 2, period: .seconds(60))],
      rule: { $0.path.hasPrefix("/login") ? "login" : nil }, client: { $0.head.headerFields[.from] ?? "" },
      now: { clock.withLock { $0 } }, next: Toy { _ in .text("") })
    let ada = request(.post, "/login", [.from: "ada"])
    #expect(await layer.respond(to: ada).status == .ok)
    #expect(await layer.respond(to: request(.post, "/login/otherwise", [.from: "ada"])).status == .ok)
    let refused = await layer.respond(to: ada)
    #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "30")
    #expect(await layer.respond(to: request(.post, "/login", [.from: "bob"])).status == .ok)
    #expect(await layer.respond(to: request(.get, "/other", [.from: "ada"])).status == .ok)
    clock.withLock { $0 += .seconds(29) }
    #expect(await layer.respond(to: ada).headers[.retryAfter] == "1")
    clock.withLock { $0 += .seconds(1) }
    #expect(await layer.respond(to: ada).status == .ok)
    #expect(await layer.respond(to: ada).status == .tooManyRequests)
    clock.withLock { $0 += .seconds(3600) }
    #expect(await layer.respond(to: ada).status == .ok)
    #expect(await layer.respond(to: ada).status == .ok)
    #expect(await layer.respond(to: ada).status == .tooManyRequests)
  }

  @Test("one line a request names the operation, never the query, a token or the body")
  func accessLog() async {
    let lines = Lines()
    let logger = Logger(label: "test") { _ in lines.handler }
    let layer = AccessLog(
      logger: logger, operation: { $0.path == "/chat/1" ? "chatOne" : nil }, next: Toy { _ in .text("secret body") })
    _ = await layer.respond(to: request(.post, "/chat/1?token=secret", [.authorization: "Bearer secret"]))
    let line = lines.all.first ?? ""
    #expect(lines.all.count == 1)
    for part in ["method=POST", "operation=chatOne", "status=200", "bytes=11", "request_id=id-1", "ms="] {
      #expect(line.contains(part))
    }
    #expect(!line.contains("secret"))
  }

  @Test("a stream is logged when it ends, with what was sent of it")
  func streamLog() async throws {
    let lines = Lines()
    let logger = Logger(label: "test") { _ in lines.handler }
    let stream = Response(status: .ok, body: .stream { try await $0.write([1, 2, 3]) })
    let layer = AccessLog(logger: logger, operation: { _ in nil }, next: Toy { _ in stream })
    let response = await layer.respond(to: request(.get))
    #expect(lines.all.isEmpty)
    guard case .stream(let produce) = response.body else { return }
    try await produce(Sink())
    #expect(lines.all.count == 1)
    #expect(lines.all.first?.contains("bytes=3") == true)
  }

  @Test("metrics count by operation, method and status, and know no label that a client made up")
  func metrics() async throws {
    let layer = Metrics(operation: { $0.path == "/a" ? "opA" : nil }, next: Toy { _ in .text("") })
    _ = await layer.respond(to: request(.get, "/a"))
    _ = await layer.respond(to: request(.get, "/a"))
    _ = await layer.respond(to: request(try #require(HTTPRequest.Method(rawValue: "BREW")), "/pot"))
    guard case .bytes(let bytes) = await layer.respond(to: request(.get, "/metrics")).body else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("http_server_requests_total{operation=\"opA\",method=\"GET\",status=\"200\"} 2\n"))
    #expect(text.contains("http_server_requests_total{operation=\"none\",method=\"OTHER\",status=\"200\"} 1\n"))
    #expect(text.contains("http_server_request_duration_seconds_count{operation=\"opA\"} 2\n"))
    #expect(text.contains("le=\"+Inf\"} 2\n"))
    #expect(text.contains("http_server_requests_in_flight 0\n"))
  }
}

private struct Sink: BodyWriter {
  func write(_ bytes: [UInt8]) async throws {}
}

/// A log kept in memory.
private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  var handler: Handler { Handler(lines: self) }

  struct Handler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let values = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
      lines.lines.withLock { $0.append("\(event.message) \(values)") }
    }
  }
}
