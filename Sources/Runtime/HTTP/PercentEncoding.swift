/// Percent-encoding (RFC 3986 §2.1) and the encoding of forms (WHATWG URL §5.1).
enum PercentEncoding {
  /// The text that stands in a path, query or form; nil when a `%` has no two digits or the bytes are not UTF-8.
  static func decode(_ encoded: Substring.UTF8View, plusIsSpace: Bool = false) -> String? {
    let isPlain = encoded.allSatisfy { $0 != UInt8(ascii: "%") && (!plusIsSpace || $0 != UInt8(ascii: "+")) }
    if isPlain { return String(Substring(encoded)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.count)
    var iterator = encoded.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
