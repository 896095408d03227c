/// Events as they are sent, encoded once however many listen: chunks of one stream can be joined by joining their bytes.
public struct EventChunk<Event: ServerSentEvent>: Sendable {
  /// Whole events.
  public var bytes: [UInt8] = []

  public init() {}

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - id: what a client that comes back sends as `Last-Event-ID`. One with a line break or a NUL cannot be said and
  ///     is left out.
  ///   - retry: how long a client waits before it comes back, in whole milliseconds.
  public mutating func append(_ event: Event, id: String? = nil, retry: Duration? = nil) {
    var writer = EventWriter(appendingTo: bytes)
    // The array would be copied while it stands here too.
    bytes = []
    if let id { writer.field("id", id) }
    if let retry { writer.field("retry", String(max(0, Int(retry / .milliseconds(1))))) }
    event.encode(to: &writer)
    writer.end()
    bytes = writer.bytes
  }
}
