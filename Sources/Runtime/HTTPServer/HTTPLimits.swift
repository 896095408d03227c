/// What one server takes on, so that no client can take more.
public struct HTTPLimits: Sendable, Hashable {
  /// Bytes of all header fields of a request; beyond it the answer is 431.
  public var headerBytes: Int
  /// Header fields of a request; beyond it the answer is 431.
  public var headerFields: Int
  /// Open connections; beyond it new ones wait in the kernel's backlog.
  public var connections: Int
  /// How long a connection may stay without a complete request head.
  public var idleTimeout: Duration
  /// How long a request's body may take to arrive once the handler asks for the whole of it, or for its next piece.
  public var readTimeout: Duration
  /// How long a client may leave a piece of a streamed response unread.
  public var writeTimeout: Duration
  /// How long running requests may go on after a graceful shutdown was asked for.
  public var shutdownGrace: Duration

  /// Limits that suit a public service behind a proxy or alone.
  public init(
    headerBytes: Int = 32 * 1024, headerFields: Int = 100, connections: Int = 10_000,
    idleTimeout: Duration = .seconds(75), readTimeout: Duration = .seconds(30),
    writeTimeout: Duration = .seconds(60), shutdownGrace: Duration = .seconds(30)
  ) {
    self.headerBytes = headerBytes
    self.headerFields = headerFields
    self.connections = connections
    self.idleTimeout = idleTimeout
    self.readTimeout = readTimeout
    self.writeTimeout = writeTimeout
    self.shutdownGrace = shutdownGrace
  }
}
