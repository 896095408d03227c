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
    /// 429. See `retryAfter`.
    case rateLimited
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

  /// When the server wants to be asked again, if it says so (`Retry-After`, RFC 9110 §10.2.3).
  public let retryAfter: Duration?

  public init(_ code: Code, _ detail: String = "", retryAfter: Duration? = nil) {
    self.code = code
    self.detail = detail
    self.retryAfter = retryAfter
  }

  /// Whether it was time that ran out: the difference between 504 and 502.
  public var isTimeout: Bool { code == .timeout }

  /// Whether the server may have charged for the attempt: it had the request, and did not refuse it.
  public var mayHaveCost: Bool {
    switch code {
    case .refused, .unreachable, .upstreamStatus, .unauthorized, .rateLimited, .invalidConfiguration: false
    case .timeout, .interrupted, .invalidResponse, .tooLarge, .cancelled: true
    }
  }
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
