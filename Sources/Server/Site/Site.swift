import HTTP
import HTTPTypes

/// Answers for the files that the server shows: the chat page, the docs and the generated client. Everything else goes
/// to the next responder.
struct Site: Responder {
  private let files: [String: SiteFile]
  private let next: any Responder

  /// - Parameter files: by path.
  init(files: [String: SiteFile], next: any Responder) {
    self.files = files
    self.next = next
  }

  func respond(to request: Request) async -> Response {
    let path = String(request.path)
    guard let file = files[path] else { return await next.respond(to: request) }
    switch request.head.method {
    case .get, .head: return file.response(ifNoneMatch: request.head.headerFields[.ifNoneMatch])
    case .options: return Response(status: .noContent, headers: [.allow: "GET, HEAD, OPTIONS"])
    default: return Problem.methodNotAllowed(allow: "GET, HEAD, OPTIONS").response(requestID: request.id)
    }
  }

  /// The route template of a request for one of the files; nil for any other.
  static func route(of request: Request) -> String? {
    let path = String(request.path)
    return files[path] == nil ? nil : path
  }
}

/// A file that was built into the program.
struct SiteFile: Sendable {
  private let bytes: [UInt8]
  private let headers: HTTPFields
  private let etag: String

  init(_ contentType: String, _ bytes: [UInt8]) {
    self.bytes = bytes
    etag = "\"\(String(SiteFile.fingerprint(of: bytes), radix: 16))\""
    headers = [
      .contentType: contentType,
      .eTag: etag,
      // Asked for each time, and answered with 304 while it is the same.
      .cacheControl: "no-cache",
      .contentSecurityPolicy: SiteFile.policy,
      .referrerPolicy: "no-referrer",
    ]
  }

  func response(ifNoneMatch: String?) -> Response {
    if let ifNoneMatch, matches(ifNoneMatch) { return Response(status: .notModified, headers: headers) }
    return Response(status: .ok, headers: headers, body: .bytes(bytes))
  }

  /// Whether a client has this version already (RFC 9110 §13.1.2, weak comparison).
  private func matches(_ ifNoneMatch: String) -> Bool {
    ifNoneMatch.split(separator: ",").contains { tag in
      let tag = tag.trimmed
      return tag == "*" || tag == etag || tag == "W/" + etag
    }
  }

  /// Nothing but what this server sends; no script in the page, no frame around it.
  private static let policy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    + "frame-ancestors 'none'"

  /// FNV-1a, 64 bits: tells versions of one file apart.
  private static func fingerprint(of bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension HTTPField.Name {
  fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
