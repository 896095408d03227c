/// Cuts the body of a response into the documents that it carries, however its bytes come in.
///
/// Bytes stay bytes, so that a character cut in two is whole again in its document. A byte order mark and white space
/// before the first document are skipped.
package struct Framing {
  package enum Kind {
    /// One document is the whole body.
    case whole
    /// A document a line (LF, CR, CRLF, or the NUL of older vLLM).
    case lines
    /// An event stream (WHATWG HTML §9.2): the `data` lines of one event are joined by LF, comments and other fields are
    /// skipped.
    case events
    /// `events`, unless the body does not begin like one: then it is `whole`. Servers that cannot stream, and proxies
    /// that do not let them, answer a request to stream with one document, whatever its media type says.
    case eventsOrWhole
  }

  /// JSON, so it should be.
  package struct Document {
    package var bytes: [UInt8]
    /// Whether it is the whole body.
    var isWhole = false
  }

  /// Bytes that a line or an event may have, and a body that is one document.
  static let limits = (event: 1 << 20, whole: 16 << 20)

  private var kind: Kind
  private var buffer: [UInt8] = []
  /// Where the line begins that is not used up.
  private var start = 0
  /// Up to where there is no line's end behind `start`.
  private var scanned = 0
  /// The data of the event so far; nil between events.
  private var data: [UInt8]?
  private var isAtStart = true
  private var hasEnded = false
  private var endedWithCR = false

  package init(_ kind: Kind) {
    self.kind = kind
  }

  package mutating func append(_ bytes: [UInt8]) {
    var bytes = bytes[...]
    if isAtStart {
      bytes = bytes.drop { Self.isSkippedAtStart($0) }
      guard let first = bytes.first else { return }
      isAtStart = false
      if kind == .eventsOrWhole { kind = Self.beginsField(first) ? .events : .whole }
    }
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: true)
    } else if start > 0 {
      buffer.removeSubrange(..<start)
    }
    scanned -= start
    start = 0
    buffer += bytes
  }

  /// No more comes. The standard drops an event that the end of the stream cuts; servers that forget the last line's end
  /// mean it.
  package mutating func end() {
    hasEnded = true
    switch kind {
    case .whole: break
    // A body without a byte.
    case .eventsOrWhole: kind = .whole
    case .lines, .events: buffer += Array("\n\n".utf8)
    }
  }

  /// The next document that is whole.
  ///
  /// - Throws: `tooLarge` where the next one is larger than it may be.
  package mutating func next() throws(AIError) -> Document? {
    if kind == .whole {
      guard !hasEnded else { return takeWhole() }
    } else {
      while let end = Self.lineEnd(in: buffer, from: scanned) {
        let line = start..<end
        let isRestOfCRLF = endedWithCR && line.isEmpty && buffer[end] == UInt8(ascii: "\n")
        endedWithCR = buffer[end] == UInt8(ascii: "\r")
        start = end + 1
        scanned = start
        if !isRestOfCRLF, let document = take(line) { return document }
      }
      scanned = buffer.count
      if start < scanned { endedWithCR = false }
    }
    let limit = kind == .whole ? Self.limits.whole : Self.limits.event
    if buffer.count - start + (data?.count ?? 0) > limit {
      throw AIError(.tooLarge, "a document of more than \(limit) bytes")
    }
    return nil
  }

  private mutating func takeWhole() -> Document? {
    // An empty body is no document: the answer was broken off before it began.
    guard start == 0, !buffer.isEmpty else { return nil }
    start = .max
    return Document(bytes: buffer, isWhole: true)
  }

  /// The document that a line completes.
  private mutating func take(_ line: Range<Int>) -> Document? {
    guard kind == .events else {
      let isBlank = buffer[line].allSatisfy { $0 <= 0x20 }
      return isBlank ? nil : Document(bytes: Array(buffer[line]))
    }
    if line.isEmpty {
      defer { data = nil }
      guard let data, !data.isEmpty else { return nil }
      return Document(bytes: data)
    }
    if let value = value(ofData: line) {
      if data == nil {
        data = Array(value)
      } else {
        data?.append(UInt8(ascii: "\n"))
        data?.append(contentsOf: value)
      }
    }
    return nil
  }

  /// The value of a field whose name is data.
  private func value(ofData line: Range<Int>) -> ArraySlice<UInt8>? {
    let name = buffer[line].prefix(4)
    guard name.elementsEqual("data".utf8) else { return nil }
    var value = buffer[name.endIndex..<line.upperBound]
    guard let colon = value.popFirst() else { return value }
    guard colon == UInt8(ascii: ":") else { return nil }
    return value.first == UInt8(ascii: " ") ? value.dropFirst() : value
  }

  private static func lineEnd(in buffer: [UInt8], from start: Int) -> Int? {
    buffer.withUnsafeBufferPointer { bytes in
      var index = start
      while index < bytes.count {
        let byte = bytes[index]
        // Nearly every byte of a text is larger than the three.
        if byte < 0x0E, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == 0 { return index }
        index += 1
      }
      return nil
    }
  }

  private static func isSkippedAtStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D: true
    default: false
    }
  }

  /// Whether a field of an event stream can begin like this: data, event, id, retry, or a comment.
  private static func beginsField(_ byte: UInt8) -> Bool {
    "deir:".utf8.contains(byte)
  }
}
