import HTTPTypes
import JSON

/// What an operation asks for: one of several alternatives, each of schemes that are all asked for (OpenAPI 3.1 §4.8.30).
public struct SecurityRule: Sendable, Hashable {
  public var alternatives: [[SecurityScheme]]

  /// - Parameter alternatives: an empty one says that credentials may be left out.
  public init(_ alternatives: [SecurityScheme]...) {
    self.alternatives = alternatives
  }

  /// What a request shows for one scheme.
  public struct Credential: Sendable, Hashable {
    /// With the scopes that the operation asks for.
    public var scheme: SecurityScheme
    /// The token, the key, or what stands after the scheme of `Authorization`; empty for a certificate, which the
    /// transport knows.
    public var text: String

    public init(scheme: SecurityScheme, text: String) {
      self.scheme = scheme
      self.text = text
    }
  }

  /// What credentials are worth.
  public enum Verdict: Sendable, Hashable {
    case accepted(Principal)
    /// They are bad, expired or revoked.
    case refused
    /// They are good, but lack a scope.
    case lacksScopes
  }
}

/// Turns the credentials of any security scheme into a principal.
public protocol CredentialAuthenticator: Sendable {
  /// Checks credentials that are shown together, one for each scheme of an alternative, and that they allow the scopes
  /// of their schemes.
  ///
  /// - Throws: when they cannot be checked now, such as a database that does not answer.
  func authenticate(_ credentials: [SecurityRule.Credential], of request: Request) async throws -> SecurityRule.Verdict
}

extension CredentialAuthenticator {
  /// Who sends a request.
  ///
  /// - Throws: 401 with a challenge for each scheme, 403 when the credentials lack a scope, and what
  ///   ``authenticate(_:of:)`` throws.
  public func principal(of request: Request, by rule: SecurityRule) async throws -> Principal {
    guard let principal = try await check(request, rule) else { throw Problem.unauthorized(by: rule) }
    return principal
  }

  /// Who sends a request; nil for one without credentials. Bad ones are refused all the same, and so is an
  /// `Authorization` in which no scheme of the rule finds any.
  ///
  /// - Throws: as ``principal(of:by:)``.
  public func optionalPrincipal(of request: Request, by rule: SecurityRule) async throws -> Principal? {
    try await check(request, rule)
  }

  /// The principal of the first alternative whose credentials are all there and good; nil when there are none at all.
  private func check(_ request: Request, _ rule: SecurityRule) async throws -> Principal? {
    var isRefused = request.hasUnknownAuthorization(to: rule)
    var lacking: [SecurityScheme]?
    for alternative in rule.alternatives where !alternative.isEmpty {
      let credentials = alternative.compactMap { request.credential(for: $0) }
      guard credentials.count == alternative.count else { continue }
      switch try await authenticate(credentials, of: request) {
      case .accepted(let principal): return principal
      case .refused where alternative.allSatisfy { $0.kind == .mutualTLS }: continue  // Nobody said anything.
      case .refused: isRefused = true
      case .lacksScopes: lacking = lacking ?? alternative
      }
    }
    if let lacking { throw Problem.insufficientScope(of: lacking) }
    if isRefused { throw Problem.unauthorized(by: rule) }
    return nil
  }
}

extension Request {
  /// What the request shows for a scheme; nil when it shows nothing.
  func credential(for scheme: SecurityScheme) -> SecurityRule.Credential? {
    let text: String? =
      switch scheme.kind {
      case .http, .oauth2, .openIDConnect: scheme.authorization.flatMap(authorization).map { String($0) }
      case .apiKey(.header, let name): HTTPField.Name(name).flatMap { head.headerFields[$0] }
      case .apiKey(.cookie, let name): FieldReader(cookies: head.headerFields[.cookie] ?? "").first(name)
      case .apiKey(.query, let name): FieldReader(query, location: .query).first(name)
      case .mutualTLS: ""
      }
    return text.map { SecurityRule.Credential(scheme: scheme, text: $0) }
  }

  /// Whether there is an `Authorization` for a rule that has schemes of it, and nothing in it for any of them.
  func hasUnknownAuthorization(to rule: SecurityRule) -> Bool {
    guard head.headerFields[.authorization] != nil else { return false }
    let schemes = rule.alternatives.joined().compactMap(\.authorization)
    return !schemes.isEmpty && schemes.allSatisfy { authorization($0) == nil }
  }
}

extension Problem {
  /// 401, with a challenge for each scheme.
  static func unauthorized(by rule: SecurityRule) -> Problem {
    var problem = Problem.unauthorized
    problem.headers[.wwwAuthenticate] = distinct(rule.alternatives.joined().map(\.challenge)).joined(separator: ", ")
    let ways = rule.alternatives.filter { !$0.isEmpty }.map { alternative in
      distinct(alternative.map(\.advice)).joined(separator: " and ")
    }
    problem.detail = "Send valid credentials: \(distinct(ways).joined(separator: ", or "))."
    return problem
  }

  /// 403: the credentials are good, but do not allow what the operation does (RFC 6750 §3.1).
  static func insufficientScope(of schemes: [SecurityScheme]) -> Problem {
    let scopes = distinct(schemes.flatMap(\.scopes)).joined(separator: " ")
    let isToken = schemes.contains { $0.challenge == "Bearer" }
    return Problem(
      status: 403, code: "insufficient-scope", title: "Forbidden",
      detail: "The credentials lack a scope of: \(scopes).",
      headers: isToken ? [.wwwAuthenticate: "Bearer error=\"insufficient_scope\", scope=\"\(scopes)\""] : [:])
  }

  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
