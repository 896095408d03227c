/// Why a model did not answer.
///
/// `description` is fit for users and names no server; `debugDescription` is for the log. Neither holds an API key.
public struct AIError: Error, Sendable, Hashable {
  public enum Code: Sendable, Hashable {
    /// Nothing listens at the endpoint.
    case refused
    /// The host cannot be found or reached, or TLS failed.
    case unreachable
    /// The server did not connect, answer or go on in time.
    case timeout
    /// The connection ended in the middle of the answer.
    case interrupted
    /// The answer is not what the dialect says.
    case invalidResponse
    /// A status other than those below.
    case upstreamStatus(Int)
    /// 401 or 403: the API key is missing or wrong.
    case unauthorized
    /// 429. The duration is what `Retry-After` says, if it says.
    case rateLimited(retryAfter: Duration?)
    /// The answer is longer than the limit.
    case tooLarge
    /// The task was cancelled; the connection is closed.
    case cancelled
    /// The configuration names no usable endpoint or provider.
    case invalidConfiguration
  }

  public let code: Code

  /// What precisely happened, for a log.
  public let detail: String

  public init(_ code: Code, _ detail: String = "") {
    self.code = code
    self.detail = detail
  }

  /// Whether it was time that ran out: the difference between 504 and 502.
  public var isTimeout: Bool { code == .timeout }
}

extension AIError: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String {
    switch code {
    case .refused: "The model server refuses connections."
    case .unreachable: "The model server cannot be reached."
    case .timeout: "The model server did not answer in time."
    case .interrupted: "The model server broke off in the middle of the answer."
    case .invalidResponse: "The model server answered with something that is not an answer."
    case .upstreamStatus(let status): "The model server answered with status \(status)."
    case .unauthorized: "The model server refuses this service's credentials."
    case .rateLimited: "The model server is asked too often. Try again later."
    case .tooLarge: "The model server's answer is too long."
    case .cancelled: "The answer was cancelled."
    case .invalidConfiguration: "The model is not configured: \(detail)"
    }
  }

  public var debugDescription: String {
    detail.isEmpty ? "AIError(\(code))" : "AIError(\(code): \(detail))"
  }
}
