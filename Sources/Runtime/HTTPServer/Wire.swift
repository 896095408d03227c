import HTTP
import Logging
import NIOCore

/// The way from a handler's task to the connection it serves.
struct Wire: Sendable {
  /// Both live on the event loop; tasks only reach them through it.
  private struct Ends {
    let connection: Connection
    let exchange: Exchange
  }

  private let ends: NIOLoopBound<Ends>
  private let eventLoop: any EventLoop
  private let isHead: Bool

  init(connection: Connection, exchange: Exchange, eventLoop: any EventLoop) {
    ends = NIOLoopBound(Ends(connection: connection, exchange: exchange), eventLoop: eventLoop)
    self.eventLoop = eventLoop
    isHead = exchange.isHead
  }

  /// Waits for the request's body.
  @Sendable
  func collect(upTo limit: Int) async throws -> [UInt8] {
    try await ask(limit: limit) ?? []
  }

  /// Waits for the next piece of the request's body; nil at its end.
  @Sendable
  func read() async throws -> [UInt8]? {
    try await ask(limit: nil)
  }

  private func ask(limit: Int?) async throws -> [UInt8]? {
    try await withCheckedThrowingContinuation { continuation in
      eventLoop.execute {
        let ends = self.ends.value
        ends.connection.answer(IncomingBody.Ask(limit: limit, continuation: continuation), of: ends.exchange)
      }
    }
  }

  /// Sends a response; a stream runs in the calling task, which is cancelled when the client goes away.
  func send(_ response: Response, logger: Logger) async {
    guard case .stream(let produce) = response.body, !isHead else {
      eventLoop.execute {
        let ends = self.ends.value
        ends.connection.respond(response, to: ends.exchange)
      }
      return
    }
    eventLoop.execute {
      let ends = self.ends.value
      ends.connection.beginStream(response, to: ends.exchange)
    }
    var failed = false
    do {
      try await produce(StreamWriter(wire: self))
    } catch {
      failed = true
      if !Task.isCancelled { logger.debug("a stream was cut off", metadata: ["error": "\(error)"]) }
    }
    eventLoop.execute { [failed] in
      let ends = self.ends.value
      ends.connection.endStream(of: ends.exchange, failed: failed)
    }
  }

  fileprivate func write(_ bytes: [UInt8]) async throws {
    try Task.checkCancellation()
    let promise = eventLoop.makePromise(of: Void.self)
    eventLoop.execute {
      let ends = self.ends.value
      ends.connection.writeStream(bytes, to: ends.exchange, promise: promise)
    }
    try await promise.futureResult.get()
  }
}

/// Writes a streamed body; each piece is on its way before the next is asked for.
private struct StreamWriter: BodyWriter {
  let wire: Wire

  func write(_ bytes: [UInt8]) async throws {
    guard !bytes.isEmpty else { return }
    try await wire.write(bytes)
  }
}
