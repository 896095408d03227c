import Foundation
import Glibc

/// TCP on this machine.
public enum Loopback {
  /// Connects a blocking socket.
  static func connect(to port: Int) throws -> Int32 {
    let descriptor = try socket()
    let result = withAddress(port) { Glibc.connect(descriptor, $0, $1) }
    guard result == 0 else {
      let trouble = Trouble.system("connect to port \(port)")
      close(descriptor)
      throw trouble
    }
    return descriptor
  }

  /// Listens on a port that is free.
  public static func listen() throws -> (listener: Int32, port: Int) {
    let descriptor = try socket()
    let port = withAddress(0) { address, length in
      var length = length
      let result =
        bind(descriptor, address, length) | Glibc.listen(descriptor, 128) | getsockname(descriptor, address, &length)
      guard result == 0 else { return Int?.none }
      return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        Int(in_port_t(bigEndian: $0.pointee.sin_port))
      }
    }
    guard let port else {
      let trouble = Trouble.system("listen")
      close(descriptor)
      throw trouble
    }
    return (descriptor, port)
  }

  /// A port that nobody listens on at the moment.
  public static func freePort() throws -> Int {
    let (listener, port) = try listen()
    close(listener)
    return port
  }

  /// How many connections to a port of this machine stand, as the server's end has them.
  public static func established(at port: Int) throws -> Int {
    let number = String(port, radix: 16, uppercase: true)
    let local = ":" + String(repeating: "0", count: 4 - number.count) + number
    return try ["/proc/net/tcp", "/proc/net/tcp6"].reduce(0) { sum, path in
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
      return sum
        + lines.count { line in
          let fields = line.split(separator: " ")
          return fields.count > 3 && fields[1].hasSuffix(local) && fields[3] == "01"
        }
    }
  }

  private static func socket() throws -> Int32 {
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Trouble.system("socket") }
    return descriptor
  }

  private static func withAddress<Value>(
    _ port: Int, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Value
  ) -> Value {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    return withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
