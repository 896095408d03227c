/// A way to say who calls: an entry of `components/securitySchemes` (OpenAPI 3.1 §4.8.27).
struct SecurityScheme: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// HTTP authentication by its scheme in small letters: `bearer`, `basic`.
    case http(String)
    case apiKey(in: Location, String)
    case oauth2
    case openIDConnect
    case mutualTLS
  }

  enum Location: String, CaseIterable, Sendable {
    case query, header, cookie
  }

  var name: String
  var swiftName: String
  var kind: Kind
  var description: String?
}

/// One alternative of an operation's `security`: schemes that are all asked for. One without schemes says that the
/// credentials may be left out.
struct SecurityRequirement: Equatable, Sendable {
  struct Scheme: Equatable, Sendable {
    var name: String
    var scopes: [String] = []
  }

  var schemes: [Scheme]
}

extension Operation {
  /// Whether who calls is asked for, be it that the answer may be left out.
  var isSecured: Bool { !security.isEmpty }

  /// Whether somebody may call it who shows nothing.
  var allowsAnonymous: Bool { security.isEmpty || security.contains { $0.schemes.isEmpty } }
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
