/// What follows an attempt that came to nothing before its first byte of text.
struct RetryPolicy: Sendable, Hashable {
  /// How often a server is asked again.
  var retries: Int
  /// The longest wait, by the server's word (`Retry-After`) or ours: a user waits as long.
  var longestWait = Duration.seconds(10)
  var firstWait = Duration.milliseconds(500)

  init(retries: Int) {
    self.retries = retries
  }

  enum Step: Hashable {
    /// The same server, after a wait.
    case again(after: Duration)
    /// The next server, at once; if there is none, the answer has failed.
    case next
    case fail
  }

  /// - Parameters:
  ///   - attempt: how many attempts at the server there were, 1 or more.
  ///   - left: how much of the time for the whole answer is left.
  ///   - random: 0 to 1.
  func step(after error: AIError, attempt: Int, left: Duration, random: Double) -> Step {
    guard left > .zero else { return .fail }
    switch error.remedy {
    case .none: return .fail
    case .otherServer: return .next
    case .time:
      guard attempt <= retries, let wait = wait(after: error, attempt: attempt, random: random), wait < left
      else { return .next }
      return .again(after: wait)
    }
  }

  /// What the server asks for, or twice as long each time; in both cases somewhat more or less, so that those who were
  /// refused together do not come back together. Nil where the server asks for too much.
  private func wait(after error: AIError, attempt: Int, random: Double) -> Duration? {
    if let asked = error.retryAfter { return asked > longestWait ? nil : asked + firstWait * random }
    return min(firstWait * (1 << min(attempt - 1, 16)), longestWait) * (0.5 + random / 2)
  }
}

extension AIError {
  fileprivate enum Remedy {
    /// It may pass.
    case time
    /// It will not pass, or has taken the time already; another server may do better.
    case otherServer
    case none
  }

  /// `docs/models.md` has this table for operators.
  fileprivate var remedy: Remedy {
    switch code {
    case .refused, .unreachable, .interrupted, .rateLimited: .time
    case .upstreamStatus(let status):
      [408, 409, 425].contains(status) || (500...599).contains(status) && status != 501 ? .time : .otherServer
    case .timeout, .invalidResponse, .unauthorized, .tooLarge, .invalidConfiguration: .otherServer
    case .cancelled: .none
    }
  }
}
