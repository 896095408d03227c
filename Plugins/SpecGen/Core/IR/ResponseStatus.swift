/// Which statuses a response is for: one wins over its range, and both over `default` (OpenAPI 3.1 §4.8.16).
enum ResponseStatus: Hashable, Sendable {
  case code(Int)
  /// `4XX`: 4.
  case range(Int)
  /// `default`.
  case any

  /// As the document writes it.
  var text: String {
    switch self {
    case .code(let code): "\(code)"
    case .range(let hundreds): "\(hundreds)XX"
    case .any: "default"
    }
  }

  var isExact: Bool { if case .code = self { true } else { false } }

  /// 200 to 299.
  var isSuccess: Bool { hundreds == 2 }

  /// 400 to 599, or anything.
  var isFailure: Bool { hundreds.map { $0 >= 4 } ?? true }

  func includes(_ code: Int) -> Bool {
    switch self {
    case .code(let own): own == code
    case .range(let hundreds): code / 100 == hundreds
    case .any: true
    }
  }

  /// nil: any.
  private var hundreds: Int? {
    switch self {
    case .code(let code): code / 100
    case .range(let hundreds): hundreds
    case .any: nil
    }
  }

  /// The case of an operation's output: the phrase of RFC 9110 §15 in lower camel case.
  var caseName: String {
    switch self {
    case .code(let code): Self.phrases[code] ?? "status\(code)"
    case .range(2): "success"
    case .range(3): "redirection"
    case .range(4): "clientError"
    case .range: "serverError"
    case .any: "default"
    }
  }

  private static let phrases = [
    200: "ok", 201: "created", 202: "accepted", 203: "nonAuthoritativeInformation", 204: "noContent",
    205: "resetContent", 206: "partialContent", 207: "multiStatus", 208: "alreadyReported", 226: "imUsed",
    300: "multipleChoices", 301: "movedPermanently", 302: "found", 303: "seeOther", 304: "notModified",
    305: "useProxy", 307: "temporaryRedirect", 308: "permanentRedirect",
    400: "badRequest", 401: "unauthorized", 402: "paymentRequired", 403: "forbidden", 404: "notFound",
    405: "methodNotAllowed", 406: "notAcceptable", 407: "proxyAuthenticationRequired", 408: "requestTimeout",
    409: "conflict", 410: "gone", 411: "lengthRequired", 412: "preconditionFailed", 413: "contentTooLarge",
    414: "uriTooLong", 415: "unsupportedMediaType", 416: "rangeNotSatisfiable", 417: "expectationFailed",
    421: "misdirectedRequest", 422: "unprocessableContent", 423: "locked", 424: "failedDependency", 425: "tooEarly",
    426: "upgradeRequired", 428: "preconditionRequired", 429: "tooManyRequests",
    431: "requestHeaderFieldsTooLarge", 451: "unavailableForLegalReasons",
    500: "internalServerError", 501: "notImplemented", 502: "badGateway", 503: "serviceUnavailable",
    504: "gatewayTimeout", 505: "httpVersionNotSupported", 506: "variantAlsoNegotiates", 507: "insufficientStorage",
    508: "loopDetected", 511: "networkAuthenticationRequired",
  ]
}
