import Synchronization

/// The body of a `text/event-stream` response (WHATWG HTML §9.2).
///
/// A comment is sent after some silence, so that proxies keep the connection and a client that is gone is noticed. The
/// stream ends when the closure returns; when it throws, the connection is cut, so that the client can tell. The closure
/// is cancelled when the client leaves and when the server shuts down.
public struct EventStream<Event: ServerSentEvent>: Sendable {
  private let heartbeat: Duration
  private let produce: @Sendable (EventSink<Event>) async throws -> Void

  /// - Parameters:
  ///   - heartbeat: how long nothing may be sent; greater than zero.
  ///   - produce: sends the events.
  public init(
    heartbeat: Duration = .seconds(15), _ produce: @escaping @Sendable (EventSink<Event>) async throws -> Void
  ) {
    self.heartbeat = heartbeat
    self.produce = produce
  }

  /// Writes the whole stream.
  ///
  /// - Throws: what the closure throws, and what the writer throws when nobody listens any more.
  public func write(to writer: any BodyWriter) async throws {
    let silence = Silence()
    let sink = EventSink<Event>(writer: writer, silence: silence)
    try await withThrowingTaskGroup(of: Void.self) { [heartbeat, produce] group in
      group.addTask { try await produce(sink) }
      group.addTask { try await silence.fill(after: heartbeat, with: writer) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}

/// Where the events of a stream go.
public struct EventSink<Event: ServerSentEvent>: Sendable {
  private let writer: any BodyWriter
  private let silence: Silence

  fileprivate init(writer: any BodyWriter, silence: Silence) {
    self.writer = writer
    self.silence = silence
  }

  /// Sends events in one write; returns when the connection can take more.
  ///
  /// - Throws: when the connection is gone.
  public func send(_ chunk: EventChunk<Event>) async throws {
    try await writer.write(chunk.bytes)
    silence.end()
  }

  /// Sends one event.
  ///
  /// - Throws: when the connection is gone.
  public func send(_ event: Event, id: String? = nil) async throws {
    var chunk = EventChunk<Event>()
    chunk.append(event, id: id)
    try await send(chunk)
  }
}

/// How long nothing has been sent. One timer a stream serves, whatever is sent meanwhile.
private final class Silence: Sendable {
  private let last = Mutex(ContinuousClock.now)

  func end() {
    last.withLock { $0 = .now }
  }

  /// Writes a comment whenever nothing else was sent for some time.
  func fill(after time: Duration, with writer: any BodyWriter) async throws {
    while true {
      let due = last.withLock { $0 } + time
      if due > .now {
        try await Task.sleep(until: due, clock: .continuous)
      } else {
        try await writer.write(Array(":\n\n".utf8))
        end()
      }
    }
  }
}
