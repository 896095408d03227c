import HTTPTypes
import NIOHTTP1

/// A request line and fields that HTTP/1.1 forbids although its grammar allows them.
struct RequestHeadError: Error {
  let reason: String
}

extension HTTPRequest {
  /// The request as RFC 9110 sees it, from the lines of RFC 9112.
  init(_ head: HTTPRequestHead) throws(RequestHeadError) {
    guard let method = Method(rawValue: head.method.rawValue) else {
      throw RequestHeadError(reason: "The method is not a token.")
    }
    var fields = HTTPFields()
    fields.reserveCapacity(head.headers.count)
    var authority: String?
    for (name, value) in head.headers {
      guard let name = HTTPField.Name(name), HTTPField.isValidValue(value) else {
        throw RequestHeadError(reason: "A header field has a name or a value that is not allowed.")
      }
      if name.canonicalName == "host" {
        guard authority == nil else { throw RequestHeadError(reason: "There are several Host fields.") }
        authority = value
      } else {
        fields.append(HTTPField(name: name, value: value))
      }
    }
    if authority == nil, head.version.isHTTP11 {
      throw RequestHeadError(reason: "There is no Host field.")
    }
    self.init(
      method: method, scheme: "http", authority: authority, path: HTTPRequest.originForm(of: head.uri),
      headerFields: fields)
  }

  /// The path and query of a request target (RFC 9112 §3.2): proxies may send it with scheme and authority.
  private static func originForm(of target: String) -> String {
    guard !target.utf8.starts(with: "/".utf8), let scheme = target.range(ofScheme: "://") else { return target }
    let rest = target[scheme...]
    guard let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
    return rest[end] == "?" ? "/" + rest[end...] : String(rest[end...])
  }
}

extension String {
  /// The index behind the first occurrence of a separator, when only letters, digits and `+-.` stand before it.
  fileprivate func range(ofScheme separator: String) -> Index? {
    guard let colon = firstIndex(of: ":"), self[colon...].hasPrefix(separator) else { return nil }
    return index(colon, offsetBy: separator.count)
  }
}

extension HTTPVersion {
  /// Whether the sender knows what HTTP/1.1 brought: persistent connections, chunked coding, `Host`.
  var isHTTP11: Bool { major == 1 && minor >= 1 }
}
