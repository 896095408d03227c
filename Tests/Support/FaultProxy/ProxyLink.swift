import Glibc
import Synchronization

import class Foundation.Thread

/// One connection through a proxy: two sockets, and a thread for each direction.
final class ProxyLink: Sendable {
  private let client: Int32
  private let server: Int32
  private let state: ProxyState
  /// Bytes are read and thrown away.
  private let isSilent = Atomic(false)
  private let openDirections = Atomic(2)

  /// Takes over both sockets.
  init(client: Int32, server: Int32, state: ProxyState) {
    self.client = client
    self.server = server
    self.state = state
    for socket in [client, server] {
      var on: Int32 = 1
      setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  deinit {
    close(client)
    close(server)
  }

  func start() {
    state.add(self)
    Thread.detachNewThread { self.pumpRequests() }
    Thread.detachNewThread { self.pumpAnswers() }
  }

  /// Ends the connection on both sides. From any thread, also more than once.
  func cut(abruptly: Bool) {
    for socket in [client, server] {
      if abruptly {
        // Dissolving the association sends a reset.
        var nobody = sockaddr()
        nobody.sa_family = sa_family_t(AF_UNSPEC)
        if connect(socket, &nobody, socklen_t(MemoryLayout<sockaddr>.size)) == 0 { continue }
      }
      shutdown(socket, Int32(SHUT_RDWR))
    }
  }

  // MARK: The client's direction

  private func pumpRequests() {
    var scanner = MessageScanner(of: .client)
    var isStarting = true
    while let bytes = receive(from: client) {
      let messages = scanner.scan(bytes)
      if isStarting, let first = messages.first {
        // What goes through here must be readable, so nobody encrypts. The client waits for this answer.
        if first.isEncryptionRequest {
          send([UInt8(ascii: "N")], to: client)
          continue
        }
        isStarting = false
      }
      state.count(messages)
      guard deliver(bytes, from: .client) else { break }
    }
    end(.client)
  }

  // MARK: The server's direction

  private func pumpAnswers() {
    var scanner = AnswerScanner()
    var hasStarted = false
    var held: [UInt8] = []
    while let bytes = receive(from: server) {
      let base = held.count
      held += bytes
      var sent = 0
      for answer in scanner.scan(bytes) {
        let position = base + answer.end
        if hasStarted, let (fault, butEnd) = state.takeAnswer(answer.effect) {
          send(held[..<(butEnd ? max(sent, position - AnswerScanner.endLength) : sent)], to: client)
          cut(abruptly: false)
          state.finish(fault)
          end(.server)
          return
        }
        hasStarted = true
        sent = position
      }
      // While an answer is to be lost, it is not known yet whether it is the one that begins here.
      if !hasStarted || !state.awaitsAnswer { sent = held.count }
      let ready = Array(held[..<sent])
      held.removeFirst(sent)
      guard ready.isEmpty || deliver(ready, from: .server) else { return end(.server) }
    }
    send(held[...], to: client)
    end(.server)
  }

  // MARK: Both

  /// Hands bytes over, unless a fault strikes in them.
  ///
  /// - Returns: false when nothing more goes in this direction.
  private func deliver(_ bytes: [UInt8], from side: Fault.Side) -> Bool {
    let target = side == .client ? server : client
    guard let (fault, position) = state.take(bytes.count, from: side) else { return send(bytes[...], to: target) }
    defer { state.finish(fault) }
    send(bytes[..<position], to: target)
    let rest = bytes[position...]
    switch fault {
    case .cut(_, _, let abruptly):
      cut(abruptly: abruptly)
      return false
    case .truncate:
      return false
    case .delay(_, _, let duration):
      // The fault itself: this thread carries nothing else.
      usleep(UInt32(duration / .microseconds(1)))
      return send(rest, to: target)
    case .trickle(_, _, let count):
      for byte in rest.prefix(count) {
        guard send([byte], to: target) else { return false }
        // The fault itself: time for the byte to arrive by itself, before the next one joins it.
        usleep(50)
      }
      return send(rest.dropFirst(count), to: target)
    case .silence:
      isSilent.store(true, ordering: .relaxed)
      return true
    case .loseAnswer, .refuse:
      preconditionFailure("is not taken by its place among the bytes")
    }
  }

  /// One direction has ended: the other side is told, and the link is forgotten with its second direction.
  private func end(_ side: Fault.Side) {
    // Who gave up a silent connection does not wait for the other.
    if isSilent.load(ordering: .relaxed) { cut(abruptly: false) }
    shutdown(side == .client ? server : client, Int32(SHUT_WR))
    if openDirections.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { state.remove(self) }
  }

  /// Waits for bytes; nil at the end.
  private func receive(from socket: Int32) -> [UInt8]? {
    // Not waiting in `recv`, because a socket that somebody waits in cannot be reset by another thread.
    var event = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    while true {
      guard poll(&event, 1, -1) >= 0 || errno == EINTR else { return nil }
      var shouldTryAgain = false
      let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        let received = recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        shouldTryAgain = received < 0 && (errno == EAGAIN || errno == EINTR)
        count = max(0, received)
      }
      if shouldTryAgain { continue }
      return bytes.isEmpty ? nil : bytes
    }
  }

  /// - Returns: false when the socket takes nothing any more.
  @discardableResult
  private func send(_ bytes: ArraySlice<UInt8>, to socket: Int32) -> Bool {
    if isSilent.load(ordering: .relaxed) { return true }
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
