import HTTP
import NIOCore
import NIOHTTP1

/// The request's body on its way to the handler, which asks for the whole or for piece after piece.
///
/// What nobody asks for stays in the kernel, save a little: the client waits.
extension Connection {
  /// Gives the body of an exchange to a continuation as soon as it is there.
  func collect(_ exchange: Exchange, into collector: Exchange.Collector) {
    exchange.collector = collector
    exchange.resumeCollector()
    guard exchange.collector != nil else { return }
    invite(exchange)
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
    exchange.resumeReader()
    guard exchange.reader != nil else { return releaseRead() }
    watch?.expect(within: limits.readTimeout)
    invite(exchange)
  }

  /// Answers the reader with what has come.
  func resumeReader(of exchange: Exchange) {
    guard exchange.reader != nil else { return }
    exchange.resumeReader()
    if exchange.reader == nil { watch?.expectNothing() }
  }

  /// Asks the client for the body.
  private func invite(_ exchange: Exchange) {
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
