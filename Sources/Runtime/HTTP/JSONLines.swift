public import JSON

/// The body of a response of JSON texts, one after another: a line each (`application/jsonl`, `application/x-ndjson`), or a
/// record each (`application/json-seq`, RFC 7464).
public struct JSONLines<Item: JSONEncodable & Sendable>: Sendable {
  private let produce: @Sendable (JSONLinesSink<Item>) async throws -> Void

  /// - Parameter produce: sends the items. It is cancelled when the client leaves and when the server shuts down; when it
  ///   throws, the connection is cut, so that the client can tell.
  public init(_ produce: @escaping @Sendable (JSONLinesSink<Item>) async throws -> Void) {
    self.produce = produce
  }

  func write(to writer: any BodyWriter, _ framing: JSONFraming) async throws {
    try await produce(JSONLinesSink(writer: writer, framing: framing))
  }
}

/// Where the items of a stream go.
public struct JSONLinesSink<Item: JSONEncodable & Sendable>: Sendable {
  fileprivate let writer: any BodyWriter
  fileprivate let framing: JSONFraming

  /// Sends items in one write; returns when the connection can take more.
  ///
  /// - Throws: when the connection is gone.
  public func send(_ items: Item...) async throws {
    try await send(contentsOf: items)
  }

  /// Sends items in one write; returns when the connection can take more.
  ///
  /// - Throws: when the connection is gone.
  public func send(contentsOf items: some Sequence<Item>) async throws {
    var bytes: [UInt8] = []
    for item in items {
      if framing == .sequence { bytes.append(0x1E) }
      bytes.append(contentsOf: JSONWriter.write(item))
      bytes.append(UInt8(ascii: "\n"))
    }
    try await writer.write(bytes)
  }
}

/// What stands around the texts.
enum JSONFraming: Sendable {
  case lines
  /// A record separator before each text (RFC 7464 §2.2).
  case sequence
}
