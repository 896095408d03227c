import HTTPTypes

/// One request and its response on a connection. Lives on the connection's event loop.
final class Exchange {
  let head: HTTPRequest
  let id: String
  /// Whether the connection may live on, as far as this exchange is concerned.
  var keepAlive: Bool
  /// HTTP/1.0 clients know no chunked coding.
  let isHTTP10: Bool
  /// Whether the client waits for `100 Continue` before it sends its body (RFC 9110 §10.1.1).
  var expectsContinue: Bool

  var body: IncomingBody

  /// The handler's task, once it was started.
  var task: Task<Void, Never>?
  /// Whether the response is being streamed.
  var streaming = false
  /// Whether the whole response was handed to the connection.
  var responded = false

  init(head: HTTPRequest, id: String, keepAlive: Bool, isHTTP10: Bool) {
    self.head = head
    self.id = id
    self.keepAlive = keepAlive
    self.isHTTP10 = isHTTP10
    body = IncomingBody(length: head.headerFields[.contentLength].flatMap { Int($0) })
    expectsContinue = !isHTTP10 && head.headerFields[.expect]?.lowercased() == "100-continue"
  }

  var isHead: Bool { head.method == .head }

  /// Whether the rest of an unwanted body is so small that reading it costs less than a new connection.
  var isDrainable: Bool {
    guard let length = body.length, body.failure == nil, !expectsContinue else { return false }
    return length <= IncomingBody.drainLimit
  }
}
