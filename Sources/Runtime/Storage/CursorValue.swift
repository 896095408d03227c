public import FoundationEssentials
public import Values

/// A type of value by which a list can be sorted, and the bytes of such a value in a ``KeysetCursor``.
public protocol CursorValue: Sendable {
  /// Appends the value's type and bytes.
  static func append(_ value: Self, to content: inout [UInt8])

  /// Takes a value of this type from the front; nil when there is none.
  static func take(from content: inout ArraySlice<UInt8>) -> Self?
}

extension Bool: CursorValue {
  public static func append(_ value: Bool, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "b"))
    content.append(value ? 1 : 0)
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> Bool? {
    guard let byte = content.take(1, type: "b")?.first, byte < 2 else { return nil }
    return byte == 1
  }
}

extension Int: CursorValue {
  public static func append(_ value: Int, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "i"))
    content.append(bigEndian: UInt64(bitPattern: Int64(value)))
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> Int? {
    content.takeWord(type: "i").flatMap { Int(exactly: Int64(bitPattern: $0)) }
  }
}

extension Double: CursorValue {
  public static func append(_ value: Double, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "d"))
    content.append(bigEndian: value.bitPattern)
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> Double? {
    guard let value = content.takeWord(type: "d").map(Double.init(bitPattern:)), value.isFinite else { return nil }
    return value
  }
}

extension String: CursorValue {
  public static func append(_ value: String, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "s"))
    content.append(bigEndian: UInt32(truncatingIfNeeded: value.utf8.count))
    content.append(contentsOf: value.utf8)
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> String? {
    guard let count = content.take(4, type: "s")?.reduce(0, { $0 << 8 | Int($1) }), content.count >= count else {
      return nil
    }
    defer { content = content.dropFirst(count) }
    return String(validating: content.prefix(count), as: UTF8.self)
  }
}

extension UUID: CursorValue {
  public static func append(_ value: UUID, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "u"))
    content.append(bigEndian: value.words.high)
    content.append(bigEndian: value.words.low)
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> UUID? {
    guard let bytes = content.take(16, type: "u") else { return nil }
    return UUID(high: bytes.prefix(8).bigEndianWord, low: bytes.suffix(8).bigEndianWord)
  }
}

extension Timestamp: CursorValue {
  public static func append(_ value: Timestamp, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "t"))
    content.append(bigEndian: UInt64(bitPattern: value.milliseconds))
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> Timestamp? {
    content.takeWord(type: "t").map { Timestamp(milliseconds: Int64(bitPattern: $0)) }
  }
}

extension CalendarDate: CursorValue {
  public static func append(_ value: CalendarDate, to content: inout [UInt8]) {
    content.append(UInt8(ascii: "c"))
    content.append(contentsOf: value.iso8601.utf8)
  }

  public static func take(from content: inout ArraySlice<UInt8>) -> CalendarDate? {
    content.take(10, type: "c").flatMap { String(validating: $0, as: UTF8.self) }.flatMap(CalendarDate.init(iso8601:))
  }
}

extension [UInt8] {
  /// Appends an integer, most significant byte first.
  mutating func append(bigEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}

extension ArraySlice<UInt8> {
  /// Takes the letter of a type and so many bytes; nil when the letter is another or bytes are missing.
  fileprivate mutating func take(_ count: Int, type: Unicode.Scalar) -> ArraySlice<UInt8>? {
    guard self.count > count, first == UInt8(ascii: type) else { return nil }
    let bytes = dropFirst().prefix(count)
    self = dropFirst(count + 1)
    return bytes
  }

  fileprivate mutating func takeWord(type: Unicode.Scalar) -> UInt64? {
    take(8, type: type)?.bigEndianWord
  }

  fileprivate var bigEndianWord: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}
