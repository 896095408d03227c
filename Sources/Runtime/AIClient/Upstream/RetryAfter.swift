import Values

/// `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
enum RetryAfter {
  /// - Parameters:
  ///   - value: the header.
  ///   - sent: the header `Date` of the same response: a date counts from the server's clock, where it tells it.
  /// - Returns: nil for what is neither.
  static func duration(of value: String?, sent: String?) -> Duration? {
    guard let value else { return nil }
    if let seconds = Int(value), (0...31_536_000).contains(seconds) { return .seconds(seconds) }
    guard let date = Timestamp(httpDate: value) else { return nil }
    return max(.zero, date - (sent.flatMap { Timestamp(httpDate: $0) } ?? .now))
  }
}
