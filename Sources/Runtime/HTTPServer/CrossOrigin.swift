public import HTTP
import HTTPTypes

/// Lets pages of other origins use the API (the CORS protocol of the Fetch standard). Credentials are bearer tokens,
/// so cookies are never allowed.
public struct CrossOrigin: Responder {
  /// Which origins may call.
  public enum Origins: Sendable, Hashable {
    /// Only pages of this server.
    case none
    case any
    /// `https://app.example.com`, with a port where it is not the scheme's own.
    case only(Set<String>)
  }

  private let origins: Origins
  private let next: any Responder

  public init(origins: Origins, next: any Responder) {
    self.origins = origins
    self.next = next
  }

  public func respond(to request: Request) async -> Response {
    guard origins != .none else { return await next.respond(to: request) }
    let allowed = request.head.headerFields[.origin].flatMap(allowedOrigin)
    if let allowed, request.head.method == .options, request.head.headerFields[.accessControlRequestMethod] != nil {
      return preflight(allowed)
    }
    var response = await next.respond(to: request)
    if origins != .any { response.headers.append(HTTPField(name: .vary, value: "Origin")) }
    if let allowed {
      response.headers[.accessControlAllowOrigin] = allowed
      response.headers[.accessControlExposeHeaders] = CrossOrigin.exposedHeaders
    }
    return response
  }

  private func allowedOrigin(_ origin: String) -> String? {
    switch origins {
    case .none: nil
    case .any: "*"
    case .only(let list): list.contains(origin) ? origin : nil
    }
  }

  private func preflight(_ origin: String) -> Response {
    Response(
      status: .noContent,
      headers: [
        .accessControlAllowOrigin: origin,
        .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE, QUERY",
        .accessControlAllowHeaders: CrossOrigin.allowedHeaders,
        .accessControlMaxAge: "7200",
        .vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
      ])
  }

  private static let allowedHeaders = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id"
  private static let exposedHeaders = "X-Request-Id, Retry-After, ETag, Location"
}
