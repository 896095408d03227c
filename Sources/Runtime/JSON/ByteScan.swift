import Glibc

/// Looks at many bytes at a time.
enum ByteScan {
  @inline(__always)
  static func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    guard let left = left.baseAddress, let other = right.baseAddress else { return true }
    return memcmp(left, other, right.count) == 0
  }

  @inline(__always)
  static func isEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    isEqual(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
  }

  /// The first index, from `start` on, of a byte that cannot stand in a JSON string as it is: a quote, a backslash or a
  /// control character.
  @inline(__always)
  static func plainPrefix(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var index = start
    while index + 8 <= bytes.count {
      let found = special(UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)))
      guard found == 0 else { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  /// The first index in a range of a backslash; the end of the range when there is none.
  @inline(__always)
  static func backslash(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Int {
    guard let base = bytes.baseAddress else { return range.upperBound }
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      let found = zeros(word ^ ones &* 0x5C)
      guard found == 0 else { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < range.upperBound, bytes[index] != UInt8(ascii: "\\") { index += 1 }
    return index
  }

  /// Where a text is no UTF-8 any more (Unicode 17 §3.9, table 3-7); nil when all of it is.
  ///
  /// The standard library's check looks at every byte of a text that is not all ASCII.
  static func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = asciiPrefix(bytes, from: 0)
    while index < bytes.count {
      let (length, second): (Int, ClosedRange<UInt8>) =
        switch bytes[index] {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (.max, 0...0)
        }
      guard length <= bytes.count - index, second ~= bytes[index + 1] else { return index }
      for rest in index + 2..<index + length where bytes[rest] & 0xC0 != 0x80 { return index }
      index = asciiPrefix(bytes, from: index + length)
    }
    return nil
  }

  @inline(__always)
  private static func asciiPrefix(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var index = start
    while index + 8 <= bytes.count {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080
      guard word == 0 else { return index + UInt64(littleEndian: word).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The lowest bit that is set is the high one of the first byte that is zero; none is when no byte is.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// The lowest bit that is set is the high one of the first byte that is a quote, a backslash or a control character.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let control = (word &- ones &* 0x20) & ~word & highs
    return zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | control
  }
}
