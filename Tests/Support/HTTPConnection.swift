import Foundation
import Glibc
import Synchronization

/// One connection to a server on this machine.
public final class HTTPConnection: Sendable {
  private let socket: Int32
  private let isClosed = Mutex(false)

  public init(port: Int) async throws {
    socket = try await blocking {
      let socket = try Loopback.connect(to: port)
      var limit = timeval(tv_sec: ChildProcess.patience, tv_usec: 0)
      setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      return socket
    }
  }

  deinit { close() }

  /// Leaves, whatever is under way.
  public func close() {
    isClosed.withLock { isClosed in
      guard !isClosed else { return }
      isClosed = true
      _ = Glibc.close(socket)
    }
  }

  /// Ends the connection under whoever waits on it.
  public func hangUp() {
    isClosed.withLock { isClosed in
      if !isClosed { shutdown(socket, Int32(SHUT_RDWR)) }
    }
  }

  public func write(_ bytes: [UInt8]) async throws {
    try await blocking { [self] in
      var sent = 0
      while sent < bytes.count {
        let count = bytes.withUnsafeBytes {
          send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
        }
        if count < 0 && errno == EINTR { continue }
        // A server that refuses a body early may close before it has read it all; its answer is there to be read.
        if count < 0 && (errno == EPIPE || errno == ECONNRESET) { return }
        guard count > 0 else { throw Trouble.system("send") }
        sent += count
      }
    }
  }

  /// The next answer. It waits for half a minute at most.
  public func reply(to method: String = "GET") async throws -> HTTPReply {
    try await blocking { [self] in
      var reader = ReplyReader(socket: socket)
      return try reader.reply(to: method)
    }
  }

  /// What has come, at least a byte; nothing at the end. It waits for half a minute at most.
  func receive() async throws -> [UInt8] {
    try await blocking { [self] in
      var reader = ReplyReader(socket: socket)
      _ = try reader.fill()
      return reader.bytes
    }
  }

  /// Everything until the server closes.
  public func everything() async throws -> [UInt8] {
    try await blocking { [self] in
      var reader = ReplyReader(socket: socket)
      return try reader.readToEnd()
    }
  }
}

extension HTTPReply {
  /// Status and headers of a response's head, its empty line left out.
  init(head: String) {
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
    let status = Int(lines.removeFirst().split(separator: " ").dropFirst().first ?? "") ?? 0
    let headers = lines.compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (String(line[..<colon]), value)
    }
    self.init(status: status, headers: headers, body: [])
  }
}

/// Reads answers of HTTP/1.1 (RFC 9112) from a socket, blocking.
private struct ReplyReader {
  let socket: Int32
  var bytes: [UInt8] = []

  mutating func reply(to method: String) throws -> HTTPReply {
    while true {
      var reply = HTTPReply(head: try head())
      guard reply.status != 100 else { continue }
      if method == "HEAD" || reply.status == 204 || reply.status == 304 { return reply }
      if reply.header("transfer-encoding")?.lowercased() == "chunked" {
        reply.body = try chunks()
      } else if let length = reply.header("content-length").flatMap({ Int($0) }) {
        reply.body = try take(length)
      } else {
        reply.body = try readToEnd()
      }
      return reply
    }
  }

  mutating func readToEnd() throws -> [UInt8] {
    while try fill() {}
    defer { bytes = [] }
    return bytes
  }

  private mutating func head() throws -> String {
    try line(endingIn: Array("\r\n\r\n".utf8))
  }

  private mutating func line(endingIn mark: [UInt8]) throws -> String {
    while true {
      if let range = bytes.firstRange(of: mark) {
        defer { bytes.removeSubrange(..<range.upperBound) }
        return String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
      }
      guard try fill() else {
        throw Trouble("The server closed without an answer; it sent '\(String(decoding: bytes, as: UTF8.self))'")
      }
    }
  }

  private mutating func chunks() throws -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let size = try line(endingIn: Array("\r\n".utf8))
      guard let count = Int(size.prefix { $0 != ";" }, radix: 16) else { throw Trouble("Bad chunk size '\(size)'") }
      body += try take(count)
      _ = try line(endingIn: Array("\r\n".utf8))
      if count == 0 { return body }
    }
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    while bytes.count < count {
      guard try fill() else { throw Trouble("The server closed after \(bytes.count) of \(count) bytes") }
    }
    defer { bytes.removeFirst(count) }
    return Array(bytes[..<count])
  }

  /// Reads more; false at the end.
  mutating func fill() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == ECONNRESET { return false }
      guard count >= 0 else { throw Trouble.system("recv") }
      bytes += buffer[..<count]
      return count > 0
    }
  }
}
