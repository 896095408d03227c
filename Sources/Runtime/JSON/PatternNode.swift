/// A regular expression as a tree.
indirect enum PatternNode: Equatable, Sendable {
  case set(ScalarSet)
  /// `^`.
  case start
  /// `$`.
  case end
  /// `\b`, or `\B` when it is not one.
  case wordBoundary(Bool)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// Between `minimum` and `maximum` times, or more when there is no maximum.
  case repetition(PatternNode, minimum: Int, maximum: Int?)
}

/// Why a pattern cannot be used.
struct PatternError: Error, Equatable, Sendable {
  /// One sentence without a full stop.
  var reason: String
}
