extension Timestamp: CustomStringConvertible, Codable {
  /// Reads an RFC 3339 §5.6 `date-time`, such as `2026-01-02T03:04:05.678+01:00`.
  ///
  /// Digits after the millisecond are dropped. A leap second (`:60`) is accepted where one can be, as the last second of
  /// a day in UTC, and means the first moment of the next day. Nil when the text is anything else.
  public init?(rfc3339 text: some StringProtocol) {
    guard let moment = withBytes(of: text, Timestamp.init(rfc3339Bytes:)) else { return nil }
    self = moment
  }

  /// Reads an RFC 3339 `date-time` of UTF-8 bytes; see ``init(rfc3339:)``.
  public init?(rfc3339Bytes bytes: Span<UInt8>) {
    guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"),
      let date = CalendarDate(iso8601Bytes: bytes.extracting(first: 10)),
      let hour = bytes.decimal(at: 11, digits: 2), hour < 24,
      let minute = bytes.decimal(at: 14, digits: 2), minute < 60,
      let second = bytes.decimal(at: 17, digits: 2), second <= 60
    else { return nil }

    var position = 19
    var fraction = 0
    if bytes[position] == UInt8(ascii: ".") {
      var scale = 100
      let start = position + 1
      position = start
      while position < bytes.count, let digit = bytes.decimal(at: position, digits: 1) {
        fraction += digit * scale
        scale /= 10
        position += 1
      }
      guard position > start else { return nil }
    }

    guard let offset = Timestamp.offset(bytes, at: position) else { return nil }
    let minuteOfDay = hour * 60 + minute - offset
    if second == 60, (minuteOfDay + 2880) % 1440 != 1439 { return nil }
    let seconds = date.daysSince1970 * 86_400 + minuteOfDay * 60 + second
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(second == 60 ? 0 : fraction))
    guard Timestamp.earliest <= self, self <= Timestamp.latest else { return nil }
  }

  /// The offset from UTC in minutes of a `Z` or `+01:00` that ends the text.
  private static func offset(_ bytes: Span<UInt8>, at position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    let sign: Int
    switch bytes[position] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return position + 1 == bytes.count ? 0 : nil
    case UInt8(ascii: "+"): sign = 1
    case UInt8(ascii: "-"): sign = -1
    default: return nil
    }
    guard bytes.count == position + 6, bytes[position + 3] == UInt8(ascii: ":"),
      let hours = bytes.decimal(at: position + 1, digits: 2), hours < 24,
      let minutes = bytes.decimal(at: position + 4, digits: 2), minutes < 60
    else { return nil }
    return sign * (hours * 60 + minutes)
  }

  /// The moment in UTC with milliseconds, such as `2026-01-02T03:04:05.678Z`; clamped to the years 0001 to 9999.
  public var rfc3339: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the 24 ASCII characters of ``rfc3339``.
  public func appendRFC3339(to bytes: inout [UInt8]) {
    let clamped = min(max(self, .earliest), .latest)
    CalendarDate(clamped).appendISO8601(to: &bytes)
    let millisecond = clamped.millisecondOfDay
    bytes.append(UInt8(ascii: "T"))
    bytes.appendDecimal(millisecond / 3_600_000, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDecimal(millisecond / 60_000 % 60, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDecimal(millisecond / 1000 % 60, digits: 2)
    bytes.append(UInt8(ascii: "."))
    bytes.appendDecimal(millisecond % 1000, digits: 3)
    bytes.append(UInt8(ascii: "Z"))
  }

  private var millisecondOfDay: Int {
    let remainder = milliseconds % 86_400_000
    return Int(remainder < 0 ? remainder + 86_400_000 : remainder)
  }

  public var description: String { rfc3339 }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let moment = Timestamp(rfc3339: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "Expected an RFC 3339 date-time.")
    }
    self = moment
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rfc3339)
  }
}
