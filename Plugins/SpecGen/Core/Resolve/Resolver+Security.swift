extension Resolver {
  mutating func checkSecuritySchemes() {
    var names = NameScope("the security schemes")
    for scheme in document.components.securitySchemes { _ = names.lowerCamel(scheme.name, &diagnostics) }
    guard let security = document.security else { return }
    check(security)
    if security.alternatives.isEmpty, policy == .required {
      diagnostics.error(
        .missingSecurity, at: security.place,
        "an empty \"security\" opens every operation at once; write \"security: []\" at each operation that anybody may call"
      )
    }
  }

  /// What an operation asks for: one of several alternatives, none for an operation that everybody may call.
  mutating func security(of operation: OpenAPI.Operation) -> [SecurityRequirement] {
    if let own = operation.security {
      check(own)
      return requirements(own)
    }
    if let common = document.security { return requirements(common) }
    openOperations.append(
      Located(operation.id?.value ?? operation.method.token, at: operation.place))
    return []
  }

  /// An operation without a rule is open to everybody (OpenAPI 3.1 §4.8.10.1), which nobody may overlook.
  mutating func tellOpenOperations() {
    guard let first = openOperations.first else { return }
    if policy == .required {
      for operation in openOperations {
        diagnostics.error(
          .missingSecurity, at: operation.place,
          "the operation \"\(operation.value)\" does not say who may call it; add \"security\" here or at the root of the document, or \"security: []\" if anybody may"
        )
      }
      return
    }
    let others = openOperations.count - 1
    diagnostics.warning(
      .missingSecurity, at: first.place,
      "nothing says who may call the operation \"\(first.value)\""
        + (others == 0 ? "" : others == 1 ? " and another one" : " and \(others) others")
        + ", so that everybody may; add \"security\" at the root of the document, or \"security: []\" to each of them",
      notes: openOperations.dropFirst().prefix(9).map { .init(place: $0.place, message: "\"\($0.value)\" is open too") }
    )
  }

  private func requirements(_ security: OpenAPI.Security) -> [SecurityRequirement] {
    security.alternatives.map { alternative in
      SecurityRequirement(
        schemes: alternative.schemes.map { .init(name: $0.name.value, scopes: $0.scopes.map(\.value)) })
    }
  }

  mutating func check(_ security: OpenAPI.Security) {
    let known = document.components.securitySchemes.map(\.name.value)
    for scheme in security.alternatives.flatMap(\.schemes) {
      guard let declared = document.components.securitySchemes.first(where: { $0.name.value == scheme.name.value })
      else {
        if isWritten("#/components/securitySchemes/\(scheme.name.value.asPointerToken)") { continue }
        diagnostics.error(
          .unknownSecurityScheme, at: scheme.name.place,
          "there is no security scheme \"\(scheme.name.value)\""
            + Suggestion.text(
              for: scheme.name.value, among: known, else: "; declare it under \"#/components/securitySchemes\""))
        continue
      }
      guard let scopes = declared.scopes else { continue }
      for scope in scheme.scopes where !scopes.contains(scope.value) {
        diagnostics.warning(
          .unknownScope, at: scope.place,
          "no flow of \"\(scheme.name.value)\" has the scope \"\(scope.value)\""
            + Suggestion.text(for: scope.value, among: scopes, else: "; add it to the \"scopes\" of its flows"))
      }
    }
  }
}
