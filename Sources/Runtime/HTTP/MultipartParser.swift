/// Cuts a `multipart/form-data` body into its parts (RFC 7578, RFC 2046 §5.1) as the bytes come in. Holds one piece.
struct MultipartParser {
  enum Event: Equatable {
    case part(MultipartHead)
    case bytes([UInt8])
    case partEnd
    case end
  }

  private enum State {
    case preamble, head, body, end
  }

  /// Bytes of a part's header fields.
  static let headLimit = 8 * 1024
  /// Parts of one body.
  static let partLimit = 1000

  /// What ends a part: CRLF, `--` and the boundary.
  private let delimiter: [UInt8]
  /// Begins with the CRLF that the first delimiter may lack.
  private var buffer: [UInt8] = [0x0D, 0x0A]
  private var start = 0
  private var state = State.preamble
  private var parts = 0

  /// - Parameter boundary: 1 to 70 characters (RFC 2046 §5.1.1).
  init(boundary: String) {
    delimiter = Array("\r\n--\(boundary)".utf8)
  }

  mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// What comes next; nil until there are more bytes.
  ///
  /// - Throws: a ``Problem``, 400, when this is no such body.
  mutating func next() throws -> Event? {
    switch state {
    case .end: return .end
    case .preamble:
      guard try skipToDelimiter() else { return nil }
      return try next()
    case .head: return try head()
    case .body: return try bytes()
    }
  }

  /// What stands before the first delimiter says nothing.
  private mutating func skipToDelimiter() throws -> Bool {
    let found = find(delimiter)
    guard found.isWhole else {
      guard found.index < MultipartParser.headLimit else { throw Problem.badMultipart("has no boundary at its start") }
      return false
    }
    return try passDelimiter(at: found.index)
  }

  /// Passes a delimiter and the rest of its line; false until there are more bytes.
  private mutating func passDelimiter(at index: Int) throws -> Bool {
    var next = index + delimiter.count
    guard next + 2 <= buffer.count else { return false }
    if buffer[next] == UInt8(ascii: "-"), buffer[next + 1] == UInt8(ascii: "-") {
      state = .end
      start = buffer.count
      return true
    }
    while next < buffer.count, buffer[next] == 0x20 || buffer[next] == 0x09 { next += 1 }
    guard next + 2 <= buffer.count else {
      guard next - index < MultipartParser.headLimit else { throw Problem.badMultipart("has a boundary without end") }
      return false
    }
    guard buffer[next] == 0x0D, buffer[next + 1] == 0x0A else {
      throw Problem.badMultipart("has something else behind a boundary")
    }
    parts += 1
    guard parts <= MultipartParser.partLimit else {
      throw Problem.badMultipart("has more than \(MultipartParser.partLimit) parts")
    }
    // The CRLF may be that of an empty head.
    start = next
    state = .head
    return true
  }

  private mutating func head() throws -> Event? {
    let found = find([0x0D, 0x0A, 0x0D, 0x0A])
    guard found.index - start <= MultipartParser.headLimit else {
      throw Problem.badMultipart("has a part with more than \(MultipartParser.headLimit) bytes of header fields")
    }
    guard found.isWhole else { return nil }
    guard let text = String(validating: buffer[start..<found.index], as: UTF8.self),
      let head = MultipartHead(text)
    else { throw Problem.badMultipart("has a part without a `Content-Disposition: form-data` with a name") }
    // A body of nothing ends with the CRLF that began with the head's own.
    start = found.index + 2
    state = .body
    isAtStart = true
    return .part(head)
  }

  /// Whether the CRLF of the head is still before the body.
  private var isAtStart = false

  private mutating func bytes() throws -> Event? {
    let found = find(delimiter)
    if isAtStart {
      if found.isWhole, found.index == start {
        return try passDelimiter(at: found.index) ? .partEnd : nil
      }
      guard buffer.count - start > delimiter.count else { return nil }
      start += 2
      isAtStart = false
    }
    if found.index > start {
      defer { start = found.index }
      return .bytes(Array(buffer[start..<found.index]))
    }
    guard found.isWhole, try passDelimiter(at: found.index) else { return nil }
    return .partEnd
  }

  /// Where a text begins; when it is not there, where its beginning may be.
  private func find(_ text: [UInt8]) -> (index: Int, isWhole: Bool) {
    buffer.withUnsafeBufferPointer { buffer in
      var index = start
      while index < buffer.count {
        guard buffer[index] == text[0] else {
          index += 1
          continue
        }
        var length = 1
        while length < text.count, index + length < buffer.count, buffer[index + length] == text[length] { length += 1 }
        if length == text.count { return (index, true) }
        if index + length == buffer.count { return (index, false) }
        index += 1
      }
      return (buffer.count, false)
    }
  }
}

extension Problem {
  /// 400: the body is no `multipart/form-data`.
  static func badMultipart(_ reason: String) -> Problem {
    .badRequest("The multipart body \(reason) (RFC 7578).")
  }
}
