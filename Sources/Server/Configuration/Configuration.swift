import AIClient
import HTTPServer
import Logging
import Security

/// What the server is to do, every value checked.
struct Configuration {
  var database: DatabaseURL
  var jwtSecret: String
  var jwtAlgorithm: TokenSigner.Algorithm
  var ai: AIConfiguration
  var host: String
  /// 0 lets the system choose a free one.
  var port: Int
  var origins: CrossOrigin.Origins
  var bcryptCost: Int
  /// Connections to PostgreSQL; nil for the engine's default.
  var dbPoolSize: Int?
  var migrations: Migrations
  var logLevel: Logger.Level
  var rateLimits: RateLimits
  /// Tokens that a user may spend in a calendar month; nil for no limit.
  var monthlyTokenLimit: Int?

  /// What a start does about a database that is not as `api.yaml` says.
  enum Migrations: String, CaseIterable {
    /// Takes the steps that add or relax.
    case on
    /// Only looks, and does not start when the program cannot run.
    case off
  }

  /// - Parameter secret: gives the secret that is used for the one that is configured, or refuses it.
  /// - Throws: `ConfigurationError`.
  init(
    _ settings: Settings, secret: (String?) throws(ConfigurationError) -> String
  ) throws(ConfigurationError) {
    database = try DatabaseURL(settings[.databaseURL] ?? "sqlite:///parley.db")
    jwtAlgorithm = try settings.choice(.jwtAlgorithm) ?? .hs256
    ai = try AIConfiguration(settings)
    host = settings[.host] ?? "127.0.0.1"
    port = try settings.integer(.port, 0...65535, "is not a port (1 to 65535)") ?? 8000
    origins = try CrossOrigin.Origins(settings.list(.corsOrigins))
    let costs = PasswordHasher.costs
    bcryptCost =
      try settings.integer(.bcryptCost, costs, "is not a cost (\(costs.lowerBound) to \(costs.upperBound))") ?? 12
    dbPoolSize = try settings.integer(.dbPoolSize, 1...1000, "is not a number of connections (1 to 1000)")
    migrations = try settings.choice(.migrate) ?? .on
    logLevel = try settings.choice(.logLevel) ?? .info
    rateLimits = try settings.rateLimits()
    monthlyTokenLimit = try settings.integer(
      .monthlyTokenLimit, 1...Int(Int32.max) * 1000, "is not a number of tokens (1 or more)")
    jwtSecret = try secret(settings[.jwtSecret])
  }
}

extension Settings {
  func integer(
    _ setting: Setting, _ range: ClosedRange<Int>, _ fault: String
  ) throws(ConfigurationError) -> Int? {
    guard let text = self[setting] else { return nil }
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(text),
      range.contains(number)
    else { throw ConfigurationError(setting, text, fault) }
    return number
  }

  fileprivate func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ setting: Setting
  ) throws(ConfigurationError) -> Value? {
    guard let text = self[setting] else { return nil }
    if let choice = Value.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) { return choice }
    throw ConfigurationError(
      setting, text, "is not one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  fileprivate func rateLimits() throws(ConfigurationError) -> RateLimits {
    guard let text = self[.rateLimits] else { return RateLimits() }
    return try RateLimits(text)
  }

  func seconds(_ setting: Setting) throws(ConfigurationError) -> Duration? {
    guard let text = self[setting] else { return nil }
    guard let seconds = Double(text), seconds > 0, seconds <= 3600 else {
      throw ConfigurationError(setting, text, "is not a number of seconds (more than 0, at most 3600)")
    }
    return .seconds(seconds)
  }

  /// Values that commas separate.
  func list(_ setting: Setting) -> [String] {
    (self[setting] ?? "").split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
  }
}

extension CrossOrigin.Origins {
  /// `*`, or origins as browsers send them.
  fileprivate init(_ list: [String]) throws(ConfigurationError) {
    if list.isEmpty {
      self = .none
    } else if list == ["*"] {
      self = .any
    } else {
      for origin in list where !origin.isOrigin {
        throw ConfigurationError(.corsOrigins, origin, "is not an origin (such as https://app.example.com, or *)")
      }
      self = .only(Set(list))
    }
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// Whether this is a scheme, a host and perhaps a port, in lower case and nothing else (RFC 6454 §6.2).
  fileprivate var isOrigin: Bool {
    guard let scheme = ["https://", "http://"].first(where: hasPrefix) else { return false }
    let authority = dropFirst(scheme.count)
    return !authority.isEmpty
      && authority.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: ".-:[]".utf8.contains($0)
        }
      }
  }
}
