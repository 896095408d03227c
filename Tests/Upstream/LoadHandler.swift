import NIOCore

/// One connection of the stub.
final class LoadHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let pump: LoadPump
  private var request: [UInt8] = []
  private(set) var context: ChannelHandlerContext?
  var isAnswering = false
  /// Of the next token.
  var number = 0
  var slot = 0

  init(_ pump: LoadPump) {
    self.pump = pump
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    request += unwrapInboundIn(data).readableBytesView
    guard let head = request.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
    let text = String(decoding: request[..<head.lowerBound], as: UTF8.self).lowercased()
    let length = text.firstRange(of: "content-length:").map { range in
      Int(text[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber }) ?? 0
    }
    guard request.count >= head.upperBound + (length ?? 0) else { return }
    request = []
    guard text.hasPrefix("post") else {
      let body = "{\"object\":\"list\",\"data\":[{\"id\":\"load\",\"object\":\"model\"}]}"
      return send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    isAnswering = true
    number = 0
    send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    pump.add(self, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if isAnswering { pump.remove(self) }
    self.context = nil
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func send(_ text: String) {
    guard let context else { return }
    context.write(wrapOutboundOut(context.channel.allocator.buffer(string: text)), promise: nil)
    if !isAnswering { context.flush() }
  }
}
