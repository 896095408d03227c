/// A way to say who calls, as a document declares it (OpenAPI 3.1 §4.8.27).
public struct SecurityScheme: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The scheme of the `Authorization` header (RFC 9110 §11.4) in small letters: `bearer`, `basic`.
    case http(String)
    /// A header, a query parameter or a cookie of this name.
    case apiKey(in: Location, String)
    /// A bearer token (RFC 6750) that an authorization server gave out.
    case oauth2
    /// The same, by OpenID Connect.
    case openIDConnect
    /// The client's certificate, which whoever ends TLS has checked.
    case mutualTLS
  }

  public enum Location: Sendable, Hashable {
    case query, header, cookie
  }

  public var name: String
  public var kind: Kind
  /// What the credentials must allow; empty where the operation says nothing of it.
  public var scopes: [String] = []

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// The scheme where these scopes are asked for.
  public func with(scopes: String...) -> SecurityScheme {
    var scheme = self
    scheme.scopes = scopes
    return scheme
  }
}

extension SecurityScheme {
  /// The scheme of `Authorization` that holds the credentials, in small letters; nil where they are elsewhere.
  var authorization: String? {
    switch kind {
    case .http(let scheme): scheme
    case .oauth2, .openIDConnect: "bearer"
    case .apiKey, .mutualTLS: nil
    }
  }

  /// What a 401 answers in `WWW-Authenticate` (RFC 9110 §11.6.1). There is no registered scheme for keys and
  /// certificates, so that theirs say in their own words what is missing.
  var challenge: String {
    switch kind {
    case .http("basic"): "Basic realm=\"api\", charset=\"UTF-8\""
    case .http(let scheme): scheme.prefix(1).uppercased() + scheme.dropFirst()
    case .oauth2, .openIDConnect: "Bearer"
    case .apiKey(let location, let name): "ApiKey in=\"\(location)\", name=\"\(name)\""
    case .mutualTLS: "MutualTLS"
    }
  }

  /// What to send, for people.
  var advice: String {
    switch kind {
    case .http("basic"): "`Authorization: Basic` with a name and a password"
    case .http(let scheme) where scheme != "bearer":
      "`Authorization: \(scheme.prefix(1).uppercased() + scheme.dropFirst())`"
    case .http, .oauth2, .openIDConnect: "`Authorization: Bearer TOKEN`"
    case .apiKey(.header, let name): "the header `\(name)`"
    case .apiKey(.query, let name): "the query parameter `\(name)`"
    case .apiKey(.cookie, let name): "the cookie `\(name)`"
    case .mutualTLS: "a client certificate"
    }
  }
}
