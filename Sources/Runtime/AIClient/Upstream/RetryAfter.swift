import FoundationEssentials

/// `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
enum RetryAfter {
  /// - Parameters:
  ///   - value: the header.
  ///   - sent: the header `Date` of the same response: a date counts from the server's clock, where it tells it.
  /// - Returns: nil for what is neither.
  static func duration(of value: String?, sent: String?) -> Duration? {
    guard let value else { return nil }
    if let seconds = Int(value), (0...31_536_000).contains(seconds) { return .seconds(seconds) }
    guard let date = seconds(of: value) else { return nil }
    let now = sent.flatMap(seconds(of:)) ?? Int(Date.now.timeIntervalSince1970)
    return .seconds(max(0, date - now))
  }

  /// The seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7).
  static func seconds(of date: String) -> Int? {
    let parts = date.split(separator: " ")
    guard parts.count == 6, parts[0].last == ",", parts[5] == "GMT",
      let day = Int(parts[1]), (1...31).contains(day),
      let month = months.firstIndex(where: { $0 == parts[2] }),
      let year = Int(parts[3]), (1970...9999).contains(year)
    else { return nil }
    let time = parts[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
    else { return nil }
    let days = day - 1 + month.daysBefore(in: year) + (year - 1970) * 365 + leapDays(before: year)
    return days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The leap days from 1970 to a year, which is left out.
  private static func leapDays(before year: Int) -> Int {
    let last = year - 1
    return (last / 4 - last / 100 + last / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
  }
}

extension Int {
  /// The days of a year before its month of this index.
  fileprivate func daysBefore(in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][self] + (isLeap && self > 1 ? 1 : 0)
  }
}
