/// Splits an event stream (WHATWG HTML §9.2) into the data of its events, however its bytes are cut.
///
/// Line ends are LF, CR or CRLF; comments and fields other than `data` are skipped; several `data` lines of one event
/// are joined by LF. Bytes stay bytes, so that a character cut in two is whole again in its line.
struct ServerSentEvents {
  /// Bytes that one event may have.
  static let limit = 1 << 20

  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithCR = false
  private var isAtStart = true

  mutating func read(_ bytes: [UInt8]) throws(AIError) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      let followsCR = endedWithCR
      endedWithCR = byte == UInt8(ascii: "\r")
      switch byte {
      case UInt8(ascii: "\n") where followsCR: break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if let event = endLine() { events.append(event) }
      default: line.append(byte)
      }
    }
    if line.count + data.count > Self.limit { throw AIError(.tooLarge, "an event of more than \(Self.limit) bytes") }
    return events
  }

  /// An event that the end of the stream completes: the standard drops it, servers that forget the last blank line
  /// mean it.
  mutating func end() -> [UInt8]? {
    endLine() ?? endLine()
  }

  private mutating func endLine() -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    if isAtStart {
      isAtStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty {
      guard hasData else { return nil }
      defer {
        data = []
        hasData = false
      }
      return data
    }
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    guard name.elementsEqual("data".utf8) else { return nil }
    var value = line.dropFirst(name.count + 1)
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    if hasData { data.append(UInt8(ascii: "\n")) }
    data += value
    hasData = true
    return nil
  }
}
