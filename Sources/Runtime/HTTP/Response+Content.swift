import HTTPTypes
public import JSON

/// What a generated router makes of an operation's output.
extension Response {
  /// A JSON body, which no cache keeps: it is the caller's own, and may hold tokens (RFC 6749 §5.1).
  public static func json(_ value: some JSONEncodable, status: Int = 200) -> Response {
    Response(
      status: .init(code: status), contentType: "application/json", bytes: JSONWriter.write(value),
      headers: [.cacheControl: "no-store"])
  }

  /// A text of some media type.
  public static func text(_ text: String, mediaType: String, status: Int = 200) -> Response {
    Response(status: .init(code: status), contentType: mediaType + "; charset=utf-8", bytes: Array(text.utf8))
  }

  /// Server-sent events, which no cache keeps and no proxy gathers or compresses.
  public static func events(_ stream: EventStream<some ServerSentEvent>, status: Int = 200) -> Response {
    Response(
      status: .init(code: status),
      headers: [.contentType: "text/event-stream", .cacheControl: "no-cache, no-transform", .xAccelBuffering: "no"],
      body: .stream { try await stream.write(to: $0) })
  }

  /// No body.
  public static func empty(status: Int = 204) -> Response {
    Response(status: .init(code: status))
  }

  /// The response with one more header field, unless there is no value.
  public func header(_ name: String, _ value: String?) -> Response {
    var response = self
    if let value, let name = HTTPField.Name(name) { response.headers[name] = value }
    return response
  }

  /// The response as it answers HEAD: the same fields, no content (RFC 9110 §9.3.2). A stream stays what it is, since
  /// its length is not known: the transport never runs it.
  public var withoutContent: Response {
    var response = self
    switch body {
    case .bytes(let bytes): response.headers[.contentLength] = String(bytes.count)
    case .stream: return response
    case .empty: break
    }
    response.body = .empty
    return response
  }
}

extension HTTPField.Name {
  /// Tells nginx not to gather a response before it passes it on.
  static let xAccelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
