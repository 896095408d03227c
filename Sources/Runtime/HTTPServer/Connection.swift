import HTTP
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1

/// One HTTP/1.1 connection: from the codec's parts to requests, and from responses to parts, one exchange at a time.
///
/// Everything here happens on the connection's event loop; the handler of a request runs in a task of its own. The
/// task starts when the request has arrived as a whole, or at the end of a read, whatever comes first.
///
/// A client that goes away ends a streamed response, but not the handler that computes a response: what it began, it
/// finishes.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What arrived behind the request that is being answered.
  enum Pending {
    case part(HTTPServerRequestPart)
    case malformed(Problem)
  }

  private let responder: any Responder
  let limits: HTTPLimits
  private let exchanges: OpenExchanges
  private let logger: Logger
  private let remoteAddress: String?

  var context: ChannelHandlerContext?
  var exchange: Exchange?
  var pending = CircularBuffer<Pending>()
  /// A read that is held back until there is room for what it brings.
  var heldRead = false
  /// Whether the client has sent its last byte.
  var inputClosed = false
  /// Whether the server shuts down.
  var quiescing = false
  /// Whether the last response was given and the connection only waits for the client to read it and close.
  var lingering = false
  /// Watches how long the client takes; there while the handler is in a pipeline.
  var watch: Watch?

  init(
    responder: any Responder, limits: HTTPLimits, exchanges: OpenExchanges, logger: Logger, remoteAddress: String?
  ) {
    self.responder = responder
    self.limits = limits
    self.exchanges = exchanges
    self.logger = logger
    self.remoteAddress = remoteAddress
  }

  // MARK: Events of the channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    watch = Watch(on: context.eventLoop) { connection.value.timeIsUp() }
    watch?.expect(within: limits.idleTimeout)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    watch?.cancel()
    watch = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !lingering else { return }
    let part = unwrapInboundIn(data)
    if takesParts {
      receive(part)
    } else {
      pending.append(.part(part))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    startUnlessStarted()
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if exchange == nil, !lingering { takePending() }
    releaseRead()
    context.fireChannelWritabilityChanged()
  }

  func read(context: ChannelHandlerContext) {
    if hasRoom {
      context.read()
    } else {
      heldRead = true
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent:
      quiescing = true
      if exchange == nil { context.close(promise: nil) }
    case ChannelEvent.inputClosed:
      clientLeft()
      if exchange == nil { context.close(promise: nil) }
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, !inputClosed else {
      context.close(promise: nil)
      return
    }
    if error == .invalidEOFState {
      // The client left in the middle of a request; the handler may still answer to a broken body.
      clientLeft()
      if exchange == nil { context.close(promise: nil) }
      return
    }
    guard !lingering else { return }
    malformed(error == .headerOverflow ? .headerFieldsTooLarge : .badRequest("This is not HTTP/1.1."))
  }

  func channelInactive(context: ChannelHandlerContext) {
    pending.removeAll()
    clientLeft()
    exchange = nil
    context.fireChannelInactive()
  }

  // MARK: The request

  private func receive(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head): begin(head)
    case .body(let bytes): if let exchange { receive(bytes, of: exchange) }
    case .end: endRequest()
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    do {
      let request = try HTTPRequest(head)
      exchange = Exchange(
        head: request, id: requestID(in: request.headerFields),
        // Behind a request to change the protocol, the decoder reads nothing more.
        keepAlive: head.isKeepAlive && head.method != .CONNECT && !head.headers.contains(name: "Upgrade"),
        isHTTP10: !head.version.isHTTP11)
      // The client's time for the body runs while somebody asks for it.
      watch?.expectNothing()
    } catch {
      malformed(.badRequest(error.reason))
    }
  }

  private func endRequest() {
    guard let exchange else { return }
    exchange.body.end()
    if exchange.responded {
      next()
    } else {
      watch?.expectNothing()
      startUnlessStarted()
    }
  }

  private func startUnlessStarted() {
    guard let exchange, exchange.task == nil, !exchange.responded, let context else { return }
    let wire = Wire(connection: self, exchange: exchange, eventLoop: context.eventLoop)
    let request = Request(
      head: exchange.head, id: exchange.id,
      body: exchange.body.whole.map { RequestBody($0) } ?? RequestBody(collect: wire.collect, next: wire.read),
      remoteAddress: remoteAddress)
    exchanges.enter()
    exchange.task = Task { [responder, exchanges, logger] in
      await wire.send(responder.respond(to: request), logger: logger)
      exchanges.leave()
    }
  }

  /// Answers a request that cannot be understood, after the ones before it, and closes.
  private func malformed(_ problem: Problem) {
    if let exchange {
      if exchange.body.hasEnded {
        pending.append(.malformed(problem))
      } else if exchange.responded {
        context?.close(promise: nil)
      } else {
        exchange.body.fail()
        startUnlessStarted()
      }
      return
    }
    let refused = Exchange(
      head: HTTPRequest(method: .get, scheme: "http", authority: nil, path: "/"), id: requestID(in: HTTPFields()),
      keepAlive: false, isHTTP10: false)
    exchange = refused
    logger.info(
      "refused a malformed request",
      metadata: ["code": "\(problem.code)", "detail": "\(problem.detail)", "request_id": "\(refused.id)"])
    respond(problem.response(requestID: refused.id), to: refused)
  }

  // MARK: What follows

  /// Goes on with what the client has sent meanwhile.
  func next() {
    exchange = nil
    watch?.expect(within: limits.idleTimeout)
    takePending()
  }

  private func takePending() {
    while takesParts, let first = pending.popFirst() {
      switch first {
      case .part(let part): receive(part)
      case .malformed(let problem): malformed(problem)
      }
    }
    startUnlessStarted()
    if exchange == nil, quiescing || (inputClosed && pending.isEmpty) { context?.close(promise: nil) }
  }

  // MARK: The client's side

  private func clientLeft() {
    inputClosed = true
    guard let exchange else { return }
    exchange.body.fail()
    if exchange.streaming { exchange.task?.cancel() }
  }

  /// Whether what arrives belongs to the exchange, or begins one. A client that does not read its responses gets no
  /// others until it does.
  var takesParts: Bool {
    guard !lingering else { return false }
    return exchange.map { !$0.body.hasEnded } ?? (context?.channel.isWritable == true)
  }

  // MARK: Time

  private func timeIsUp() {
    guard watch?.isOver() == true else { return }
    if let exchange, !exchange.body.hasEnded, !exchange.responded {
      exchange.body.fail()
    } else {
      context?.close(promise: nil)
    }
  }
}
