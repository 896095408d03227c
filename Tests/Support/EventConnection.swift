import Synchronization

/// A streamed answer while it comes. One task reads it.
public final class EventConnection: Sendable {
  private let connection: HTTPConnection
  private let parser = Mutex(EventParser())

  /// Reads the answer to a request that was sent over a connection.
  public init(_ connection: HTTPConnection) {
    self.connection = connection
  }

  /// Status and headers; the body too where it is no event stream.
  public func head() async throws -> HTTPReply {
    while true {
      let (head, isStream, isWhole, body) = parser.withLock { ($0.head, $0.isEventStream, $0.isWhole, $0.body) }
      if var head, isStream || isWhole {
        head.body = body
        return head
      }
      guard try await fill() else { throw Trouble("The server closed without an answer.") }
    }
  }

  /// The next event; nil at the end of the body. Throws when the connection ends before it, or says nothing for half a
  /// minute.
  public func next() async throws -> ServerEvent? {
    while true {
      let (event, isWhole) = parser.withLock { parser in
        (parser.events.isEmpty ? nil : parser.events.removeFirst(), parser.isWhole)
      }
      if let event { return event }
      if isWhole { return nil }
      guard try await fill() else { throw Trouble("The stream broke off.") }
    }
  }

  /// Leaves, while another task may wait for the next event.
  public func hangUp() {
    connection.hangUp()
  }

  /// Leaves.
  public func close() {
    connection.close()
  }

  private func fill() async throws -> Bool {
    let bytes = try await connection.receive()
    parser.withLock { $0.feed(bytes) }
    return !bytes.isEmpty
  }
}
