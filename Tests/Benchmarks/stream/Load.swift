import CEpoll
import Glibc

/// Many listeners on one thread.
final class Load {
  private struct Listener {
    let descriptor: Int32
    let isSlow: Bool
    var scanner = Scanner()
    var isOpen = true
  }

  private let port: UInt16
  private let accessTokens: [String]
  private let streams: Int
  private let tokens: Int
  private let slow: Int
  private let epoll = epoll_create1(0)
  private var listeners: [Listener] = []
  private var buffer = [UInt8](repeating: 0, count: 65536)
  private var latency = Sample()
  private var received = 0
  private var open = 0
  private var refused: [String] = []

  init(port: UInt16, accessTokens: [String], streams: Int, tokens: Int, slow: Int) {
    self.port = port
    self.accessTokens = accessTokens
    self.streams = streams
    self.tokens = tokens
    self.slow = slow
  }

  func run() -> String {
    let start = now()
    var slowTurn = start
    // After this the slow ones read what is left as fast as anybody.
    let patience = start + UInt64(tokens) * 100_000_000 + 10_000_000_000
    var isPatient = true
    while listeners.count < streams || open > 0 {
      let due = min(streams, Int((now() - start) * UInt64(streams) / 2_000_000_000) + 1)
      while listeners.count < due { begin() }
      wait()
      let time = now()
      if isPatient && time > patience {
        isPatient = false
        for index in listeners.indices where listeners[index].isSlow && listeners[index].isOpen {
          watch(index)
        }
      } else if isPatient && time > slowTurn {
        // 64 bytes four times a second: less than comes.
        slowTurn = time + 250_000_000
        for index in listeners.indices where listeners[index].isSlow && listeners[index].isOpen {
          read(index, 64)
        }
      }
      if time > patience + 60_000_000_000 { break }
    }
    return report()
  }

  private func begin() {
    let index = listeners.count
    let isSlow = index >= streams - slow
    let socket = Socket(port: port, isSlow: isSlow)
    socket.ask(accessTokens[index % accessTokens.count])
    listeners.append(Listener(descriptor: socket.descriptor, isSlow: isSlow))
    open += 1
    if !isSlow { watch(index) }
  }

  private func watch(_ index: Int) {
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: UInt64(index)))
    epoll_ctl(epoll, EPOLL_CTL_ADD, listeners[index].descriptor, &event)
  }

  private func wait() {
    var events = [epoll_event](repeating: epoll_event(), count: 512)
    let count = epoll_wait(epoll, &events, 512, 1)
    for event in events.prefix(Int(max(0, count))) { read(Int(event.data.u64), buffer.count) }
  }

  private func read(_ index: Int, _ limit: Int) {
    let isSlow = listeners[index].isSlow
    let count = recv(listeners[index].descriptor, &buffer, limit, Int32(MSG_DONTWAIT))
    if count < 0 && errno == EAGAIN { return }
    guard count > 0 else {
      listeners[index].isOpen = false
      open -= 1
      close(listeners[index].descriptor)
      return
    }
    let time = now()
    buffer.withUnsafeBytes { bytes in
      listeners[index].scanner.read(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { left in
        received += 1
        if !isSlow { latency.add(time - left) }
      }
    }
    if listeners[index].scanner.next == 0, refused.count < 3 {
      let text = String(decoding: buffer.prefix(count), as: UTF8.self)
      if !text.hasPrefix("HTTP/1.1 200"), text.hasPrefix("HTTP/") { refused.append(text) }
    }
  }

  private func report() -> String {
    let whole = listeners.count {
      $0.scanner.next == tokens && $0.scanner.faults == 0 && $0.scanner.isDone
    }
    for text in refused { warn("Refused: \(text)") }
    return """
      {"streams": \(listeners.count), "whole": \(whole), "left_open": \(open), "tokens": \(received), \
      "expected": \(streams * tokens), "latency": \(latency.json())}
      """
  }
}
