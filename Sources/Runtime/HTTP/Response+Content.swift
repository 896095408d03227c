import HTTPTypes
public import JSON

/// What a generated router makes of an operation's output.
extension Response {
  /// A JSON body, which no cache keeps: it is the caller's own, and may hold tokens (RFC 6749 §5.1).
  public static func json(
    _ value: some JSONEncodable, mediaType: String = "application/json", status: Int = 200
  ) -> Response {
    Response(
      status: .init(code: status), contentType: mediaType, bytes: JSONWriter.write(value),
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

  /// JSON texts, one after another, as they come.
  public static func lines(
    _ lines: JSONLines<some JSONEncodable & Sendable>, mediaType: String, status: Int = 200
  ) -> Response {
    let framing: JSONFraming = MediaType(mediaType)?.subtype == "json-seq" ? .sequence : .lines
    return Response(
      status: .init(code: status),
      headers: [.contentType: mediaType, .cacheControl: "no-store, no-transform", .xAccelBuffering: "no"],
      body: .stream { try await lines.write(to: $0, framing) })
  }

  /// Bytes of some media type.
  public static func bytes(_ stream: ByteStream, mediaType: String, status: Int = 200) -> Response {
    var response = Response(
      status: .init(code: status), headers: [.contentType: mediaType], body: stream.body)
    if let length = stream.length { response.headers[.contentLength] = String(length) }
    return response
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

  /// The response with one more header field in the style `simple` (OpenAPI 3.1 §4.8.12), unless there is no value: a
  /// text or a number as it is, an array and an object with commas between.
  ///
  /// - Parameter explode: whether the members of an object are `name=value` rather than `name,value`.
  public func header(_ name: String, _ value: (some JSONEncodable)?, explode: Bool = false) -> Response {
    header(name, value.map { HeaderText.simple($0, explode: explode) })
  }

  /// The response with one more header field that holds JSON, unless there is no value.
  public func header(_ name: String, json value: (some JSONEncodable)?) -> Response {
    header(name, value.map { HeaderText.json($0) })
  }

  /// The response, when its status is one that it is declared for.
  ///
  /// - Parameters:
  ///   - statuses: those of its range.
  ///   - others: those of the range that other responses are declared for.
  /// - Throws: ``UndeclaredStatus``.
  public func declared(in statuses: ClosedRange<Int>, besides others: ClosedRange<Int>...) throws -> Response {
    guard statuses.contains(status.code), !others.contains(where: { $0.contains(status.code) }) else {
      throw UndeclaredStatus(status: status.code)
    }
    return self
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

/// A handler gave a response a status that the specification gives to another one, or to none.
public struct UndeclaredStatus: Error, Sendable, Hashable, CustomStringConvertible {
  public let status: Int

  public var description: String { "The status \(status) is not declared for this response." }
}

extension HTTPField.Name {
  /// Tells nginx not to gather a response before it passes it on.
  static let xAccelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
