public import HTTPTypes

/// A request as the transport hands it over: the head is there, the body comes when it is asked for.
public struct Request: Sendable {
  public var head: HTTPRequest
  /// The `X-Request-Id`, of the client when it sent a valid one.
  public var id: String
  public var body: RequestBody
  /// The other end of the connection, without the port.
  public var remoteAddress: String?

  public init(head: HTTPRequest, id: String, body: RequestBody = RequestBody([]), remoteAddress: String? = nil) {
    self.head = head
    self.id = id
    self.body = body
    self.remoteAddress = remoteAddress
  }

  /// The path as it was sent: percent-encoded, without the query.
  public var path: Substring {
    let target = head.path ?? "/"
    return target.prefix { $0 != "?" }
  }

  /// What stands after the `?`, percent-encoded; empty when there is none.
  public var query: Substring {
    let target = head.path ?? "/"
    guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return "" }
    return target[target.utf8.index(after: mark)...]
  }

  /// The credentials of a scheme in `Authorization` (RFC 9110 §11.6.2); nil when there are none, or another scheme's.
  ///
  /// - Parameter scheme: in small letters; the client may write it in capitals.
  public func authorization(_ scheme: String) -> Substring? {
    guard let field = head.headerFields[.authorization],
      let space = field.utf8.firstIndex(of: UInt8(ascii: " ")), field[..<space].lowercased() == scheme,
      case let credentials = field[space...].trimmedSpace, !credentials.isEmpty
    else { return nil }
    return credentials
  }
}
