/// A regular expression as a tree.
indirect enum PatternNode: Equatable, Sendable {
  case set(ScalarSet)
  /// `^`.
  case start
  /// `$`.
  case end
  /// `\b`, or `\B` when it is not one.
  case wordBoundary(Bool)
  /// `(?=…)`, and with `<` what stands before; negated with `!`.
  case look(PatternNode, isAhead: Bool, isNegated: Bool)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// Between `minimum` and `maximum` times, or more when there is no maximum.
  case repetition(PatternNode, minimum: Int, maximum: Int?)
}

extension PatternNode {
  /// What matches the same texts from their end to their beginning.
  var reversed: PatternNode {
    switch self {
    case .set, .start, .end, .wordBoundary, .look: self
    case .sequence(let nodes): .sequence(nodes.reversed().map { $0.reversed })
    case .alternatives(let branches): .alternatives(branches.map { $0.reversed })
    case .repetition(let node, let minimum, let maximum):
      .repetition(node.reversed, minimum: minimum, maximum: maximum)
    }
  }
}

/// Why a pattern cannot be used.
struct PatternError: Error, Equatable, Sendable {
  /// One sentence without a full stop.
  var reason: String
}
