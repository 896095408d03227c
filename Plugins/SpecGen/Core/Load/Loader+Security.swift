extension Loader {
  mutating func security(_ node: YAMLNode) -> OpenAPI.Security {
    let alternatives = list(node, "\"security\"").compactMap { item -> OpenAPI.Security.Requirement? in
      guard let entries = mapping(item, "a security requirement") else { return nil }
      let schemes = entries.map { entry in
        OpenAPI.Security.Scheme(name: entry.key, scopes: strings(entry.value, "the scopes of \"\(entry.key.value)\""))
      }
      return .init(schemes: schemes, place: item.place)
    }
    return OpenAPI.Security(alternatives: alternatives, place: node.place)
  }

  mutating func securityScheme(_ entry: YAMLNode.Entry) -> OpenAPI.SecurityScheme? {
    guard let fields = fields(entry.value, .securityScheme) else { return nil }
    for key in ["bearerFormat", "openIdConnectUrl", "oauth2MetadataUrl"] { _ = string(fields[key], "\"\(key)\"") }
    _ = bool(fields["deprecated"], "\"deprecated\"")
    let scopes = fields["flows"].map { flows($0) }
    guard
      let type = required("type", in: fields, .securityScheme).flatMap({
        choice($0, "the type of a security scheme", of: SecuritySchemeType.self)
      }), let kind = kind(type.value, fields)
    else { return nil }
    return OpenAPI.SecurityScheme(
      name: entry.key, kind: kind, description: string(fields["description"], "\"description\"")?.value,
      scopes: type.value == .oauth2 ? scopes ?? [] : nil)
  }

  private mutating func kind(_ type: SecuritySchemeType, _ fields: Fields) -> SecurityScheme.Kind? {
    switch type {
    case .http:
      let scheme = required("scheme", in: fields, .securityScheme).flatMap { string($0, "\"scheme\"") }
      if let scheme { checkRegistered(scheme) }
      return scheme.map { .http($0.value.lowercased()) }
    case .apiKey:
      let name = required("name", in: fields, .securityScheme).flatMap { string($0, "\"name\"") }
      let location = required("in", in: fields, .securityScheme).flatMap {
        choice($0, "\"in\" of an API key", of: SecurityScheme.Location.self)
      }
      guard let name, let location else { return nil }
      return .apiKey(in: location.value, name.value)
    case .oauth2:
      _ = required("flows", in: fields, .securityScheme)
      return .oauth2
    case .openIdConnect:
      _ = required("openIdConnectUrl", in: fields, .securityScheme)
      return .openIDConnect
    case .mutualTLS: return .mutualTLS
    }
  }

  /// Other schemes than the registered ones are fine, but for those that look like one that is misspelt.
  private mutating func checkRegistered(_ scheme: Located<String>) {
    let known = [
      "basic", "bearer", "concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth", "privatetoken",
      "scram-sha-1", "scram-sha-256", "vapid",
    ]
    let name = scheme.value.lowercased()
    guard !known.contains(name), let nearest = Suggestion.nearest(to: name, among: known) else { return }
    diagnostics.warning(
      .invalidValue, at: scheme.place,
      "no authentication scheme \"\(scheme.value)\" is registered (RFC 9110 §16.4.1); did you mean \"\(nearest)\"?")
  }

  /// What each flow needs besides its scopes (OpenAPI 3.1 §4.8.30.1).
  private static let addresses = [
    "implicit": ["authorizationUrl"], "password": ["tokenUrl"], "clientCredentials": ["tokenUrl"],
    "authorizationCode": ["authorizationUrl", "tokenUrl"],
    "deviceAuthorization": ["deviceAuthorizationUrl", "tokenUrl"],
  ]

  /// The scopes of all flows, each once.
  private mutating func flows(_ node: YAMLNode) -> [String] {
    guard let flows = fields(node, .flows) else { return [] }
    var scopes: [String] = []
    for key in Shape.flows.keys {
      guard let node = flows[key], let flow = fields(node, .flow) else { continue }
      for needed in (Self.addresses[key] ?? []) + ["scopes"] where flow.lacks(needed) {
        diagnostics.warning(
          .missingKey, at: flows.place(of: key) ?? node.place,
          "the flow \"\(key)\" needs \"\(needed)\", without which nobody can use it; add it here")
      }
      for key in Shape.flow.keys where key != "scopes" { _ = string(flow[key], "\"\(key)\"") }
      for scope in named(flow["scopes"], "\"scopes\" of a flow", { $0.string($1.value, "what a scope allows") }) {
        if !scopes.contains(scope.name.value) { scopes.append(scope.name.value) }
      }
    }
    return scopes
  }
}

/// OpenAPI 3.1 §4.8.27.
private enum SecuritySchemeType: String, CaseIterable {
  case apiKey, http, mutualTLS, oauth2, openIdConnect
}
