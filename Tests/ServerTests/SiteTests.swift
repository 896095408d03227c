import HTTP
import HTTPServer
import HTTPTypes
import Security
import Testing
import Values

import struct FoundationEssentials.UUID

@testable import parley

private struct Elsewhere: Responder {
  func respond(to request: Request) async -> Response { Response(status: .notFound) }
}

private func request(
  _ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get, from address: String? = nil
) -> Request {
  Request(
    head: HTTPRequest(method: method, scheme: "http", authority: "a", path: path, headerFields: headers), id: "id",
    remoteAddress: address)
}

@Suite("The site")
struct SiteTests {
  let site = Site(files: ["/": SiteFile("text/html", Array("<p>".utf8))], next: Elsewhere())

  @Test("shows a file with a policy that allows no script from elsewhere, and once only")
  func file() async throws {
    let response = await site.respond(to: request("/?x"))
    #expect(response.status == .ok && response.headers[.contentType] == "text/html")
    #expect(response.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'self';") == true)
    let etag = try #require(response.headers[.eTag])
    #expect(etag.hasPrefix("\"") && etag.hasSuffix("\""))
    for tag in [etag, "W/\(etag)", "\"other\", \(etag)", "*"] {
      let again = await site.respond(to: request("/", [.ifNoneMatch: tag]))
      #expect(again.status == .notModified && again.headers[.eTag] == etag)
    }
    #expect(await site.respond(to: request("/", [.ifNoneMatch: "\"other\""])).status == .ok)
  }

  @Test("answers only what reads, and leaves the rest to others")
  func methods() async {
    #expect(await site.respond(to: request("/", method: .head)).status == .ok)
    let post = await site.respond(to: request("/", method: .post))
    #expect(post.status == .methodNotAllowed && post.headers[.allow] == "GET, HEAD, OPTIONS")
    #expect(await site.respond(to: request("/other")).status == .notFound)
  }
}

@Suite("The client of a request")
struct ClientTests {
  @Test("is the user whom a valid token names, else the address")
  func user() throws {
    let signer = try TokenSigner(secret: "0123456789abcdef0123456789abcdef", algorithm: .hs256)
    let user = UUID.v7()
    let token = signer.sign(
      AccessToken(subject: user, session: .v7(), issuedAt: .now, expiresAt: .now + .seconds(60)))
    let known = request("/", [.authorization: "Bearer \(token)"], from: "192.0.2.1")
    let unknown = request("/", [.authorization: "Bearer x"], from: "192.0.2.1")
    #expect(Client.of(known, operation: "sendMessage", signer: signer) == user.canonical)
    #expect(Client.of(unknown, operation: "sendMessage", signer: signer) == "192.0.2.1")
    // Where nobody is anyone yet, a token buys no further tries.
    #expect(Client.of(known, operation: "logIn", signer: signer) == "192.0.2.1")
  }

  @Test(
    "is what the proxy next to us says, and nothing that a stranger says",
    arguments: [
      ("127.0.0.1", "198.51.100.7"), ("10.1.2.3", "198.51.100.7"), ("172.20.0.2", "198.51.100.7"),
      ("::ffff:192.168.0.9", "198.51.100.7"), ("::1", "198.51.100.7"), ("192.0.2.1", "192.0.2.1"),
      ("172.32.0.1", "172.32.0.1"), ("2001:db8::1", "2001:db8::1"),
    ])
  func proxy(peer: String, client: String) throws {
    let signer = try TokenSigner(secret: "0123456789abcdef0123456789abcdef", algorithm: .hs256)
    let headers: HTTPFields = [HTTPField.Name("X-Forwarded-For")!: "6.6.6.6, 198.51.100.7"]
    #expect(Client.of(request("/", headers, from: peer), operation: "sendMessage", signer: signer) == client)
  }
}

@Suite("The limit of what is costly")
struct RateLimitsTests {
  @Test("is one for all the operations of a rule, and each client has its own")
  func shared() async throws {
    let limits = try RateLimits("send=2/minute,login=1/hour")
    let layer = limits.layer(
      operation: { String($0.path.dropFirst()) }, client: { $0.remoteAddress ?? "" }, next: Elsewhere())
    for operation in ["sendMessage", "editMessage"] {
      #expect(await layer.respond(to: request("/\(operation)", from: "a")).status == .notFound)
    }
    for operation in RateLimits.Limited.send.operationIDs {
      #expect(await layer.respond(to: request("/\(operation)", from: "a")).status == .tooManyRequests)
      #expect(RateLimits.Limited(operationID: operation) == .send)
    }
    #expect(await layer.respond(to: request("/regenerateMessage", from: "b")).status == .notFound)
    #expect(await layer.respond(to: request("/logIn", from: "a")).status == .notFound)
    #expect(await layer.respond(to: request("/listChats", from: "a")).status == .notFound)
  }
}
