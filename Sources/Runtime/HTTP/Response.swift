public import HTTPTypes

/// A response for the transport to send.
public struct Response: Sendable {
  public var status: HTTPResponse.Status
  public var headers: HTTPFields
  public var body: ResponseBody

  public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: ResponseBody = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A response whose body is in memory, with its `Content-Type`.
  public init(status: HTTPResponse.Status, contentType: String, bytes: [UInt8], headers: HTTPFields = [:]) {
    self.init(status: status, headers: headers, body: .bytes(bytes))
    self.headers[.contentType] = contentType
  }
}

/// The body of a response.
public enum ResponseBody: Sendable {
  case empty
  case bytes([UInt8])
  /// Written piece by piece; a throwing writer means that nobody listens any more.
  case stream(@Sendable (any BodyWriter) async throws -> Void)
}

/// Where a streamed body goes.
public protocol BodyWriter: Sendable {
  /// Sends a piece; returns when the connection can take more, throws when it is gone.
  func write(_ bytes: [UInt8]) async throws
}

/// Anything that answers requests.
public protocol Responder: Sendable {
  func respond(to request: Request) async -> Response
}
