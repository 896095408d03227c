import HTTPTypes
public import JSON

extension InputReader {
  /// Reads a JSON body; nil is a fault.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: a ``Problem`` when the body is too large, does not come whole or is not JSON.
  public mutating func json<Value>(
    upTo limit: Int, _ read: (inout JSONReader) -> Value?
  ) async throws -> Value? {
    let bytes = try await collect(upTo: limit)
    do throws(JSONReadError) {
      return try JSONReader.read(from: bytes, refusesReadOnly: true, read)
    } catch {
      switch error {
      case .syntax(let error): throw Problem.malformedJSON(error)
      case .faults(let faults):
        for fault in faults { recordBody(fault) }
        return nil
      }
    }
  }

  /// Reads a form; nil is a fault.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: a ``Problem`` when the body is too large, does not come whole or is not UTF-8.
  public mutating func form<Value: FormDecodable>(_ type: Value.Type, upTo limit: Int) async throws -> Value? {
    try await form(upTo: limit) { Value.decode(from: &$0) }
  }

  /// Reads a form as `read` does; nil is a fault.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: a ``Problem`` when the body is too large, does not come whole or is not UTF-8.
  public mutating func form<Value>(
    upTo limit: Int, _ read: (inout FieldReader) -> Value?
  ) async throws -> Value? {
    guard let text = String(validating: try await collect(upTo: limit), as: UTF8.self) else {
      throw Problem.badRequest("The form is not UTF-8.")
    }
    var form = FieldReader(text[...], location: .body)
    let value = read(&form)
    for fault in form.faults.faults { recordBody(fault) }
    return value
  }

  /// Reads a body of text; nil is a fault.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: a ``Problem`` when the body is too large, does not come whole or is not UTF-8.
  public mutating func text<Value>(
    upTo limit: Int, _ read: (inout TextReader) -> Value?
  ) async throws -> Value? {
    guard let text = String(validating: try await collect(upTo: limit), as: UTF8.self) else {
      throw Problem.badRequest("The text is not UTF-8.")
    }
    var reader = TextReader(
      EncodedText(text: text[...], coding: .plain), .simple(explode: false), location: .body, name: "")
    let value = read(&reader)
    for fault in reader.faults.faults { recordBody(fault) }
    return value
  }

  /// The body as it arrives; the handler reads it.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: 413 when the client says that it is longer; the body throws it when it turns out so.
  public func stream(upTo limit: Int = .max) throws -> RequestBody {
    let length = request.head.headerFields[.contentLength].flatMap { Int($0) }
    if let length, length > limit { throw Problem.contentTooLarge(limit: limit) }
    return stream(within: limit)
  }

  func stream(within limit: Int) -> RequestBody {
    let pieces = Pieces(request.body)
    return RequestBody(contentType: contentType, upTo: limit) {
      do {
        return try await pieces.next()
      } catch let error as BodyError {
        throw error.problem
      }
    }
  }

  /// The `Content-Type` as it was sent.
  var contentType: String? { request.head.headerFields[.contentType] }

  /// Whether the request has a body (RFC 9112 §6.3).
  public var hasBody: Bool {
    let length = request.head.headerFields[.contentLength]
    return request.head.headerFields[.transferEncoding] != nil || (length != nil && length != "0")
      || request.head.headerFields[.contentType] != nil
  }

  /// Checks the body's `Content-Type` against the one that the operation takes.
  ///
  /// - Throws: 415.
  public func expect(_ mediaType: String) throws {
    _ = try self.mediaType(among: mediaType)
  }

  /// The one of some media types, or media ranges such as `image/*`, that the body has; the narrowest, if several fit.
  /// A body that says nothing of its type may be any bytes (RFC 9110 §8.3).
  ///
  /// - Throws: 415.
  public func mediaType(among mediaTypes: String...) throws -> String {
    let field = contentType ?? "application/octet-stream"
    if let same = mediaTypes.first(where: { $0 == field }) { return same }
    if let sent = MediaType(field) {
      let fitting = mediaTypes.filter { MediaType($0)?.includes(sent) ?? false }
      if let narrowest = fitting.min(by: { $0.count { $0 == "*" } < $1.count { $0 == "*" } }) { return narrowest }
    }
    throw Problem.unsupportedMediaType(expected: mediaTypes.joined(separator: ", "))
  }

  private func collect(upTo limit: Int) async throws -> [UInt8] {
    do {
      return try await request.body.collect(upTo: limit)
    } catch let error as BodyError {
      throw error.problem
    }
  }
}

/// The pieces of a body for the one task that reads it.
private actor Pieces {
  private var iterator: RequestBody.Iterator

  init(_ body: RequestBody) {
    iterator = body.makeAsyncIterator()
  }

  func next() async throws -> [UInt8]? {
    var iterator = iterator
    let piece = try await iterator.next()
    self.iterator = iterator
    return piece
  }
}
