public import HTTPTypes

/// A file that does not change while the server runs, with a strong `ETag` (RFC 9110 §8.8.3).
public struct StaticFile: Sendable {
  /// Such as `text/html; charset=utf-8`.
  public let contentType: String
  public let bytes: [UInt8]
  /// With its quotes.
  public let entityTag: String
  private let headers: HTTPFields

  /// - Parameter headers: further fields, such as a Content-Security-Policy.
  public init(contentType: String, bytes: [UInt8], headers: HTTPFields = [:]) {
    self.contentType = contentType
    self.bytes = bytes
    self.headers = headers
    entityTag = "\"\(StaticFile.digest(bytes))\""
  }

  /// 200 with the file, or 304 when the client has it (RFC 9110 §13.1.2); it asks again each time.
  public func response(to request: Request) -> Response {
    var headers = headers
    headers[.eTag] = entityTag
    headers[.cacheControl] = "no-cache"
    if StaticFile.matches(request.head.headerFields[.ifNoneMatch], entityTag) {
      return Response(status: .notModified, headers: headers)
    }
    return Response(status: .ok, contentType: contentType, bytes: bytes, headers: headers)
  }

  /// Whether an `If-None-Match` names an entity tag, by the weak comparison.
  static func matches(_ field: String?, _ entityTag: String) -> Bool {
    guard let field else { return false }
    return field.split(separator: ",").contains { element in
      let tag = element.trimmedSpace
      return tag == "*" || tag == entityTag || tag == "W/" + entityTag
    }
  }

  /// FNV-1a in 64 bits and the length: it tells versions of one file apart, it does not withstand an attacker.
  private static func digest(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16) + "-" + String(bytes.count, radix: 16)
  }
}
