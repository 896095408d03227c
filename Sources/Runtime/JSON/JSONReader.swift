public import Values

/// Reads JSON (RFC 8259) from bytes in one pass, straight into typed values.
///
/// A text that is not JSON ends the reading with a ``JSONSyntaxError``. A value that breaks a constraint is recorded as a
/// ``Fault`` with its JSON pointer and reading goes on, so that all faults of a text are told at once. A name that occurs
/// twice in an object is a fault.
///
/// The reader lives only inside ``read(_:from:location:depth:)``, which keeps the bytes in place; it cannot be copied out.
public struct JSONReader: ~Copyable {
  /// The text, which is valid UTF-8.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The next byte to look at.
  var position = 0
  var path = JSONPath()
  let location: Fault.Location
  private(set) var faults = FaultList()

  private init(_ bytes: UnsafeBufferPointer<UInt8>, location: Fault.Location, depth: Int) {
    self.bytes = bytes
    self.location = location
    path.maximumDepth = depth
  }

  /// Reads a whole text as one value.
  ///
  /// - Parameters:
  ///   - bytes: the text, in UTF-8 without a byte order mark.
  ///   - location: the part of the request that faults name.
  ///   - depth: how many arrays and objects may stand in one another.
  public static func read<Value: JSONDecodable>(
    _ type: Value.Type = Value.self, from bytes: [UInt8], location: Fault.Location = .body, depth: Int = 128
  ) throws(JSONReadError) -> Value {
    let text = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(JSONReadError) in
        var reader = JSONReader(bytes, location: location, depth: depth)
        return try reader.readWhole(type)
      }
    }
    return try text.get()
  }

  private mutating func readWhole<Value: JSONDecodable>(_ type: Value.Type) throws(JSONReadError) -> Value {
    let value: Value?
    do throws(JSONSyntaxError) {
      try checkUTF8()
      value = try Value.decode(from: &self)
      skipWhitespace()
      guard position == bytes.count else { throw error("Expected nothing after the value") }
    } catch {
      throw .syntax(error)
    }
    guard let value, faults.isEmpty else { throw .faults(faults.faults) }
    return value
  }

  private func checkUTF8() throws(JSONSyntaxError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw self.error("The text is not UTF-8", at: error.byteOffsets.lowerBound)
    }
  }
}

extension JSONReader {
  /// The kinds of JSON values.
  public enum Kind: String, Sendable {
    case null, boolean, number, string, array, object
  }

  /// The kind of the next value.
  public mutating func kind() throws(JSONSyntaxError) -> Kind {
    switch next() {
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw error("Expected a value")
    }
  }

  /// Records a fault at the value that was read last, or at a member of it.
  public mutating func record(code: String, detail: String, member: String? = nil) {
    let pointer = path.pointer(in: bytes) + (member.map { "/" + JSONPath.escaped($0) } ?? "")
    faults.append(Fault(location: location, pointer: pointer, code: code, detail: detail))
  }

  package mutating func record(_ violation: Violation) {
    record(code: violation.code, detail: violation.detail)
  }

  /// Reads `null`.
  public mutating func readNull() throws(JSONSyntaxError) {
    skipWhitespace()
    try literal("null")
  }

  /// Reads a boolean.
  public mutating func boolean() throws(JSONSyntaxError) -> Bool? {
    guard try expect(.boolean) else { return nil }
    if bytes[position] == UInt8(ascii: "t") {
      try literal("true")
      return true
    }
    try literal("false")
    return false
  }

  /// Reads null, or a value as `read` does; nil is a fault, `.some(nil)` is null.
  @inlinable
  public mutating func nullable<Value>(
    _ read: (inout JSONReader) throws(JSONSyntaxError) -> Value?
  ) throws(JSONSyntaxError) -> Value?? {
    guard try kind() == .null else { return try read(&self).map(Optional.some) }
    try readNull()
    return .some(nil)
  }

  /// Reads a member of a partial update: null, or a value as `read` does; `.absent` is a fault.
  @inlinable
  public mutating func presence<Value>(
    _ read: (inout JSONReader) throws(JSONSyntaxError) -> Value?
  ) throws(JSONSyntaxError) -> Presence<Value> {
    guard try kind() == .null else { return try read(&self).map(Presence.value) ?? .absent }
    try readNull()
    return .null
  }

  /// Whether the next value is of a kind; if not, records a fault and skips the value.
  mutating func expect(_ expected: Kind) throws(JSONSyntaxError) -> Bool {
    let found = try kind()
    if found == expected { return true }
    if found == .null {
      record(code: "null", detail: "Must not be null.")
    } else {
      record(code: "type", detail: "Must be \(expected.phrase), not \(found.phrase).")
    }
    try skipValue()
    return false
  }

  /// The next byte after white space, not consumed; 0 at the end of the text.
  @inline(__always)
  mutating func next() -> UInt8 {
    skipWhitespace()
    return position < bytes.count ? bytes[position] : 0
  }

  @inline(__always)
  mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  mutating func literal(_ text: StaticString) throws(JSONSyntaxError) {
    let length = text.utf8CodeUnitCount
    let isThere =
      position + length <= bytes.count
      && text.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + length]) }
    guard isThere else { throw error("Expected `\(text)`") }
    position += length
  }

  func error(_ reason: String, at offset: Int? = nil) -> JSONSyntaxError {
    let offset = offset ?? position
    let ended = offset >= bytes.count
    return JSONSyntaxError(bytes, at: offset, reason: ended ? reason + ", but the text ends" : reason)
  }
}

extension JSONReader.Kind {
  /// With its article.
  var phrase: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
