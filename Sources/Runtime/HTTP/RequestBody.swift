/// The body of a request, read at most once: whole, or piece by piece as it arrives.
///
/// As a sequence it holds no more than a piece: the transport stops reading from the client until the next one is asked
/// for.
public struct RequestBody: Sendable, AsyncSequence {
  /// Some bytes, at least one.
  public typealias Element = [UInt8]

  private enum Source: Sendable {
    case memory([UInt8])
    case transport(
      collect: @Sendable (_ limit: Int) async throws -> [UInt8], next: @Sendable () async throws -> [UInt8]?)
  }

  private let source: Source
  /// What the client says that it is (`Content-Type`).
  public var contentType: String?

  /// A body that is in memory already.
  public init(_ bytes: [UInt8]) {
    source = .memory(bytes)
  }

  /// A body that arrives when it is asked for.
  ///
  /// - Parameters:
  ///   - collect: the whole body; throws ``BodyError`` when it is longer than `limit` bytes or does not come whole.
  ///   - next: the next piece, nil at the end; throws ``BodyError`` when there should be one and is none.
  public init(
    collect: @escaping @Sendable (_ limit: Int) async throws -> [UInt8],
    next: @escaping @Sendable () async throws -> [UInt8]?
  ) {
    source = .transport(collect: collect, next: next)
  }

  /// A body that is only read piece by piece; 413 is thrown where it turns out to be longer than so many bytes.
  init(contentType: String?, upTo limit: Int, next: @escaping @Sendable () async throws -> [UInt8]?) {
    let next = RequestBody.bounded(next, by: limit)
    source = .transport(
      collect: { limit in
        let next = RequestBody.bounded(next, by: limit)
        var bytes: [UInt8] = []
        while let piece = try await next() { bytes += piece }
        return bytes
      }, next: next)
    self.contentType = contentType
  }

  /// The pieces of a body, of which the one beyond a length in bytes throws 413.
  private static func bounded(
    _ next: @escaping @Sendable () async throws -> [UInt8]?, by limit: Int
  ) -> @Sendable () async throws -> [UInt8]? {
    let length = ByteCount()
    return {
      guard let piece = try await next() else { return nil }
      guard length.add(piece.count) <= limit else { throw Problem.contentTooLarge(limit: limit) }
      return piece
    }
  }

  /// The whole body.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: ``BodyError``; a ``Problem`` (400, 413) where an operation was given the body.
  public func collect(upTo limit: Int) async throws -> [UInt8] {
    switch source {
    case .memory(let bytes):
      guard bytes.count <= limit else { throw BodyError.tooLarge(limit: limit) }
      return bytes
    case .transport(let collect, _): return try await collect(limit)
    }
  }

  public func makeAsyncIterator() -> Iterator {
    switch source {
    case .memory(let bytes): Iterator(rest: bytes, nextPiece: nil)
    case .transport(_, let next): Iterator(rest: [], nextPiece: next)
    }
  }

  /// The pieces of a body.
  public struct Iterator: AsyncIteratorProtocol, Sendable {
    fileprivate var rest: [UInt8]
    fileprivate let nextPiece: (@Sendable () async throws -> [UInt8]?)?

    /// The next piece; nil at the end.
    ///
    /// - Throws: ``BodyError``; a ``Problem`` (400, 413) where an operation was given the body.
    public mutating func next() async throws -> [UInt8]? {
      if let nextPiece { return try await nextPiece() }
      guard !rest.isEmpty else { return nil }
      defer { rest = [] }
      return rest
    }
  }
}

/// Why a body could not be read.
public enum BodyError: Error, Sendable, Hashable {
  /// It is longer than so many bytes.
  case tooLarge(limit: Int)
  /// The connection ended before it was whole.
  case interrupted

  var problem: Problem {
    switch self {
    case .tooLarge(let limit): .contentTooLarge(limit: limit)
    case .interrupted: .badRequest("The body did not come whole.")
    }
  }
}
