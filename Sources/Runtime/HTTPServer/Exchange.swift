import HTTP
import HTTPTypes
import NIOCore

/// One request and its response on a connection. Lives on the connection's event loop.
final class Exchange {
  /// What `collect` asked for and waits for.
  struct Collector {
    let limit: Int
    let continuation: CheckedContinuation<[UInt8], any Error>
  }

  let head: HTTPRequest
  let id: String
  /// Whether the connection may live on, as far as this exchange is concerned.
  var keepAlive: Bool
  /// HTTP/1.0 clients know no chunked coding.
  let isHTTP10: Bool
  let contentLength: Int?
  /// Whether the client waits for `100 Continue` before it sends its body (RFC 9110 §10.1.1).
  var expectsContinue: Bool

  var body = ByteBuffer()
  var requestEnded = false
  var bodyFailure: BodyError?
  var collector: Collector?
  /// Who waits for the next piece of the body.
  var reader: CheckedContinuation<[UInt8]?, any Error>?

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
    contentLength = head.headerFields[.contentLength].flatMap { Int($0) }
    expectsContinue = !isHTTP10 && head.headerFields[.expect]?.lowercased() == "100-continue"
  }

  var isHead: Bool { head.method == .head }

  /// Whether the rest of an unwanted body is so small that reading it costs less than a new connection.
  var isDrainable: Bool {
    guard let contentLength, bodyFailure == nil, !expectsContinue else { return false }
    return contentLength <= Exchange.drainLimit
  }

  /// Bytes of a body that are read before anybody asked for it.
  static let drainLimit = 64 * 1024

  /// Answers the collector when there is something to answer.
  func resumeCollector() {
    guard let collector else { return }
    if let bodyFailure {
      self.collector = nil
      collector.continuation.resume(throwing: bodyFailure)
    } else if body.readableBytes > collector.limit || (contentLength ?? 0) > collector.limit {
      self.collector = nil
      collector.continuation.resume(throwing: BodyError.tooLarge(limit: collector.limit))
    } else if requestEnded {
      self.collector = nil
      collector.continuation.resume(returning: Array(body.readableBytesView))
    }
  }

  /// Answers the reader when there is something to answer.
  func resumeReader() {
    guard let reader else { return }
    if body.readableBytes > 0 {
      self.reader = nil
      let piece = Array(body.readableBytesView)
      body.clear()
      reader.resume(returning: piece)
    } else if let bodyFailure {
      self.reader = nil
      reader.resume(throwing: bodyFailure)
    } else if requestEnded {
      self.reader = nil
      reader.resume(returning: nil)
    }
  }

  /// Whether somebody waits for what the client sends.
  var isAwaited: Bool { collector != nil || reader != nil }

  /// Takes note that the rest of the body will not come.
  func failBody() {
    guard !requestEnded, bodyFailure == nil else { return }
    bodyFailure = .interrupted
    resumeCollector()
    resumeReader()
  }
}
