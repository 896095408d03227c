import HTTP
import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

@testable import HTTPServer

/// A responder made of a closure.
struct Toy: Responder {
  let answer: @Sendable (Request) async -> Response

  func respond(to request: Request) async -> Response { await answer(request) }
}

extension Response {
  static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(status: status, contentType: "text/plain", bytes: Array(text.utf8))
  }
}

/// A value that comes once and that any number of tasks may wait for.
final class Event<Value: Sendable>: Sendable {
  private enum State {
    case waiting([CheckedContinuation<Value, Never>])
    case happened(Value)
  }

  private let state = Mutex(State.waiting([]))

  func happen(_ value: Value) {
    let waiters = state.withLock { state -> [CheckedContinuation<Value, Never>] in
      guard case .waiting(let waiters) = state else { return [] }
      state = .happened(value)
      return waiters
    }
    for waiter in waiters { waiter.resume(returning: value) }
  }

  var value: Value {
    get async {
      await withCheckedContinuation { continuation in
        let value = state.withLock { state -> Value? in
          switch state {
          case .happened(let value): return value
          case .waiting(let waiters):
            state = .waiting(waiters + [continuation])
            return nil
          }
        }
        if let value { continuation.resume(returning: value) }
      }
    }
  }
}

extension Event where Value == Void {
  func happen() { happen(()) }
}

/// Serves a responder on a free port while the body runs.
func serving<Result: Sendable>(
  _ responder: any Responder, limits: HTTPLimits = HTTPLimits(),
  _ body: @Sendable (_ port: Int, _ server: ServiceGroup) async throws -> Result
) async throws -> Result {
  let running = Event<Int>()
  let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  let service = HTTPService(
    host: "127.0.0.1", port: 0, responder: responder, limits: limits, logger: logger
  ) { running.happen($0) }
  let group = ServiceGroup(services: [service], logger: logger)
  return try await withThrowingTaskGroup(of: Void.self) { tasks in
    tasks.addTask { try await group.run() }
    let result = try await body(running.value, group)
    await group.triggerGracefulShutdown()
    try await tasks.waitForAll()
    return result
  }
}

/// A client that sees every byte.
enum RawClient {
  static func connected<Result: Sendable>(
    to port: Int, _ body: (inout Conversation) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      var conversation = Conversation(iterator: inbound.makeAsyncIterator(), outbound: outbound)
      return try await body(&conversation)
    }
  }

  /// Sends some text and reads until the server closes.
  static func exchange(_ text: String, with port: Int) async throws -> String {
    try await connected(to: port) { conversation in
      try await conversation.send(text)
      return try await conversation.readToEnd()
    }
  }
}

/// What a raw client says and hears.
struct Conversation {
  var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private(set) var heard = ""

  init(
    iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) {
    self.iterator = iterator
    self.outbound = outbound
  }

  func send(_ text: String) async throws {
    try await outbound.write(ByteBuffer(string: text))
  }

  /// Says that nothing follows, but listens on.
  func finish() { outbound.finish() }

  /// Everything up to and with a text; what follows stays for the next call.
  mutating func read(until text: String) async throws -> String {
    while true {
      if let range = heard.firstRange(of: text) {
        let read = String(heard[..<range.upperBound])
        heard.removeSubrange(..<range.upperBound)
        return read
      }
      guard let bytes = try await iterator.next() else { throw EndOfConversation(heard: heard) }
      heard += String(buffer: bytes)
    }
  }

  mutating func readToEnd() async throws -> String {
    while let bytes = try await iterator.next() { heard += String(buffer: bytes) }
    defer { heard = "" }
    return heard
  }
}

/// The server closed although more was expected.
struct EndOfConversation: Error {
  let heard: String
}
