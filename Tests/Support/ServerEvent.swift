public import JSON

/// One event of a text/event-stream body.
public struct ServerEvent: Sendable {
  public var id: String?
  public var name: String
  public var data: String

  public init(id: String? = nil, name: String, data: String) {
    (self.id, self.name, self.data) = (id, name, data)
  }

  public var json: JSONValue {
    get throws { try JSONReader.read(JSONValue.self, from: Array(data.utf8)) }
  }
}

/// Reads an answer of HTTP/1.1 whose body is a text/event-stream, as it comes.
struct EventParser {
  /// Status and headers, without a body.
  private(set) var head: HTTPReply?
  /// What has not been taken yet.
  var events: [ServerEvent] = []
  /// Whether the body came to its end, rather than the connection to its.
  private(set) var isWhole = false
  /// The body, where it is no event stream.
  private(set) var body: [UInt8] = []

  private var bytes: [UInt8] = []
  /// Bytes of the current chunk that have not come yet, its line's end included; nil between chunks.
  private var rest: Int?
  private var line: [UInt8] = []
  private var event = ServerEvent(name: "message", data: "")
  private var hasData = false

  private var isChunked: Bool { head?.header("transfer-encoding")?.lowercased() == "chunked" }
  var isEventStream: Bool { head?.header("content-type")?.hasPrefix("text/event-stream") ?? false }

  mutating func feed(_ piece: [UInt8]) {
    bytes += piece
    if head == nil {
      guard let range = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
      head = HTTPReply(head: String(decoding: bytes[..<range.lowerBound], as: UTF8.self))
      bytes.removeSubrange(..<range.upperBound)
    }
    if isChunked {
      while takeChunk() {}
    } else {
      read(bytes[...])
      bytes = []
      if let length = head?.header("content-length").flatMap({ Int($0) }) { isWhole = body.count >= length }
    }
  }

  /// Takes what there is of a chunk; false when more must come.
  private mutating func takeChunk() -> Bool {
    guard let rest else {
      guard let end = bytes.firstRange(of: Array("\r\n".utf8)) else { return false }
      let size = Int(String(decoding: bytes[..<end.lowerBound], as: UTF8.self), radix: 16) ?? 0
      bytes.removeSubrange(..<end.upperBound)
      if size == 0 { isWhole = true }
      self.rest = size + 2
      return !isWhole
    }
    let count = min(bytes.count, max(0, rest - 2))
    read(bytes[..<count])
    bytes.removeFirst(count)
    self.rest = rest - count
    guard rest - count == 2, bytes.count >= 2 else { return false }
    bytes.removeFirst(2)
    self.rest = nil
    return true
  }

  private mutating func read(_ piece: ArraySlice<UInt8>) {
    guard isEventStream else {
      body += piece
      return
    }
    for byte in piece {
      if byte == UInt8(ascii: "\n") {
        endLine()
      } else if byte != UInt8(ascii: "\r") {
        line.append(byte)
      }
    }
  }

  private mutating func endLine() {
    defer { line = [] }
    let text = String(decoding: line, as: UTF8.self)
    if text.isEmpty {
      if hasData { events.append(event) }
      event = ServerEvent(name: "message", data: "")
      hasData = false
    } else if !text.hasPrefix(":") {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? parts[1].trimmingPrefix(" ") : ""
      switch parts[0] {
      case "id": event.id = String(value)
      case "event": event.name = String(value)
      case "data":
        event.data += (hasData ? "\n" : "") + value
        hasData = true
      default: break
      }
    }
  }
}
