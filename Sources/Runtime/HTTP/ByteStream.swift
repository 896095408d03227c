import Synchronization

/// The body of a response as bytes: in memory, or written piece by piece.
public struct ByteStream: Sendable {
  let body: ResponseBody
  /// In bytes, where it is known and the body does not say it.
  let length: Int?

  /// Bytes that are in memory.
  public init(_ bytes: [UInt8]) {
    body = .bytes(bytes)
    length = nil
  }

  /// Bytes that come piece by piece.
  ///
  /// - Parameters:
  ///   - length: how many there will be, where that is known. It is told in `Content-Length`; a stream of another length is
  ///     cut off, so that the client can tell.
  ///   - produce: writes them. It is cancelled when the client leaves and when the server shuts down; when it throws, the
  ///     connection is cut.
  public init(length: Int? = nil, _ produce: @escaping @Sendable (any BodyWriter) async throws -> Void) {
    self.length = length
    guard let length else {
      body = .stream(produce)
      return
    }
    body = .stream { writer in
      let measured = MeasuredWriter(writer, length: length)
      try await produce(measured)
      try measured.end()
    }
  }
}

/// A body was longer or shorter than was said.
public struct LengthMismatch: Error, Sendable, Hashable, CustomStringConvertible {
  public let expected: Int
  public let actual: Int

  public init(expected: Int, actual: Int) {
    self.expected = expected
    self.actual = actual
  }

  public var description: String { "The body has \(actual) bytes, but \(expected) were told." }
}

/// Refuses what is beyond a length.
private final class MeasuredWriter: BodyWriter {
  private let writer: any BodyWriter
  private let length: Int
  private let written = Atomic(0)

  init(_ writer: any BodyWriter, length: Int) {
    self.writer = writer
    self.length = length
  }

  func write(_ bytes: [UInt8]) async throws {
    let total = written.add(bytes.count, ordering: .relaxed).newValue
    guard total <= length else { throw LengthMismatch(expected: length, actual: total) }
    try await writer.write(bytes)
  }

  func end() throws {
    let total = written.load(ordering: .relaxed)
    guard total == length else { throw LengthMismatch(expected: length, actual: total) }
  }
}
