import AIClient
public import HTTP
import Security
import Storage

/// The one door through which an error leaves that no operation declares.
public enum Problems {
  /// What the client is told. Everything unexpected is a plain 500; the caller logs the error itself.
  public static func problem(for error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let error as StorageError: problem(for: error)
    case let error as SecurityError: problem(for: error)
    case is CancellationError: .overloaded()
    default: .internalError
    }
  }

  private static func problem(for error: StorageError) -> Problem {
    switch error.code {
    case .unavailable, .timeout, .transactionAborted: .databaseUnavailable()
    case .poolExhausted, .cancelled: .overloaded()
    case .outcomeUnknown: outcomeUnknown
    case .invalidValue: .badRequest(error.description)
    // A deadlock, say: nothing was changed, and the other one is through by now.
    case .sqlState where error.isTransient: .overloaded()
    case .uniqueViolation, .foreignKeyViolation, .checkViolation, .notNullViolation, .decoding, .migrationRefused,
      .requirementFailed, .configuration, .sqlState, .sqlite:
      .internalError
    }
  }

  private static func problem(for error: SecurityError) -> Problem {
    switch error.code {
    case .overloaded, .cancelled, .shutDown: .overloaded()
    case .passwordTooLong, .passwordContainsNUL: .badRequest(error.description)
    case .invalidHash, .invalidCost, .emptySecret, .invalidToken, .expiredToken, .libraryFailure: .internalError
    }
  }

  /// Trying again could do twice what must happen once, so there is no Retry-After.
  private static let outcomeUnknown = Problem(
    status: 503, code: "outcome-unknown", title: "Outcome unknown",
    detail: "The connection to the database broke while your change was saved: look whether it is there.")
}
