public import HTTP
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// Serves a responder over HTTP/1.1 until a graceful shutdown or a cancellation.
///
/// On a graceful shutdown it stops accepting, lets running requests finish within ``HTTPLimits/shutdownGrace``, closes
/// what is still open then, and returns.
public struct HTTPService: Service {
  private let host: String
  private let port: Int
  private let responder: any Responder
  private let limits: HTTPLimits
  private let logger: Logger
  private let onRunning: @Sendable (_ port: Int) async -> Void

  /// A service that listens once it runs.
  /// - Parameters:
  ///   - port: 0 lets the system choose a free one.
  ///   - onRunning: called once connections are accepted, with the port.
  public init(
    host: String, port: Int, responder: any Responder, limits: HTTPLimits = HTTPLimits(), logger: Logger,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) {
    self.host = host
    self.port = port
    self.responder = responder
    self.limits = limits
    self.logger = logger
    self.onRunning = onRunning
  }

  /// Listens and serves.
  /// - Throws: ``HTTPServiceError`` when the address cannot be listened on.
  public func run() async throws {
    let exchanges = OpenExchanges()
    let server = makeServer(exchanges)
    let grace = limits.shutdownGrace
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await server.run()
          await exchanges.drained()
        }
        group.addTask {
          try? await gracefulShutdown()
          try? await Task.sleep(for: grace)
        }
        try await group.next()
        group.cancelAll()
      }
    } catch let error as IOError {
      throw HTTPServiceError(error, host: host, port: port)
    } catch let error as SocketAddressError {
      throw HTTPServiceError(error, host: host, port: port)
    }
  }

  private func makeServer(_ exchanges: OpenExchanges) -> any Service {
    // Its "listening" line would be the second one that says so.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let onRunning = self.onRunning
    let port = self.port
    return ConnectionChannel(responder: responder, limits: limits, exchanges: exchanges, logger: logger).server(
      configuration: ServerConfiguration(
        address: .hostname(host, port: port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
  }
}
