import HTTPTypes
import JSON

/// Reads the input of an operation, parameters and body, and gathers every fault of it.
public struct InputReader: Sendable {
  /// The parameters of the query.
  public var query: FieldReader
  private var cookieReader: FieldReader?
  let request: Request
  private let path: Path
  private var faults = FaultList()
  private var bodyFaults = FaultList()

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

  /// Reads a parameter of the path that shares its segment with text or others; nil is a fault.
  ///
  /// - Parameters:
  ///   - part: which one it is of the segment's parameters, from 0.
  public mutating func path<Value>(
    _ name: String, at index: Int, part: Int, of pattern: SegmentPattern,
    _ style: ParameterStyle = .simple(explode: false), _ read: (inout TextReader) -> Value?
  ) -> Value? {
    let parts = path[index].flatMap(pattern.parts) ?? []
    let text = EncodedText(text: part < parts.count ? parts[part] : "", coding: .percent)
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
    get { cookieReader ?? FieldReader(cookies: request.head.headerFields[.cookie] ?? "") }
    set { cookieReader = newValue }
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
    all.append(contentsOf: bodyFaults.faults)
    return all.faults
  }

  mutating func recordBody(_ fault: Fault) {
    bodyFaults.append(fault)
  }

  mutating func recordBody(_ name: String, _ code: String, _ detail: String) {
    recordBody(Fault(location: .body, pointer: JSONPointer.member(name), code: code, detail: detail))
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
