import Glibc

/// A connection to a server on this machine, non-blocking once it stands.
struct Socket {
  let descriptor: Int32

  /// - Parameter isSlow: with buffers so small that what is not read soon stays with the server.
  init(port: UInt16, isSlow: Bool = false) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if isSlow {
      // Without a small segment the kernel would take megabytes from the server on behalf of who does not read.
      set(Int32(IPPROTO_TCP), TCP_MAXSEG, 536)
      set(SOL_SOCKET, SO_RCVBUF, 2304)
    }
    set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard descriptor >= 0, result == 0 else { fail("connect") }
  }

  private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Sends a request; it fits the socket's buffer.
  func send(_ text: String) {
    let bytes = Array(text.utf8)
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    else { fail("send") }
  }

  /// Asks for a turn, as events.
  func ask(_ accessToken: String, isDirect: Bool = false) {
    let body =
      isDirect
      ? "{\"model\":\"load\",\"messages\":[],\"stream\":true}"
      : "{\"content\":\"Tell me something long.\"}"
    send(
      "POST \(isDirect ? "/v1/chat/completions" : "/chat/send") HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Authorization: Bearer \(accessToken)\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }
}

/// Says why a system call failed, and ends.
func fail(_ call: String) -> Never {
  perror(call)
  exit(1)
}

/// Says something at standard error.
func warn(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}
