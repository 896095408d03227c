import Glibc

/// How long the first token takes, one request after the other.
struct FirstToken {
  let port: UInt16
  let accessTokens: [String]
  let isDirect: Bool

  func run(count: Int) -> String {
    var whole = Sample()
    var buffer = [UInt8](repeating: 0, count: 65536)
    // The first requests warm connections, caches and plans.
    let warmUp = min(200, count)
    for number in 0..<(warmUp + count) {
      let socket = Socket(port: port)
      defer { close(socket.descriptor) }
      let start = now()
      socket.ask(accessTokens[number % accessTokens.count], isDirect: isDirect)
      var scanner = Scanner()
      var first: UInt64?
      while true {
        let received = recv(socket.descriptor, &buffer, buffer.count, 0)
        guard received > 0 else { break }
        let time = now()
        buffer.withUnsafeBytes {
          scanner.read(UnsafeRawBufferPointer(rebasing: $0[..<received])) { _ in }
        }
        if first == nil, scanner.next > 0 { first = time }
        if isDirect && scanner.next > 0 { break }
      }
      guard let first else {
        warn("No token came; the server said: \(String(decoding: buffer.prefix(500), as: UTF8.self))")
        exit(1)
      }
      if number >= warmUp { whole.add(first - start) }
    }
    return "{\"count\": \(whole.count), \"first\": \(whole.json())}"
  }
}
