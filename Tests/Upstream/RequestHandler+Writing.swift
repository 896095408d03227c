import JSON
import NIOCore
import NIOHTTP1

extension RequestHandler {
  func send(_ context: ChannelHandlerContext, json: JSONValue) {
    send(context, type: "application/json", JSONWriter.write(json))
  }

  func send(_ context: ChannelHandlerContext, status: Int = 200, type: String, _ body: [UInt8]) {
    writeHead(context, status, [("Content-Type", type), ("Content-Length", "\(body.count)")])
    if !body.isEmpty { context.write(part(context, body), promise: nil) }
    writeEnd(context)
  }

  /// A failure as OpenAI words it.
  func refuse(_ context: ChannelHandlerContext, _ status: Int, retryAfter: Int? = nil) {
    let body = JSONWriter.write(
      ["error": ["message": .string("scripted status \(status)"), "type": "scripted"]] as JSONValue)
    var headers = [("Content-Type", "application/json"), ("Content-Length", "\(body.count)")]
    if let seconds = retryAfter ?? (status == 429 ? 7 : nil) { headers.append(("Retry-After", "\(seconds)")) }
    if (300..<400).contains(status) { headers.append(("Location", "/followed")) }
    writeHead(context, status, headers)
    context.write(part(context, body), promise: nil)
    writeEnd(context)
  }

  func writeHead(_ context: ChannelHandlerContext, _ status: Int, _ headers: [(String, String)]) {
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: HTTPHeaders(headers))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  func write(_ context: ChannelHandlerContext, _ bytes: [UInt8], promise: EventLoopPromise<Void>? = nil) {
    context.writeAndFlush(part(context, bytes), promise: promise)
  }

  func writeEnd(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  private func part(_ context: ChannelHandlerContext, _ bytes: [UInt8]) -> NIOAny {
    wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: bytes))))
  }
}
