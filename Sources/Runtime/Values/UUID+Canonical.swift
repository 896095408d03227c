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
    let dash = UInt8(ascii: "-")
    guard bytes[8] == dash, bytes[13] == dash, bytes[18] == dash, bytes[23] == dash else { return nil }
    // Without a branch for each digit: nobody can foresee whether a random one is a letter.
    var isValid: UInt8 = 1
    func number(_ range: Range<Int>) -> UInt64 {
      var number: UInt64 = 0
      for index in range {
        let byte = bytes[index]
        let isDigit: UInt8 = byte &- UInt8(ascii: "0") < 10 ? 1 : 0
        let isLetter: UInt8 = (byte | 0x20) &- UInt8(ascii: "a") < 6 ? 1 : 0
        isValid &= isDigit | isLetter
        number = number << 4 | UInt64(byte & 0xF &+ isLetter &* 9)
      }
      return number
    }
    let high = number(0..<8) << 32 | number(9..<13) << 16 | number(14..<18)
    let low = number(19..<23) << 48 | number(24..<36)
    guard isValid == 1 else { return nil }
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
