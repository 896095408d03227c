/// The parts of one `multipart/form-data` body, read once, by one task at a time.
actor MultipartStream {
  private var parser: MultipartParser
  private var pieces: RequestBody.Iterator
  /// The part whose bytes come next, by its number.
  private var current = 0
  private var isWithinPart = false
  /// A part whose head was read and that nobody has taken.
  private var held: MultipartHead?
  private var isReading = false

  init(_ body: RequestBody, boundary: String) {
    parser = MultipartParser(boundary: boundary)
    pieces = body.makeAsyncIterator()
  }

  /// The head of the next part, past what is left of this one; nil behind the last one.
  ///
  /// - Throws: a ``Problem``, 400.
  func nextPart() async throws -> MultipartHead? {
    if let head = held {
      held = nil
      return head
    }
    while true {
      switch try await event() {
      case .part(let head):
        current += 1
        isWithinPart = true
        return head
      case .bytes: continue
      case .partEnd: isWithinPart = false
      case .end: return nil
      }
    }
  }

  /// Gives a part back for the next one to ask.
  func hold(_ head: MultipartHead) {
    held = head
  }

  /// The whole of the part, for one that is a field; nil when it is longer than so many bytes.
  func collect(upTo limit: Int) async throws -> [UInt8]? {
    var bytes: [UInt8] = []
    while let piece = try await nextBytes(of: current) {
      guard piece.count <= limit - bytes.count else { return nil }
      bytes += piece
    }
    return bytes
  }

  /// The bytes of the part as they come.
  ///
  /// - Parameter limit: the greatest length in bytes.
  func body(upTo limit: Int, contentType: String) -> RequestBody {
    let part = current
    return RequestBody(contentType: contentType, upTo: limit) { try await self.nextBytes(of: part) }
  }

  /// The next bytes of a part; nil at its end, and when another part was asked for meanwhile.
  private func nextBytes(of part: Int) async throws -> [UInt8]? {
    guard part == current, isWithinPart else { return nil }
    switch try await event() {
    case .bytes(let bytes): return bytes
    case .partEnd, .part, .end:
      isWithinPart = false
      return nil
    }
  }

  private func event() async throws -> MultipartParser.Event {
    // Two tasks at once would get each other's bytes.
    guard !isReading else { throw Problem.internalError }
    while true {
      if let event = try parser.next() { return event }
      isReading = true
      defer { isReading = false }
      var iterator = pieces
      let piece = try await iterator.next()
      pieces = iterator
      guard let piece else { throw Problem.badMultipart("ends before its last boundary") }
      parser.append(piece)
    }
  }
}
