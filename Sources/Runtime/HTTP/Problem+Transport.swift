import HTTPTypes
public import JSON

/// The problems that the runtime answers by itself, whatever the API.
extension Problem {
  /// 400: the body is not JSON.
  public static func malformedJSON(_ error: JSONSyntaxError) -> Problem {
    Problem(status: 400, code: "malformed-json", title: "Malformed JSON", detail: error.description)
  }

  /// 400: the request cannot be read at all.
  public static func badRequest(_ detail: String) -> Problem {
    Problem(status: 400, code: "bad-request", title: "Bad request", detail: detail)
  }

  /// 401, with the challenge of RFC 6750 §3.
  public static let unauthorized = Problem(
    status: 401, code: "unauthorized", title: "Unauthorized",
    detail: "Send a valid access token as `Authorization: Bearer TOKEN`.", headers: [.wwwAuthenticate: "Bearer"])

  /// 404: no such path.
  public static let notFound = Problem(
    status: 404, code: "not-found", title: "Not found", detail: "There is nothing at this path.")

  /// 405, with the methods that the path does answer (RFC 9110 §15.5.6).
  public static func methodNotAllowed(allow: String) -> Problem {
    Problem(
      status: 405, code: "method-not-allowed", title: "Method not allowed",
      detail: "This path answers \(allow).", headers: [.allow: allow])
  }

  /// 406, with the media types that there are.
  public static func notAcceptable(offered: String) -> Problem {
    Problem(
      status: 406, code: "not-acceptable", title: "Not acceptable",
      detail: "The answer is \(offered); the Accept header allows something else only.")
  }

  /// 413: the body is longer than so many bytes.
  public static func contentTooLarge(limit: Int) -> Problem {
    Problem(
      status: 413, code: "content-too-large", title: "Content too large",
      detail: "The body may have at most \(limit) bytes.")
  }

  /// 415, with the media types that there are.
  public static func unsupportedMediaType(expected: String) -> Problem {
    Problem(
      status: 415, code: "unsupported-media-type", title: "Unsupported media type",
      detail: "Send the body with Content-Type: \(expected).", headers: [.accept: expected])
  }

  /// 422, with every fault of the request.
  public static func validationFailed(_ faults: [Fault]) -> Problem {
    let detail =
      if faults.count == 1, let fault = faults.first {
        fault.detail
      } else {
        "The request has \(faults.count) faults; `errors` lists them."
      }
    return Problem(
      status: 422, code: "validation-failed", title: "Validation failed", detail: detail, faults: faults)
  }

  /// 429; `after` in seconds.
  public static func tooManyRequests(retryAfter seconds: Int) -> Problem {
    Problem(
      status: 429, code: "too-many-requests", title: "Too many requests",
      detail: "Try again in \(seconds) s.", headers: [.retryAfter: String(seconds)])
  }

  /// 500: a fault of ours, told in the log only.
  public static let internalError = Problem(
    status: 500, code: "internal-error", title: "Internal error",
    detail: "Something went wrong here; the log tells it under this request_id.")

  /// 503: more work than the server takes on.
  public static func overloaded(retryAfter seconds: Int = 1) -> Problem {
    Problem(
      status: 503, code: "overloaded", title: "Overloaded", detail: "The server is busy; try again in \(seconds) s.",
      headers: [.retryAfter: String(seconds)])
  }

  /// 503: the database does not answer.
  public static func databaseUnavailable(retryAfter seconds: Int = 1) -> Problem {
    Problem(
      status: 503, code: "database-unavailable", title: "Database unavailable",
      detail: "The database does not answer; try again in \(seconds) s.", headers: [.retryAfter: String(seconds)])
  }
}
