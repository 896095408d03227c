import Foundation
import Synchronization
import TestSupport

/// A server of this process whose answers are written beforehand, byte by byte, and that tells what it was asked.
final class CannedServer: Sendable {
  struct Request: Sendable {
    var line: String
    /// Names in lower case.
    var headers: [String: String]
    var body: String
    /// From 0, of all that the server was sent.
    var number: Int
    /// From 0, of those on its connection.
    var numberOnConnection: Int

    var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
  }

  enum Step: Sendable {
    case send(String)
    /// Sends again and again, until the client closes.
    case sendWithoutEnd(String)
    /// Waits for the test.
    case await(DispatchSemaphore)
    /// Waits until the client closes.
    case awaitClose
    /// Closes; without it the connection stays for the next request.
    case close
  }

  enum Event: Sendable, Equatable {
    case asked(path: String)
    /// The client closed during `awaitClose`, or before all was sent.
    case closedByClient
  }

  let port: Int
  /// What happens, in order.
  let events: AsyncStream<Event>

  private let listener: Int32
  private let tell: AsyncStream<Event>.Continuation
  private let answer: @Sendable (Request) -> [Step]
  private let received = Mutex<[Request]>([])

  var requests: [Request] { received.withLock { $0 } }
  var address: String { "http://127.0.0.1:\(port)" }

  init(_ answer: @escaping @Sendable (Request) -> [Step]) throws {
    (listener, port) = try Loopback.listen()
    (events, tell) = AsyncStream.makeStream()
    self.answer = answer
    Thread.detachNewThread { [self] in
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        Thread.detachNewThread { [self] in
          serve(connection)
          close(connection)
        }
      }
      close(listener)
    }
  }

  /// No more connections.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ connection: Int32) {
    var buffer: [UInt8] = []
    var count = 0
    while let request = read(connection, &buffer, numberOnConnection: count) {
      count += 1
      tell.yield(.asked(path: request.path))
      for step in answer(request) {
        switch step {
        case .send(let text):
          let bytes = Array(text.utf8)
          guard Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            tell.yield(.closedByClient)
            return
          }
        case .sendWithoutEnd(let text):
          let bytes = Array(text.utf8)
          while Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count {}
          return
        case .await(let signal): signal.wait()
        case .awaitClose:
          var byte: UInt8 = 0
          while recv(connection, &byte, 1, 0) > 0 {}
          tell.yield(.closedByClient)
          return
        case .close: return
        }
      }
    }
  }

  private func read(_ connection: Int32, _ buffer: inout [UInt8], numberOnConnection: Int) -> Request? {
    let end = Array("\r\n\r\n".utf8)
    var chunk = [UInt8](repeating: 0, count: 4096)
    func more() -> Bool {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count > 0 { buffer += chunk[..<count] }
      return count > 0
    }
    while buffer.firstRange(of: end) == nil { guard more() else { return nil } }
    guard let head = buffer.firstRange(of: end) else { return nil }
    let lines = String(decoding: buffer[..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      if sides.count == 2 { headers[sides[0].lowercased()] = sides[1].trimmingCharacters(in: .whitespaces) }
    }
    buffer.removeSubrange(..<head.upperBound)
    let length = headers["content-length"].flatMap(Int.init) ?? 0
    while buffer.count < length { guard more() else { return nil } }
    let body = String(decoding: buffer[..<length], as: UTF8.self)
    buffer.removeSubrange(..<length)
    return received.withLock { requests in
      let request = Request(
        line: lines[0], headers: headers, body: body, number: requests.count, numberOnConnection: numberOnConnection)
      requests.append(request)
      return request
    }
  }
}

extension CannedServer.Step {
  /// A whole response.
  static func respond(_ status: Int, _ headers: [String] = [], _ body: String = "") -> Self {
    let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + headers
    return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// The head of a response that ends with its connection.
  static let openEnded = Self.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")

  /// A completion of OpenAI's.
  static func completion(_ text: String, tokens: Int = 2) -> Self {
    .respond(
      200, [],
      #"{"model":"m-1","choices":[{"message":{"content":"\#(text)"},"finish_reason":"stop"}],"#
        + #""usage":{"prompt_tokens":5,"completion_tokens":\#(tokens)}}"#)
  }

  /// A chunk of a streamed completion.
  static func chunk(_ text: String) -> Self {
    .send(chunkText(text))
  }

  /// A chunk of a streamed completion as text.
  static func chunkText(_ text: String) -> String {
    #"data: {"choices":[{"delta":{"content":"\#(text)"},"finish_reason":null}]}"# + "\n\n"
  }
}
