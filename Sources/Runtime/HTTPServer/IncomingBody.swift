import HTTP
import NIOCore

/// A request's body between the client that sends it and the handler that asks for it: for the whole, or for piece after
/// piece. Lives on the connection's event loop.
struct IncomingBody {
  /// What the handler asked for and waits for.
  struct Ask {
    /// The greatest length of the whole in bytes; nil where the next piece is asked for.
    let limit: Int?
    /// Nil is the end of the pieces.
    let continuation: CheckedContinuation<[UInt8]?, any Error>
  }

  /// What `Content-Length` says.
  let length: Int?
  /// Whether all of it has come.
  private(set) var hasEnded = false
  private(set) var failure: BodyError?
  private var bytes = ByteBuffer()
  private var ask: Ask?

  /// Bytes that are taken from the client before anybody asked for them.
  static let drainLimit = 64 * 1024

  init(length: Int?) {
    self.length = length
  }

  /// Whether somebody waits for what the client sends.
  var isAwaited: Bool { ask != nil }

  /// Whether the next bytes have a place to go.
  var hasRoom: Bool { isAwaited || bytes.readableBytes < IncomingBody.drainLimit }

  /// All of it, once it has come.
  var whole: [UInt8]? { hasEnded ? Array(bytes.readableBytesView) : nil }

  mutating func append(_ more: ByteBuffer) {
    guard failure == nil else { return }
    var more = more
    bytes.writeBuffer(&more)
    resume()
  }

  mutating func end() {
    hasEnded = true
    resume()
  }

  /// Takes note that the rest will not come.
  mutating func fail() {
    guard !hasEnded, failure == nil else { return }
    failure = .interrupted
    resume()
  }

  /// Answers as soon as there is something to answer. A body is read by one task: who asks while another one waits is
  /// refused.
  mutating func answer(_ ask: Ask) {
    guard self.ask == nil else { return ask.continuation.resume(throwing: BodyError.interrupted) }
    self.ask = ask
    resume()
  }

  private mutating func resume() {
    guard let ask, let answer = answer(upTo: ask.limit) else { return }
    self.ask = nil
    ask.continuation.resume(with: answer)
  }

  /// The whole up to a limit, or the next piece; nil while the client owes it.
  private mutating func answer(upTo limit: Int?) -> Result<[UInt8]?, any Error>? {
    if let limit {
      if let failure { return .failure(failure) }
      if max(bytes.readableBytes, length ?? 0) > limit { return .failure(BodyError.tooLarge(limit: limit)) }
      return whole.map { .success($0) }
    }
    if bytes.readableBytes > 0 {
      defer { bytes.clear() }
      return .success(Array(bytes.readableBytesView))
    }
    if let failure { return .failure(failure) }
    return hasEnded ? .success(nil) : nil
  }
}
