extension Duration {
  /// Milliseconds for curl: at least 1, because 0 would mean no limit, and at most what 32 bits hold.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return max(1, Int(min(seconds, 2_000_000)) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
  }
}
