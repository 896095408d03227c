/// Calls `body` with the UTF-8 bytes of a text, without a copy where the text is a native one.
func withBytes<Value>(of text: some StringProtocol, _ body: (Span<UInt8>) -> Value?) -> Value? {
  let value = text.utf8.withContiguousStorageIfAvailable { body($0.span) }
  if let value { return value }
  return body(Array(text.utf8).span)
}

extension Span<UInt8> {
  /// The number that exactly so many ASCII digits make; nil when one of them is something else or missing.
  func decimal(at position: Int, digits: Int) -> Int? {
    guard position + digits <= count else { return nil }
    var value = 0
    for index in position..<position + digits {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

extension [UInt8] {
  /// Appends a number of zero to four digits, with leading zeros.
  mutating func appendDecimal(_ value: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
