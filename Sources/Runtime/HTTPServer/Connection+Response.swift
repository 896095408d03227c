import HTTP
import HTTPTypes
import NIOCore
import NIOHTTP1

/// The response on its way to the client, whole or piece by piece.
extension Connection {
  /// How long a connection waits for the client to read the last response and close.
  private static let lingerTimeout = Duration.seconds(2)

  /// Writes a response that is there as a whole; of a stream, to a `HEAD` request, the head.
  func respond(_ response: Response, to exchange: Exchange) {
    guard self.exchange === exchange, let context else { return }
    var keepAlive = livesOn(after: exchange)
    var ends = true
    if case .stream = response.body {
      // The codec would end the chunked body that a HEAD response does not have.
      ends = false
      keepAlive = false
    }
    write(response.head(for: exchange, keepAlive: keepAlive), to: context)
    if !exchange.isHead, response.status.allowsContent, case .bytes(let bytes) = response.body, !bytes.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    }
    end(exchange, keepAlive: keepAlive, writesEnd: ends, context: context)
  }

  /// Writes the head of a streamed response.
  func beginStream(_ response: Response, to exchange: Exchange) {
    guard self.exchange === exchange, let context, !inputClosed else {
      exchange.task?.cancel()
      return
    }
    exchange.streaming = true
    exchange.keepAlive = livesOn(after: exchange) && !exchange.isHTTP10
    watch?.expectNothing()
    write(response.head(for: exchange, keepAlive: exchange.keepAlive), to: context)
    context.flush()
  }

  /// Writes a piece of a streamed response; the promise succeeds when the kernel has taken it.
  func writeStream(_ bytes: [UInt8], to exchange: Exchange, promise: EventLoopPromise<Void>) {
    guard self.exchange === exchange, exchange.streaming, let context else {
      promise.fail(ChannelError.ioOnClosedChannel)
      return
    }
    watch?.expect(within: limits.writeTimeout)
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in connection.value.watch?.expectNothing() }
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: promise)
  }

  /// Ends a streamed response; one that failed is cut off, so that the client can tell.
  func endStream(of exchange: Exchange, failed: Bool) {
    guard self.exchange === exchange, let context else { return }
    if failed || !exchange.streaming {
      context.close(promise: nil)
    } else {
      end(exchange, keepAlive: livesOn(after: exchange), writesEnd: true, context: context)
    }
  }

  private func write(_ head: HTTPResponseHead, to context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func livesOn(after exchange: Exchange) -> Bool {
    exchange.keepAlive && !quiescing && (!inputClosed || !pending.isEmpty)
      && (exchange.body.hasEnded || exchange.isDrainable)
  }

  private func end(_ exchange: Exchange, keepAlive: Bool, writesEnd: Bool, context: ChannelHandlerContext) {
    exchange.responded = true
    exchange.streaming = false
    // A task that the handler left behind gets no more of the body.
    if exchange.body.isAwaited { exchange.body.fail() }
    if keepAlive {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      if exchange.body.hasEnded { next() } else { watch?.expect(within: limits.readTimeout) }
      releaseRead()
      return
    }
    lingering = true
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenComplete { _ in connection.value.linger() }
    watch?.expect(within: limits.writeTimeout)
    if writesEnd {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    } else {
      context.flush()
      written.succeed()
    }
  }

  /// Tells the client that nothing follows, and discards what it still sends: closing at once would reset the
  /// connection and could destroy the response on its way (RFC 9112 §9.6).
  private func linger() {
    guard let context else { return }
    guard !inputClosed else {
      context.close(promise: nil)
      return
    }
    exchange = nil
    pending.removeAll()
    context.close(mode: .output, promise: nil)
    watch?.expect(within: Connection.lingerTimeout)
    releaseRead()
  }
}
