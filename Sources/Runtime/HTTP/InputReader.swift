import HTTPTypes
public import JSON

/// Reads the input of an operation, parameters and body, and gathers every fault of it.
public struct InputReader: Sendable {
  /// The parameters of the query.
  public var query: FieldReader
  private var cookieReader: FieldReader?
  private let request: Request
  private let path: Path
  private var faults = FaultList()
  private var bodyFaults: [Fault] = []

  /// An input that is about to be read.
  public init(_ request: Request, path: Path) {
    self.request = request
    self.path = path
    query = FieldReader(request.query, location: .query)
  }

  /// Reads a parameter of the path; nil is a fault.
  ///
  /// - Parameters:
  ///   - index: the segment's place in the path, from 0.
  ///   - style: how the value is written.
  public mutating func path<Value>(
    _ name: String, at index: Int, _ style: ParameterStyle = .simple(explode: false),
    _ read: (inout TextReader) -> Value?
  ) -> Value? {
    let text = EncodedText(text: path[index]?.encoded ?? "", coding: .percent)
    return readText(text, style, .path, name, read)
  }

  /// Reads a header field; nil when it is not there, or has a fault.
  public mutating func header<Value>(
    _ name: String, _ style: ParameterStyle = .simple(explode: false), _ read: (inout TextReader) -> Value?
  ) -> Value? {
    guard let field = HTTPField.Name(name), let text = request.head.headerFields[field] else { return nil }
    return readText(EncodedText(text: text[...], coding: .field), style, .header, name, read)
  }

  /// Reads a header field that must be there; nil is a fault.
  public mutating func requiredHeader<Value>(
    _ name: String, _ style: ParameterStyle = .simple(explode: false), _ read: (inout TextReader) -> Value?
  ) -> Value? {
    if HTTPField.Name(name).flatMap({ request.head.headerFields[$0] }) == nil {
      faults.append(
        Fault(location: .header, pointer: JSONPointer.member(name), code: "required", detail: "Is required."))
    }
    return header(name, style, read)
  }

  /// The cookies of the request (RFC 6265 §5.4); those that nobody reads are somebody else's.
  public var cookies: FieldReader {
    get { cookieReader ?? FieldReader(cookies: cookieHeader) }
    set { cookieReader = newValue }
  }

  /// HTTP/2 may cut the header into several fields (RFC 9113 §8.2.3).
  private var cookieHeader: String {
    request.head.headerFields[values: .cookie].joined(separator: ";")
  }

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
        bodyFaults = faults
        return nil
      }
    }
  }

  /// Reads a form; nil is a fault.
  ///
  /// - Parameter limit: the greatest length in bytes.
  /// - Throws: a ``Problem`` when the body is too large, does not come whole or is not UTF-8.
  public mutating func form<Value: FormDecodable>(
    _ type: Value.Type, upTo limit: Int
  ) async throws -> Value? {
    guard let text = String(validating: try await collect(upTo: limit), as: UTF8.self) else {
      throw Problem.badRequest("The form is not UTF-8.")
    }
    var form = FieldReader(text[...], location: .body)
    let value = Value.decode(from: &form)
    bodyFaults = form.faults.faults
    return value
  }

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

  /// The first of some media types that the body has.
  ///
  /// - Throws: 415.
  public func mediaType(among mediaTypes: String...) throws -> String {
    if let field = request.head.headerFields[.contentType] {
      if let same = mediaTypes.first(where: { $0 == field }) { return same }
      if let sent = MediaType(field), sent.isUTF8,
        let same = mediaTypes.first(where: { MediaType($0)?.isSame(as: sent) ?? false })
      {
        return same
      }
    }
    throw Problem.unsupportedMediaType(expected: mediaTypes.joined(separator: ", "))
  }

  /// Whether no fault was found; to be asked when all is read, since parameters that nobody read are faults too.
  public var isValid: Bool {
    faults.isEmpty && bodyFaults.isEmpty && query.isClean && cookieReader?.faults.isEmpty ?? true
  }

  /// All faults as one problem, 422.
  public var problem: Problem { .validationFailed(allFaults) }

  private var allFaults: [Fault] {
    var query = query
    query.refuseOthers()
    var all = faults
    if let cookieReader { all.append(contentsOf: cookieReader.faults.faults) }
    all.append(contentsOf: query.faults.faults)
    all.append(contentsOf: bodyFaults)
    return all.faults
  }

  private func collect(upTo limit: Int) async throws -> [UInt8] {
    do {
      return try await request.body.collect(upTo: limit)
    } catch let error as BodyError {
      switch error {
      case .tooLarge(let limit): throw Problem.contentTooLarge(limit: limit)
      case .interrupted: throw Problem.badRequest("The body did not come whole.")
      }
    }
  }

  private mutating func readText<Value>(
    _ text: EncodedText, _ style: ParameterStyle, _ location: Fault.Location, _ name: String,
    _ read: (inout TextReader) -> Value?
  ) -> Value? {
    var reader = TextReader(text, style, location: location, name: name)
    let value = read(&reader)
    faults.append(contentsOf: reader.faults.faults)
    return value
  }
}
