import Synchronization
import Values

/// The `Date` of a response (RFC 9110 §5.6.7), written once a second.
enum HTTPDate {
  private static let last = Mutex((second: Int64.min, text: ""))

  static func now() -> String {
    let second = Timestamp.now.milliseconds / 1000
    return last.withLock { last in
      if last.second != second { last = (second, text(second: second)) }
      return last.text
    }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` for the seconds since 1970-01-01T00:00:00Z.
  static func text(second: Int64) -> String {
    let day = second / 86_400
    let date = CalendarDate(Timestamp(milliseconds: second * 1000))
    let time = Int(second % 86_400)
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[Int((day + 4) % 7)]
    return "\(weekday), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
      + "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
