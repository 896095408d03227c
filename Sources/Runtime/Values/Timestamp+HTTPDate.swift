extension Timestamp {
  /// Reads the date of a header field, such as `Sun, 06 Nov 1994 08:49:37 GMT` (`IMF-fixdate`, RFC 9110 §5.6.7).
  ///
  /// The day of the week is not checked. A leap second (`:60`) means the second after. Nil when the text is anything
  /// else, the two obsolete formats included, which no server of today writes.
  public init?(httpDate text: some StringProtocol) {
    guard let moment = withBytes(of: text, Timestamp.init(httpDateBytes:)) else { return nil }
    self = moment
  }

  private init?(httpDateBytes bytes: Span<UInt8>) {
    guard bytes.count == 29, bytes.holds(", ", at: 3), bytes.holds(" ", at: 7), bytes.holds(" ", at: 11),
      bytes.holds(" ", at: 16), bytes.holds(":", at: 19), bytes.holds(":", at: 22), bytes.holds(" GMT", at: 25),
      let month = Timestamp.months.firstIndex(where: { bytes.holds($0, at: 8) }),
      let day = bytes.decimal(at: 5, digits: 2), let year = bytes.decimal(at: 12, digits: 4),
      let date = CalendarDate(year: year, month: month + 1, day: day),
      let hour = bytes.decimal(at: 17, digits: 2), hour < 24,
      let minute = bytes.decimal(at: 20, digits: 2), minute < 60,
      let second = bytes.decimal(at: 23, digits: 2), second <= 60
    else { return nil }
    self.init(milliseconds: Int64(date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second) * 1000)
  }

  /// The second as a header field has it, such as `Sun, 06 Nov 1994 08:49:37 GMT` (`IMF-fixdate`, RFC 9110 §5.6.7);
  /// clamped to the years 0001 to 9999.
  public var httpDate: String {
    let clamped = min(max(self, .earliest), .latest)
    let date = CalendarDate(clamped)
    // 1970-01-01 was a Thursday.
    let weekday = ((date.daysSince1970 + 4) % 7 + 7) % 7
    let second = Int((clamped - date.start).components.seconds)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(29)
    bytes.append(contentsOf: "\(Timestamp.weekdays[weekday]), ".utf8)
    bytes.appendDecimal(date.day, digits: 2)
    bytes.append(contentsOf: " \(Timestamp.months[date.month - 1]) ".utf8)
    bytes.appendDecimal(date.year, digits: 4)
    bytes.append(UInt8(ascii: " "))
    bytes.appendDecimal(second / 3600, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDecimal(second / 60 % 60, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDecimal(second % 60, digits: 2)
    bytes.append(contentsOf: " GMT".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Span<UInt8> {
  /// Whether a text stands at a position.
  fileprivate func holds(_ text: StaticString, at position: Int) -> Bool {
    text.withUTF8Buffer { text in
      position + text.count <= count && text.indices.allSatisfy { self[position + $0] == text[$0] }
    }
  }
}
