import HTTP
import HTTPServer
import HTTPTypes
import Testing

@Suite("A connection", .timeLimit(.minutes(5)))
struct ConnectionTests {
  /// Says what arrived.
  let echo = Toy { request in
    do {
      let body = try await request.body.collect(upTo: 100_000)
      return .text("\(request.head.method.rawValue) \(request.path) \(String(decoding: body, as: UTF8.self))")
    } catch {
      return .text("\(error)", status: .badRequest)
    }
  }

  @Test("answers one request after the other, also when they arrive at once, in order")
  func pipelining() async throws {
    try await serving(echo) { port, _ in
      let answer = try await RawClient.exchange(
        "GET /1?x HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
          + "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", with: port)
      let bodies = answer.split(separator: "\r\n").filter { $0.contains(" /") }.map { $0.prefix { $0 != "H" } }
      #expect(bodies == ["GET /1 ", "POST /2 abc", "GET /3 "])
      #expect(answer.hasSuffix("\r\n\r\nGET /3 "))
    }
  }

  @Test("reads a chunked body that comes in pieces")
  func chunked() async throws {
    try await serving(echo) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try await client.send("3\r\nabc\r\n")
        try await client.send("2\r\nde\r\n0\r\n\r\n")
        _ = try await client.read(until: "PUT /p abcde")
      }
    }
  }

  @Test("says 100 Continue when the body is wanted, and only then")
  func continues() async throws {
    try await serving(echo) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try await client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try await client.send("ok")
        _ = try await client.read(until: "PUT /p ok")
      }
      let refused = try await RawClient.exchange(
        "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n", with: port)
      #expect(refused.hasPrefix("HTTP/1.1 400"))
      #expect(refused.contains("tooLarge(limit: 100000)"))
      #expect(!refused.contains("100 Continue"))
    }
  }

  @Test("stops reading a body that is larger than the limit, whether or not its length was told")
  func tooLarge() async throws {
    try await serving(echo) { port, _ in
      let told = try await RawClient.exchange(
        "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", with: port)
      #expect(told.contains("tooLarge") && told.contains("Connection: close"))
      let piece = String(repeating: "x", count: 60_000)
      let untold = try await RawClient.exchange(
        "PUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nEA60\r\n\(piece)\r\nEA60\r\n\(piece)\r\n",
        with: port)
      #expect(untold.contains("tooLarge") && untold.contains("Connection: close"))
    }
  }

  @Test("lives on when a handler answers without reading a small body")
  func unread() async throws {
    let early = Toy { request in .text("early \(request.path);") }
    try await serving(early) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        #expect(try await client.read(until: "early /1;").contains("200 OK"))
        try await client.send("bodyPOST /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.read(until: "early /2;").contains("200 OK"))
      }
    }
  }

  struct Malformed: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var status = 400

    static let all = [
      Malformed(testDescription: "nonsense", text: "nonsense\r\n\r\n"),
      Malformed(testDescription: "no Host", text: "GET / HTTP/1.1\r\n\r\n"),
      Malformed(testDescription: "two Hosts", text: "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
      Malformed(testDescription: "a name with a blank", text: "GET / HTTP/1.1\r\nHost: a\r\nbad header: x\r\n\r\n"),
      Malformed(
        testDescription: "a length that is no number", text: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"),
      Malformed(
        testDescription: "a length and chunks",
        text: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
      Malformed(
        testDescription: "a long field",
        text: "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n", status: 431),
      Malformed(
        testDescription: "many fields",
        text: "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: x\r\n", count: 200))\r\n", status: 431),
      Malformed(
        testDescription: "a long target",
        text: "GET /\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\nHost: a\r\n\r\n", status: 431),
    ]
  }

  @Test("refuses what is not HTTP/1.1 with a problem and an id", arguments: Malformed.all)
  func malformed(_ request: Malformed) async throws {
    try await serving(echo) { port, _ in
      let answer = try await RawClient.exchange(request.text, with: port)
      #expect(answer.hasPrefix("HTTP/1.1 \(request.status) "))
      #expect(answer.contains("application/problem+json"))
      #expect(answer.contains("X-Request-Id: "))
      #expect(answer.contains("Connection: close"))
    }
  }

  @Test("answers the good request before it refuses the bad one behind it")
  func malformedBehind() async throws {
    try await serving(echo) { port, _ in
      let answer = try await RawClient.exchange("GET /good HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n", with: port)
      #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
      #expect(answer.contains("GET /good HTTP/1.1 400 Bad Request"))
    }
  }

  @Test("tells the handler when the body breaks off")
  func brokenBody() async throws {
    try await serving(echo) { port, _ in
      let answer = try await RawClient.exchange(
        "PUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", with: port)
      #expect(answer.hasPrefix("HTTP/1.1 400") && answer.contains("interrupted"))
    }
  }

  @Test("says nothing to a client that leaves in the middle of a request's head")
  func brokenHead() async throws {
    try await serving(echo) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("GET / HTTP/1.1\r\nHo")
        client.finish()
        #expect(try await client.readToEnd() == "")
      }
    }
  }

  @Test("sends no body to HEAD, but the length that GET would have had")
  func head() async throws {
    let stream = Toy { request in
      guard request.path == "/stream" else { return .text("12345") }
      return Response(status: .ok, body: .stream { try await $0.write(Array("never".utf8)) })
    }
    try await serving(stream) { port, _ in
      let answer = try await RawClient.exchange(
        "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", with: port)
      #expect(answer.hasSuffix("\r\n\r\n") && answer.contains("Content-Length: 5\r\n"))
      let streamed = try await RawClient.exchange("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n", with: port)
      #expect(streamed.hasPrefix("HTTP/1.1 200") && streamed.hasSuffix("\r\n\r\n") && !streamed.contains("never"))
    }
  }

  @Test("closes after HTTP/1.0 and sends it no chunks")
  func http10() async throws {
    let stream = Toy { _ in Response(status: .ok, body: .stream { try await $0.write(Array("all".utf8)) }) }
    try await serving(stream) { port, _ in
      let answer = try await RawClient.exchange("GET / HTTP/1.0\r\n\r\n", with: port)
      #expect(answer.hasPrefix("HTTP/1.0 200 OK\r\n") && answer.hasSuffix("\r\n\r\nall"))
    }
  }

  @Test(
    "closes behind a request to change the protocol, which it does not do",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
      "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
    ])
  func changeOfProtocol(request: String) async throws {
    try await serving(echo) { port, _ in
      let answer = try await RawClient.exchange(request, with: port)
      #expect(answer.hasPrefix("HTTP/1.1 "))
      #expect(answer.contains("Connection: close\r\n"))
    }
  }

  @Test("keeps a valid X-Request-Id and replaces any other", arguments: ["a.B_c-9", "no blanks", "", "ü"])
  func requestID(sent: String) async throws {
    try await serving(Toy { .text($0.id) }) { port, _ in
      let answer = try await RawClient.exchange(
        "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: \(sent)\r\nConnection: close\r\n\r\n", with: port)
      let id = try #require(answer.components(separatedBy: "\r\n\r\n").last)
      #expect(answer.contains("X-Request-Id: \(id)\r\n"))
      #expect((id == sent) == (sent == "a.B_c-9"))
      #expect(!id.isEmpty)
      #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
    }
  }

  @Test("gives the origin form of a request target", arguments: ["/a?b=c", "http://host:80/a?b=c"])
  func target(sent: String) async throws {
    try await serving(Toy { .text("\($0.path) \($0.query)") }) { port, _ in
      let answer = try await RawClient.exchange(
        "GET \(sent) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", with: port)
      #expect(answer.hasSuffix("/a b=c"))
    }
  }

  @Test("closes when a client says nothing, and when its body does not come")
  func timeouts() async throws {
    try await serving(echo, limits: HTTPLimits(idleTimeout: .seconds(1))) { port, _ in
      let answer = try await RawClient.exchange("GET / HT", with: port)
      #expect(answer == "")
    }
    try await serving(echo, limits: HTTPLimits(readTimeout: .milliseconds(50))) { port, _ in
      let stalled = try await RawClient.exchange(
        "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc", with: port)
      #expect(stalled.contains("interrupted"))
    }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
