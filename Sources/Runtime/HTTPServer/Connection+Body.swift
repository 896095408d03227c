import HTTP
import NIOCore
import NIOHTTP1

/// The request's body on its way to the handler, which asks for the whole or for piece after piece.
///
/// What nobody asks for stays in the kernel, save a little: the client waits.
extension Connection {
  /// Answers who asks for the body of an exchange, as soon as there is something to answer.
  ///
  /// The client has ``HTTPLimits/readTimeout`` for what is missing, and owes nothing while nobody asks.
  func answer(_ ask: IncomingBody.Ask, of exchange: Exchange) {
    // A task that the handler left behind gets no more of the body.
    guard !exchange.responded else { return ask.continuation.resume(throwing: BodyError.interrupted) }
    let isAwaited = exchange.body.isAwaited
    exchange.body.answer(ask)
    if isAwaited { return }
    if exchange.body.isAwaited {
      invite(exchange)
    } else {
      watch?.expectNothing()
      releaseRead()
    }
  }

  /// Takes what the client sent of the body.
  func receive(_ bytes: ByteBuffer, of exchange: Exchange) {
    guard !exchange.responded else { return }
    let isAwaited = exchange.body.isAwaited
    exchange.body.append(bytes)
    if isAwaited, !exchange.body.isAwaited { watch?.expectNothing() }
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
    return exchange.responded || exchange.body.hasRoom
  }

  func releaseRead() {
    guard heldRead, hasRoom, let context else { return }
    heldRead = false
    context.read()
  }
}
