public import FoundationEssentials

extension UUID {
  /// Reads the canonical text of RFC 9562 §4: 36 characters, hexadecimal digits of either case.
  public init?(canonical text: some StringProtocol) {
    guard let id = withBytes(of: text, UUID.init(canonicalBytes:)) else { return nil }
    self = id
  }

  /// Reads the canonical text of RFC 9562 §4 from ASCII bytes.
  public init?(canonicalBytes bytes: Span<UInt8>) {
    guard bytes.count == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var digits = 0
    for index in 0..<36 {
      let byte = bytes[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      if digits < 16 {
        high = high << 4 | UInt64(digit)
      } else {
        low = low << 4 | UInt64(digit)
      }
      digits += 1
    }
    self.init(high: high, low: low)
  }

  /// The 16 bytes as two numbers, most significant first.
  public init(high: UInt64, low: UInt64) {
    var bytes = (high.bigEndian, low.bigEndian)
    self.init(uuid: withUnsafeBytes(of: &bytes) { $0.load(as: uuid_t.self) })
  }

  /// The 16 bytes as two numbers, most significant first: ids made later by ``v7(at:)`` compare greater.
  public var words: (high: UInt64, low: UInt64) {
    withUnsafeBytes(of: uuid) {
      (
        UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }

  /// The text of RFC 9562 §4 in lower case.
  public var canonical: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    appendCanonical(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the 36 ASCII characters of ``canonical``.
  public func appendCanonical(to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "-"), count: 36))
    bytes.withUnsafeMutableBufferPointer { text in
      withUnsafeBytes(of: uuid) { value in
        var position = start
        for index in 0..<16 {
          if index == 4 || index == 6 || index == 8 || index == 10 { position += 1 }
          text[position] = UUID.digit(value[index] >> 4)
          text[position + 1] = UUID.digit(value[index] & 0xF)
          position += 2
        }
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }
}
