import Synchronization
import Values

/// The `Date` of a response (RFC 9110 §6.6.1), written once a second.
enum HTTPDate {
  private static let last = Mutex((second: Int64.min, text: ""))

  static func now() -> String {
    let now = Timestamp.now
    let second = now.milliseconds / 1000
    return last.withLock { last in
      if last.second != second { last = (second, now.httpDate) }
      return last.text
    }
  }
}
