/// A way to say who calls: an entry of `components/securitySchemes` (OpenAPI 3.1 §4.8.27).
public struct SecurityScheme: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// HTTP authentication by its scheme in small letters: `bearer`, `basic`.
    case http(String)
    case apiKey(in: Location, String)
    case oauth2
    case openIDConnect
    case mutualTLS
  }

  public enum Location: String, CaseIterable, Sendable {
    case query, header, cookie
  }

  public var name: String
  public var swiftName: String
  public var kind: Kind
  public var description: String?

  public init(name: String, swiftName: String, kind: Kind, description: String? = nil) {
    self.name = name
    self.swiftName = swiftName
    self.kind = kind
    self.description = description
  }
}

/// One alternative of an operation's `security`: schemes that are all asked for. One without schemes says that the
/// credentials may be left out.
public struct SecurityRequirement: Equatable, Sendable {
  public struct Scheme: Equatable, Sendable {
    public var name: String
    public var scopes: [String]

    public init(name: String, scopes: [String] = []) {
      self.name = name
      self.scopes = scopes
    }
  }

  public var schemes: [Scheme]

  public init(schemes: [Scheme]) {
    self.schemes = schemes
  }
}

extension Operation {
  /// Whether who calls is asked for, be it that the answer may be left out.
  public var isSecured: Bool { !security.isEmpty }

  /// Whether somebody may call it who shows nothing.
  public var allowsAnonymous: Bool { security.isEmpty || security.contains { $0.schemes.isEmpty } }
}

extension API {
  /// How the callers of the operations are known.
  enum Authentication: Equatable {
    /// By one bearer token without scopes wherever credentials are asked for.
    case bearer
    /// By the rules of `security`.
    case rules
  }

  var authentication: Authentication {
    let secured = operations.filter(\.isSecured)
    let bearers = securitySchemes.filter { $0.kind == .http("bearer") }.map(\.name)
    let isSimple = secured.allSatisfy { operation in
      operation.security.count == 1 && operation.security[0].schemes.count == 1
        && bearers.contains(operation.security[0].schemes[0].name)
        && operation.security[0].schemes[0].scopes.isEmpty
    }
    return isSimple ? .bearer : .rules
  }

  /// Whether a bearer token is among what an operation may be called with.
  func takesToken(_ operation: Operation) -> Bool {
    operation.security.flatMap(\.schemes).contains { required in
      switch securitySchemes.first(where: { $0.name == required.name })?.kind {
      case .http("bearer"), .oauth2, .openIDConnect: true
      default: false
      }
    }
  }

  /// The query parameters that are credentials of an operation, each once.
  func queryKeys(of operation: Operation) -> [String] {
    var keys: [String] = []
    for name in operation.security.flatMap(\.schemes).map(\.name) {
      guard let scheme = securitySchemes.first(where: { $0.name == name }),
        case .apiKey(in: .query, let key) = scheme.kind, !keys.contains(key)
      else { continue }
      keys.append(key)
    }
    return keys
  }
}

/// A request that the server sends by itself: a webhook, or a callback of an operation.
public struct OutgoingRequest: Equatable, Sendable {
  /// `webhook newPet`, `callback onData of subscribe`.
  public var name: String
  /// What it is, as documentation says it: "The webhook `newPet`".
  public var title: String
  /// Its input is what is sent, its output what may be answered; the path is a name or an expression (OpenAPI 3.1
  /// §4.8.20.3).
  public var operation: Operation

  public init(name: String, title: String, operation: Operation) {
    self.name = name
    self.title = title
    self.operation = operation
  }
}
