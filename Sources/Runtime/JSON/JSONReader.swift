public import Values

/// Reads JSON (RFC 8259) from bytes in one pass, straight into typed values.
///
/// A text that is not JSON ends the reading: every method returns nil or false from then on, and the whole reading throws
/// the ``JSONSyntaxError`` of the first place that was wrong. A value that breaks a constraint is recorded as a
/// ``Fault`` with its JSON pointer and reading goes on, so that all faults of a text are told at once. A name that occurs
/// twice in an object is a fault.
///
/// The reader lives only inside ``read(from:location:refusesReadOnly:depth:_:)``, which keeps the bytes in place; it cannot be copied out.
public struct JSONReader: ~Copyable {
  /// The text, which is valid UTF-8.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The next byte to look at.
  var position = 0
  var path = JSONPath()
  let location: Fault.Location
  var faults = FaultList()
  /// Where and why the text is not JSON.
  private var failure: JSONSyntaxError?
  /// Whether the text was found not to be JSON.
  var hasFailed: Bool { failure != nil }
  /// How many bytes were read again after trials that failed.
  var reread = 0

  /// Whether members that only the server may write are faults.
  let refusesReadOnly: Bool

  private init(
    _ bytes: UnsafeBufferPointer<UInt8>, location: Fault.Location, refusesReadOnly: Bool, depth: Int
  ) {
    self.bytes = bytes
    self.location = location
    self.refusesReadOnly = refusesReadOnly
    path.maximumDepth = depth
  }

  /// Reads a whole text as one value of a type; see ``read(from:location:refusesReadOnly:depth:_:)``.
  public static func read<Value: JSONDecodable>(
    _ type: Value.Type = Value.self, from bytes: [UInt8]
  ) throws(JSONReadError) -> Value {
    try read(from: bytes) { Value.decode(from: &$0) }
  }

  /// Reads a whole text as one value.
  ///
  /// - Parameters:
  ///   - bytes: the text, in UTF-8 without a byte order mark.
  ///   - location: the part of the request that faults name.
  ///   - refusesReadOnly: whether members that only the server may write are faults, as in a request.
  ///   - depth: how many arrays and objects may stand in one another.
  ///   - decode: reads the value; nil means that a fault was recorded.
  public static func read<Value>(
    from bytes: [UInt8], location: Fault.Location = .body, refusesReadOnly: Bool = false, depth: Int = 128,
    _ decode: (inout JSONReader) -> Value?
  ) throws(JSONReadError) -> Value {
    try bytes.withUnsafeBufferPointer { bytes throws(JSONReadError) in
      var reader = JSONReader(bytes, location: location, refusesReadOnly: refusesReadOnly, depth: depth)
      return try reader.readWhole(decode)
    }
  }

  private mutating func readWhole<Value>(
    _ decode: (inout JSONReader) -> Value?
  ) throws(JSONReadError) -> Value {
    if let offset = ByteScan.firstInvalidUTF8(bytes) { fail("The text is not UTF-8", at: offset) }
    let value = decode(&self)
    skipWhitespace()
    if position < bytes.count { fail("Expected nothing after the value") }
    if let failure { throw .syntax(failure) }
    guard let value, faults.isEmpty else { throw .faults(faults.faults) }
    return value
  }
}

extension JSONReader {
  /// The kinds of JSON values.
  public enum Kind: String, Sendable {
    case null, boolean, number, string, array, object
  }

  /// The kind of the next value; nil when there is none.
  public mutating func kind() -> Kind? {
    switch next() {
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default:
      fail("Expected a value")
      return nil
    }
  }

  /// Records a fault at the value that was read last, or at a member of it.
  public mutating func record(code: String, detail: String, member: String? = nil) {
    let below = member.map { JSONPointer.member($0) } ?? ""
    record(Violation(code: code, detail: detail), below: below)
  }

  /// Records a fault at a value within the one that was read last.
  mutating func record(_ violation: Violation, below pointer: String) {
    // A text that is no JSON has no faults: what is open was left as it is, without its names.
    guard !hasFailed else { return }
    // A pointer repeats the names on its way: neither the work nor the answer may grow with hostile names.
    guard !faults.isFull else { return }
    let pointer = JSONPointer.bounded(path.pointer(in: bytes) + pointer)
    faults.append(Fault(location: location, pointer: pointer, code: violation.code, detail: violation.detail))
  }

  package mutating func record(_ violation: Violation, member: String? = nil) {
    record(code: violation.code, detail: violation.detail, member: member)
  }

  /// Reads `null`; false when there is something else, which is no JSON then.
  public mutating func readNull() -> Bool {
    skipWhitespace()
    return literal("null")
  }

  /// Reads a boolean.
  public mutating func boolean() -> Bool? {
    guard expect(.boolean) else { return nil }
    if bytes[position] == UInt8(ascii: "t") { return literal("true") ? true : nil }
    return literal("false") ? false : nil
  }

  /// Reads a value of a type that reads itself.
  @inlinable
  public mutating func value<Value: JSONDecodable>(_ type: Value.Type) -> Value? {
    Value.decode(from: &self)
  }

  /// Reads a value of any kind.
  public mutating func any() -> JSONValue? {
    JSONValue.decode(from: &self)
  }

  /// Reads null, or a value as `read` does; nil is a fault, `.some(nil)` is null.
  @inlinable
  public mutating func nullable<Value>(
    _ read: (inout JSONReader) -> Value?
  ) -> Value?? {
    guard kind() == .null else { return read(&self).map(Optional.some) }
    return readNull() ? .some(nil) : nil
  }

  /// Reads a member of a partial update: null, or a value as `read` does; `.absent` is a fault.
  @inlinable
  public mutating func presence<Value>(
    _ read: (inout JSONReader) -> Value?
  ) -> Presence<Value> {
    guard kind() == .null else { return read(&self).map(Presence.value) ?? .absent }
    return readNull() ? .null : .absent
  }

  /// Whether the next value is of a kind; if not, records a fault and skips the value.
  mutating func expect(_ expected: Kind) -> Bool {
    guard let found = kind() else { return false }
    if found == expected { return true }
    if found == .null {
      record(Constraint.null)
    } else {
      record(code: "type", detail: "Must be \(expected.phrase), not \(found.phrase).")
    }
    skipValue()
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

  mutating func literal(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    let isThere =
      position + length <= bytes.count
      && text.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + length]) }
    guard isThere else { return fail("Expected `\(text)`") }
    position += length
    return true
  }

  /// Ends the reading, at the next byte unless another place is told; returns false.
  @discardableResult
  mutating func fail(_ reason: String, at offset: Int? = nil) -> Bool {
    if failure == nil {
      let offset = offset ?? position
      let reason = offset >= bytes.count ? reason + ", but the text ends" : reason
      failure = JSONSyntaxError(bytes, at: offset, reason: reason)
    }
    position = bytes.count
    return false
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
