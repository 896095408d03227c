import HTTP
import HTTPServer

/// How often a client may do what is costly: `RATE_LIMITS`.
///
/// `off`, or rules such as `login=20/minute,send=off`; what is not named keeps its default.
struct RateLimits: Hashable {
  /// By what `RATE_LIMITS` calls them.
  private(set) var rules: [Limited: RateLimit.Rule]

  /// What is limited, and the operations of `api.yaml` that it is.
  enum Limited: String, CaseIterable {
    case login, signup, refresh, password, send

    /// What limits an operation; nil for one that is not limited.
    init?(operationID: String) {
      guard let limited = Limited.allCases.first(where: { $0.operationIDs.contains(operationID) }) else { return nil }
      self = limited
    }

    /// Whether only a token lets in, so that it is the user who is counted.
    var isOfUser: Bool {
      switch self {
      case .login, .signup, .refresh: false
      case .password, .send: true
      }
    }

    var operationIDs: [String] {
      switch self {
      case .login: ["logIn"]
      case .signup: ["signUp"]
      case .refresh: ["refreshTokens"]
      // They compare the caller's password, which a stolen token must not help to guess.
      case .password: ["changePassword", "deleteCurrentUser"]
      case .send: ["sendMessage", "editMessage", "regenerateMessage"]
      }
    }
  }

  /// The defaults: enough for people behind one address, too few to guess passwords.
  init() {
    rules = [
      .login: RateLimit.Rule(count: 30, period: .seconds(60)),
      .signup: RateLimit.Rule(count: 30, period: .seconds(60)),
      .refresh: RateLimit.Rule(count: 60, period: .seconds(60)),
      .password: RateLimit.Rule(count: 10, period: .seconds(60)),
      .send: RateLimit.Rule(count: 60, period: .seconds(60)),
    ]
  }

  init(_ text: String) throws(ConfigurationError) {
    self.init()
    if text == "off" {
      rules = [:]
      return
    }
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard sides.count == 2, let limited = Limited(rawValue: sides[0]) else {
        let names = Limited.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigurationError(
          .rateLimits, part.trimmed, "is not a rule (NAME=COUNT/minute, where NAME is one of \(names); or off)")
      }
      rules[limited] = sides[1] == "off" ? nil : try RateLimits.rule(sides[1], in: part.trimmed)
    }
  }

  private static func rule(_ text: String, in part: String) throws(ConfigurationError) -> RateLimit.Rule {
    let sides = text.split(separator: "/", maxSplits: 1).map(\.trimmed)
    guard sides.count == 2, let count = Int(sides[0]), (1...1_000_000).contains(count),
      let period = periods[sides[1]]
    else { throw ConfigurationError(.rateLimits, part, "is not a rule (COUNT/second, COUNT/minute or COUNT/hour)") }
    return RateLimit.Rule(count: count, period: period)
  }

  private static let periods: [String: Duration] = [
    "second": .seconds(1), "minute": .seconds(60), "hour": .seconds(3600),
  ]
}

extension RateLimits {
  /// Answers for a client as often as its rule allows; the operations of one rule count together.
  ///
  /// - Parameter operation: the operation of `api.yaml` that a request is for.
  func layer(
    operation: @escaping @Sendable (Request) -> String?, client: @escaping @Sendable (Request) -> String,
    next: any Responder
  ) -> RateLimit {
    RateLimit(
      rules: Dictionary(uniqueKeysWithValues: rules.map { limited, rule in (limited.rawValue, rule) }),
      rule: { operation($0).flatMap(Limited.init(operationID:))?.rawValue }, client: client, next: next)
  }
}
