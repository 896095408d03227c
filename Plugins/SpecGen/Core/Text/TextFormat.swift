/// The formats of strings that a value of the document is checked against.
enum TextFormat {
  /// Whether a text has a format, by the checks of the runtime's `StringFormat` (its files are links).
  static func accepts(_ text: String, _ format: StringConstraints.Format) -> Bool {
    switch format {
    case .uuid: isUUID(text)
    case .date: isDate(text)
    case .dateTime: isDateTime(text)
    case .time: isDateTime("2000-01-02T" + text)
    case .email, .idnEmail: Format.isEmail(text)
    case .hostname: Format.isHostname(text)
    case .ipv4: Format.isIPv4(text)
    case .ipv6: Format.isIPv6(text)
    case .uri: Format.isURI(text)
    case .uriReference: Format.isURI(text, .reference)
    case .iri: Format.isURI(text, .international)
    case .iriReference: Format.isURI(text, [.reference, .international])
    case .uriTemplate: Format.uriTemplate.matches(text)
    case .duration: Format.duration.matches(text)
    case .regex: PatternSyntax.check(text) == nil
    case .jsonPointer: Format.jsonPointer.matches(text)
    case .relativeJSONPointer: Format.relativeJSONPointer.matches(text)
    case .byte: Format.isBase64(text)
    case .binary, .password: true
    }
  }

  /// RFC 9562 §4.
  static func isUUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }

  /// RFC 3339 §5.6 `full-date`.
  static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// RFC 3339 §5.6 `date-time`.
  static func isDateTime(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    guard rest.count >= 20, isDate(String(decoding: rest.prefix(10), as: UTF8.self)) else { return false }
    rest = rest.dropFirst(10)
    guard rest.first == 0x54 || rest.first == 0x74 else { return false }
    rest = rest.dropFirst()
    guard let (hour, minute) = hoursAndMinutes(rest.prefix(5)), hour < 24, minute < 60 else { return false }
    rest = rest.dropFirst(5)
    guard rest.first == 0x3A, let second = number(rest.dropFirst().prefix(2)), second <= 60 else { return false }
    rest = rest.dropFirst(3)
    if rest.first == 0x2E {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }.count
      guard digits > 0 else { return false }
      rest = rest.dropFirst(1 + digits)
    }
    if rest.elementsEqual([0x5A]) || rest.elementsEqual([0x7A]) { return true }
    guard rest.count == 6, rest.first == 0x2B || rest.first == 0x2D else { return false }
    return hoursAndMinutes(rest.dropFirst()).map { $0 < 24 && $1 < 60 } ?? false
  }

  /// Milliseconds since 1970 of a `date-time`; nil when it is none.
  static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard isDateTime(text), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let (hour, minute) = hoursAndMinutes(bytes[11..<16]),
      let second = number(bytes[17..<19])
    else { return nil }
    let fraction = bytes.dropFirst(19).first == 0x2E ? bytes.dropFirst(20).prefix { (0x30...0x39).contains($0) } : []
    let milliseconds = number((Array(fraction) + [0x30, 0x30, 0x30])[0..<3]) ?? 0
    // Days of the Gregorian calendar, years beginning in March so that the leap day is the last.
    let shifted = month > 2 ? year : year - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day
    var minutes = (days - 719_469) * 1440 + hour * 60 + minute
    let end = bytes.suffix(6)
    if end.first == 0x2B || end.first == 0x2D, let (hours, rest) = hoursAndMinutes(end.dropFirst()) {
      minutes -= (end.first == 0x2B ? 1 : -1) * (hours * 60 + rest)
    }
    return Int64((minutes * 60 + second) * 1000 + milliseconds)
  }

  private static func hoursAndMinutes(_ bytes: ArraySlice<UInt8>) -> (Int, Int)? {
    guard bytes.count == 5, bytes[bytes.startIndex + 2] == 0x3A,
      let hour = number(bytes.prefix(2)), let minute = number(bytes.suffix(2))
    else { return nil }
    return (hour, minute)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
