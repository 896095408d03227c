public import FoundationEssentials
public import Values

extension JSONReader {
  /// Where a string's characters are, between the quotes.
  struct StringToken {
    var start: Int
    var end: Int
    var hasEscapes: Bool
  }

  /// Reads a string and checks it.
  ///
  /// - Parameters:
  ///   - minLength: in characters (Unicode scalars), as JSON Schema 2020-12 §6.3 counts.
  ///   - maxLength: in characters.
  ///   - maxBytes: in UTF-8.
  public mutating func string(
    minLength: Int = 0, maxLength: Int = .max, maxBytes: Int = .max, pattern: Pattern? = nil,
    format: StringFormat? = nil
  ) -> String? {
    guard expect(.string), let token = scanString() else { return nil }
    let text = text(of: token)
    let violations = Constraint.violations(
      of: text, minLength: minLength, maxLength: maxLength, maxBytes: maxBytes, pattern: pattern, format: format)
    for violation in violations { record(violation) }
    return violations.isEmpty ? text : nil
  }

  /// Reads a string that can only be one (`const`).
  public mutating func constant(_ value: String) -> String? {
    guard let text = string() else { return nil }
    if text == value { return text }
    record(Constraint.notConstant(value))
    return nil
  }

  /// Reads a string of format `uuid` (RFC 9562 §4).
  public mutating func uuid() -> UUID? {
    formatted(Constraint.notUUID) { UUID(canonicalBytes: $0) }
  }

  /// Reads a string of format `date-time` (RFC 3339 §5.6).
  public mutating func timestamp() -> Timestamp? {
    formatted(Constraint.notTimestamp) { Timestamp(rfc3339Bytes: $0) }
  }

  /// Reads a string of format `date` (RFC 3339 §5.6).
  public mutating func date() -> CalendarDate? {
    formatted(Constraint.notDate) { CalendarDate(iso8601Bytes: $0) }
  }

  /// Reads a string in base64 (RFC 4648 §4).
  public mutating func base64() -> Data? {
    guard let text = string() else { return nil }
    if let data = Data(base64: text) { return data }
    record(StringFormat.byte.violation)
    return nil
  }

  private mutating func formatted<Value>(
    _ violation: Violation, _ parse: (Span<UInt8>) -> Value?
  ) -> Value? {
    guard expect(.string), let token = scanString() else { return nil }
    let value =
      token.hasEscapes
      ? parse(unescaped(token).span)
      : parse(UnsafeBufferPointer(rebasing: bytes[token.start..<token.end]).span)
    if value == nil { record(violation) }
    return value
  }

  func text(of token: StringToken) -> String {
    let characters = UnsafeBufferPointer(rebasing: bytes[token.start..<token.end])
    guard token.hasEscapes else { return JSONReader.text(characters) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: characters.count) { text in
      let count = unescape(token, into: text)
      return JSONReader.text(UnsafeBufferPointer(rebasing: text[..<count]))
    }
  }

  /// A string of UTF-8, which was checked with the whole text: nothing is read of one that is none.
  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(copying: UTF8Span(unchecked: bytes.span))
  }

  /// Passes over a string, quotes included, and checks its escapes; the next byte is the opening quote.
  mutating func scanString() -> StringToken? {
    let opening = position
    let start = position + 1
    var hasEscapes = false
    position = start
    while true {
      position = ByteScan.plainPrefix(bytes, from: position)
      guard position < bytes.count else {
        fail("A string has no closing quote", at: opening)
        return nil
      }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return StringToken(start: start, end: position - 1, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        guard scanEscape() else { return nil }
      default:
        fail("A control character in a string must be written as an escape")
        return nil
      }
    }
  }

  private mutating func scanEscape() -> Bool {
    guard position + 1 < bytes.count else { return fail("A string ends within an escape", at: bytes.count) }
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      guard let unit = hexadecimal(at: position + 2) else { return fail("`\\u` must be followed by four digits") }
      if 0xDC00...0xDFFF ~= unit { return fail("A low surrogate stands without a high one") }
      if 0xD800...0xDBFF ~= unit {
        guard position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
          bytes[position + 7] == UInt8(ascii: "u"), let low = hexadecimal(at: position + 8), 0xDC00...0xDFFF ~= low
        else { return fail("A high surrogate stands without a low one") }
        position += 6
      }
      position += 6
    default: return fail("There is no such escape")
    }
    return true
  }

  /// The number that four hexadecimal digits make.
  private func hexadecimal(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }

  /// The UTF-8 of a string whose escapes were checked.
  func unescaped(_ token: StringToken) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: token.end - token.start) { text, count in
      count = unescape(token, into: text)
    }
  }

  /// Writes the UTF-8 of a string whose escapes were checked; returns how long it is.
  ///
  /// - Parameter text: has room for as many bytes as were read: an escape is longer than what it stands for.
  private func unescape(_ token: StringToken, into text: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var count = 0
    func append(_ byte: UInt8) {
      text[count] = byte
      count += 1
    }
    var index = token.start
    while true {
      let plain = UnsafeBufferPointer(
        rebasing: bytes[index..<ByteScan.backslash(bytes, in: index..<token.end)])
      _ = text[count...].update(fromContentsOf: plain)
      count += plain.count
      index += plain.count
      guard index < token.end else { return count }
      switch bytes[index + 1] {
      case UInt8(ascii: "b"): append(0x08)
      case UInt8(ascii: "f"): append(0x0C)
      case UInt8(ascii: "n"): append(0x0A)
      case UInt8(ascii: "r"): append(0x0D)
      case UInt8(ascii: "t"): append(0x09)
      case UInt8(ascii: "u"):
        var value = hexadecimal(at: index + 2) ?? 0xFFFD
        if 0xD800...0xDBFF ~= value, let low = hexadecimal(at: index + 8) {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          index += 6
        }
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
        index += 4
      default: append(bytes[index + 1])
      }
      index += 2
    }
  }
}
