import Foundation
import Glibc

/// Stands between a client and a PostgreSQL server, counts what the client sends, and lets faults happen on the way.
///
/// On the loopback interface, without TLS: a client that asks for it is told that there is none.
public final class FaultProxy: Sendable {
  /// Where it listens, on 127.0.0.1.
  public let port: Int
  private let listener: Int32
  private let state = ProxyState()

  /// - Parameter target: the server's port on 127.0.0.1.
  public init(to target: Int) throws {
    (listener, port) = try Loopback.listen()
    Thread.detachNewThread { [listener, state] in accept(from: listener, to: target, state) }
  }

  deinit {
    // The thread that accepts closes it.
    shutdown(listener, Int32(SHUT_RDWR))
    state.stop()
  }

  /// The same database, through this proxy.
  public func url(for url: String) -> String {
    var components = URLComponents(string: url)
    components?.host = "127.0.0.1"
    components?.port = port
    return components?.string ?? ""
  }

  /// How many of such messages the clients have sent so far, on all connections, the start of sessions aside.
  public func count(of message: ClientMessage) -> Int {
    state.count(of: message)
  }

  /// Lets a fault happen as soon as there is an occasion for it. One after the other.
  public func arm(_ fault: Fault) {
    state.arm(fault)
  }

  /// Whether a fault is still to happen or under way.
  public var isArmed: Bool { state.isArmed }

  /// How many faults of each kind have happened.
  public var injected: [String: Int] { state.injected }
}

/// Accepts until the listener is shut down.
private func accept(from listener: Int32, to target: Int, _ state: ProxyState) {
  defer { close(listener) }
  while true {
    let client = Glibc.accept(listener, nil, nil)
    if client < 0 && (errno == EINTR || errno == ECONNABORTED) { continue }
    guard client >= 0 else { return }
    if !state.takeConnection(), let server = try? Loopback.connect(to: target) {
      ProxyLink(client: client, server: server, state: state).start()
    } else {
      var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
      setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
      close(client)
    }
  }
}
