import HTTP
import NIOCore
import NIOHTTP1

/// The request's body on its way to the handler, which asks for the whole or for piece after piece.
///
/// What nobody asks for stays in the kernel, save a little: the client waits.
extension Connection {
  /// Gives the body of an exchange to a continuation as soon as it is there.
  ///
  /// The client has ``HTTPLimits/readTimeout`` for what is missing.
  func collect(_ exchange: Exchange, into collector: Exchange.Collector) {
    exchange.collector = collector
    resume(exchange)
    if exchange.isAwaited { invite(exchange) }
  }

  /// Gives the next piece of the body to a continuation as soon as it is there; nil at its end.
  ///
  /// The client has ``HTTPLimits/readTimeout`` for each piece, and none while the handler does not ask.
  func read(_ exchange: Exchange, into reader: CheckedContinuation<[UInt8]?, any Error>) {
    guard exchange.reader == nil, !exchange.responded else {
      // A body is read by one task, and while there is no answer.
      reader.resume(throwing: BodyError.interrupted)
      return
    }
    exchange.reader = reader
    resume(exchange)
    if exchange.isAwaited { invite(exchange) } else { releaseRead() }
  }

  /// Answers who waits for the body with what has come; the client owes nothing while nobody waits.
  func resume(_ exchange: Exchange) {
    guard exchange.isAwaited else { return }
    exchange.resumeCollector()
    exchange.resumeReader()
    if !exchange.isAwaited { watch?.expectNothing() }
  }

  /// Asks the client for the body.
  private func invite(_ exchange: Exchange) {
    watch?.expect(within: limits.readTimeout)
    if exchange.expectsContinue, let context {
      exchange.expectsContinue = false
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
    releaseRead()
  }

  /// Whether the next bytes have a place to go.
  var hasRoom: Bool {
    guard !lingering else { return true }
    guard pending.isEmpty else { return false }
    guard let exchange else { return takesParts }
    return exchange.isAwaited || exchange.responded || exchange.body.readableBytes < Exchange.drainLimit
  }

  func releaseRead() {
    guard heldRead, hasRoom, let context else { return }
    heldRead = false
    context.read()
  }
}
