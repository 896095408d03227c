import HTTP
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Sets up each accepted connection: NIO's HTTP/1.1 codec, then a ``Connection``.
struct ConnectionChannel: ServerChildChannel {
  struct Value: ServerChildChannelValue {
    let channel: any Channel
  }

  let responder: any Responder
  let limits: HTTPLimits
  let exchanges: OpenExchanges
  let logger: Logger

  func setup(channel: any Channel, logger _: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var decoder = NIOHTTPDecoderLimitConfiguration()
      decoder.maxHeaderFieldSize = limits.headerBytes
      decoder.maxHeaderListSize = limits.headerBytes
      decoder.maxHeaderFieldCount = limits.headerFields
      try channel.pipeline.syncOperations.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: decoder)
      try channel.pipeline.syncOperations.addHandler(
        Connection(
          responder: responder, limits: limits, exchanges: exchanges, logger: logger,
          remoteAddress: channel.remoteAddress?.ipAddress))
      return Value(channel: channel)
    }
  }

  /// Returns when the connection is closed; a cancellation closes it.
  func handle(value: Value, logger _: Logger) async {
    await withTaskCancellationHandler {
      try? await value.channel.closeFuture.get()
    } onCancel: {
      value.channel.close(promise: nil)
    }
  }
}
