/// Renders the security schemes of a document and the rules of its operations, where they are more than one bearer token.
struct SecurityRenderer {
  let api: API

  func write(to writer: inout SourceWriter) {
    writer.doc(["The ways to say who calls."])
    writer.block("public enum SecuritySchemes") { writer in
      for (index, scheme) in api.securitySchemes.enumerated() {
        if index > 0 { writer.line() }
        writer.doc([scheme.description])
        writer.call(
          "public static let \(SwiftSyntax.identifier(scheme.swiftName)) = SecurityScheme",
          ["name: \(SwiftSyntax.literal(scheme.name))", "kind: \(kind(scheme.kind))"])
      }
    }
    writer.line()
    writer.doc(["What the operations ask for, by their names."])
    writer.block("enum SecurityRules") { writer in
      for operation in api.operations where operation.isSecured {
        writer.call(
          "static let \(SwiftSyntax.identifier(operation.id)) = SecurityRule", operation.security.map(alternative))
      }
    }
  }

  private func kind(_ kind: SecurityScheme.Kind) -> String {
    switch kind {
    case .http(let scheme): ".http(\(SwiftSyntax.literal(scheme)))"
    case .apiKey(let location, let name): ".apiKey(in: .\(location.rawValue), \(SwiftSyntax.literal(name)))"
    case .oauth2: ".oauth2"
    case .openIDConnect: ".openIDConnect"
    case .mutualTLS: ".mutualTLS"
    }
  }

  private func alternative(_ requirement: SecurityRequirement) -> String {
    let schemes = requirement.schemes.map { scheme in
      let name = api.securitySchemes.first { $0.name == scheme.name }?.swiftName ?? ""
      let scopes = scheme.scopes.map { SwiftSyntax.literal($0) }.joined(separator: ", ")
      return "SecuritySchemes.\(SwiftSyntax.member(name))" + (scopes.isEmpty ? "" : ".with(scopes: \(scopes))")
    }
    return "[\(schemes.joined(separator: ", "))]"
  }
}
