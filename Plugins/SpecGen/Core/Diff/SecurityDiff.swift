/// What changes for those who must say who they are: the schemes, and what each operation asks for.
///
/// A client goes on being served when some alternative of the new rule asks for no more than it shows already.
struct SecurityDiff {
  private let old: API
  private let new: API
  private(set) var changes: [Change] = []

  init(old: API, new: API) {
    self.old = old
    self.new = new
  }

  private mutating func tell(
    _ effect: Change.Effect, _ subject: String, _ message: String, _ order: Change.Order = .any
  ) {
    changes.append(Change(area: .wire, effect: effect, subject: subject, message: message, order: order))
  }

  // MARK: Schemes

  mutating func schemes() {
    for scheme in old.securitySchemes where !new.securitySchemes.contains(where: { $0.name == scheme.name }) {
      tell(.compatible, Self.subject(scheme), "the scheme is gone; what that means is told with each operation")
    }
    for scheme in new.securitySchemes {
      guard let before = old.securitySchemes.first(where: { $0.name == scheme.name }) else {
        tell(.compatible, Self.subject(scheme), "the scheme is new")
        continue
      }
      if before.kind != scheme.kind {
        tell(
          .breaking, Self.subject(scheme),
          "it was \(Self.words(before.kind)) and is \(Self.words(scheme.kind)); the credentials of today are refused",
          .twoSteps)
      }
      issuer(scheme)
    }
  }

  /// Where clients get their tokens.
  private mutating func issuer(_ scheme: SecurityScheme) {
    let path = "#/components/securitySchemes/\(scheme.name.asPointerToken)"
    guard let before = old.document.value(at: path), let after = new.document.value(at: path) else { return }
    let address = "openIdConnectUrl"
    if let left = before[address], let right = after[address], left != right {
      tell(.risky, Self.subject(scheme), "\"\(address)\" was \(left.json) and is \(right.json)", .clientsFirst)
    }
    let flows = (before["flows"]?.memberList ?? [], after["flows"]?.memberList ?? [])
    for flow in flows.0 where !flows.1.contains(where: { $0.key == flow.key }) && !flows.1.isEmpty {
      tell(
        .breaking, Self.subject(scheme),
        "the flow \"\(flow.key)\" is gone; clients must get their tokens by another one", .clientsFirst)
    }
    for flow in flows.1 {
      guard let other = flows.0.first(where: { $0.key == flow.key }) else {
        if !flows.0.isEmpty { tell(.compatible, Self.subject(scheme), "the flow \"\(flow.key)\" is new", .serverFirst) }
        continue
      }
      for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] where other.value[key] != flow.value[key] {
        let values = [other.value[key], flow.value[key]].map { $0?.json ?? "not there" }
        tell(
          .risky, Self.subject(scheme),
          "\"\(key)\" of the flow \"\(flow.key)\" was \(values[0]) and is \(values[1])", .clientsFirst)
      }
    }
  }

  private static func subject(_ scheme: SecurityScheme) -> String { "security scheme \(scheme.name)" }

  private static func words(_ kind: SecurityScheme.Kind) -> String {
    switch kind {
    case .http(let scheme): "HTTP \(scheme)"
    case .apiKey(let place, let name): "a key in the \(place.rawValue) \"\(name)\""
    case .oauth2: "OAuth 2"
    case .openIDConnect: "OpenID Connect"
    case .mutualTLS: "a client's certificate"
    }
  }

  // MARK: Operations

  mutating func compare(_ before: Operation, _ after: Operation) {
    let subject = "\(after.method.token) \(after.path)"
    if !before.isSecured && !after.isSecured { return }
    if !after.isSecured {
      let effect: Change.Effect = before.allowsAnonymous ? .compatible : .risky
      return tell(
        effect, subject,
        effect == .risky
          ? "anybody may call it now, without credentials; be sure that this is meant"
          : "credentials are not looked at any more")
    }
    if before.allowsAnonymous && !after.allowsAnonymous {
      return tell(
        .breaking, subject, "the operation now requires credentials: \(Self.words(after.security))", .clientsFirst)
    }
    if !before.isSecured {
      return tell(
        .risky, subject, "credentials may be sent now, \(Self.words(after.security)); bad ones are refused")
    }
    if after.allowsAnonymous && !before.allowsAnonymous {
      tell(.risky, subject, "it may be called without credentials now; be sure that this is meant")
    }
    lost(before, after, subject)
    gained(before, after, subject)
  }

  /// Alternatives of the old rule by which nobody gets in any more.
  private mutating func lost(_ before: Operation, _ after: Operation, _ subject: String) {
    for alternative in before.security where !alternative.schemes.isEmpty {
      if after.security.contains(where: { !$0.schemes.isEmpty && isMet($0, by: alternative) }) { continue }
      if after.allowsAnonymous {
        tell(.risky, subject, "\(Self.words([alternative])) is not looked at any more: who sends it is nobody")
        continue
      }
      let near = after.security.min { self.lack($0, alternative).count < self.lack($1, alternative).count }
      let isGrown = near.map { near in
        alternative.schemes.allSatisfy { scheme in near.schemes.contains { isSame($0.name, scheme.name) } }
      }
      if let near, isGrown == true {
        let lacks = lack(near, alternative).joined(separator: " and ")
        tell(
          .breaking, subject, "beside \(Self.words([alternative])) it asks for \(lacks) now", order(alternative, near))
      } else {
        tell(
          .breaking, subject,
          "\(Self.words([alternative])) is not enough any more; it asks for \(Self.words(after.security))",
          near.map { order(alternative, $0) } ?? .clientsFirst)
      }
    }
  }

  /// Alternatives of the new rule that let in whom the old one refused.
  private mutating func gained(_ before: Operation, _ after: Operation, _ subject: String) {
    for alternative in after.security where !alternative.schemes.isEmpty {
      if before.security.contains(where: { !$0.schemes.isEmpty && isMet($0, by: alternative, new: true) }) { continue }
      tell(.compatible, subject, "\(Self.words([alternative])) is enough now", .serverFirst)
    }
  }

  /// Whether who shows `shown` shows all that `asked` wants.
  private func isMet(_ asked: SecurityRequirement, by shown: SecurityRequirement, new: Bool = false) -> Bool {
    asked.schemes.allSatisfy { scheme in
      shown.schemes.contains { other in
        (new ? isSame(other.name, scheme.name) : isSame(scheme.name, other.name))
          && Set(scheme.scopes).isSubset(of: other.scopes)
      }
    }
  }

  /// What `asked` of the new rule wants beyond `shown` of the old one, in words.
  private func lack(_ asked: SecurityRequirement, _ shown: SecurityRequirement) -> [String] {
    asked.schemes.flatMap { scheme -> [String] in
      guard let other = shown.schemes.first(where: { isSame(scheme.name, $0.name) }) else {
        return [Self.words([.init(schemes: [scheme])])]
      }
      return scheme.scopes.filter { !other.scopes.contains($0) }.map { "the scope \"\($0)\"" }
    }
  }

  /// Whether a scheme of the new document asks for what one of the old document does: the same name, or another one for
  /// the same thing on the wire, where neither document has both names.
  private func isSame(_ name: String, _ other: String) -> Bool {
    if name == other { return true }
    guard let after = new.securitySchemes.first(where: { $0.name == name }),
      let before = old.securitySchemes.first(where: { $0.name == other }),
      !old.securitySchemes.contains(where: { $0.name == name }),
      !new.securitySchemes.contains(where: { $0.name == other })
    else { return false }
    return before.kind == after.kind
  }

  /// Clients can send more than the old server asks for, unless it goes into the same field, or into the query, where the
  /// old server refuses what it does not know.
  private func order(_ before: SecurityRequirement, _ after: SecurityRequirement) -> Change.Order {
    let added = after.schemes.filter { scheme in !before.schemes.contains { isSame(scheme.name, $0.name) } }
    let places = added.map { scheme in place(scheme.name, new) }
    let taken = before.schemes.map { scheme in place(scheme.name, old) }
    return places.contains { $0 == "query" || taken.contains($0) } ? .twoSteps : .clientsFirst
  }

  private func place(_ scheme: String, _ api: API) -> String {
    switch api.securitySchemes.first(where: { $0.name == scheme })?.kind {
    case .apiKey(in: .query, _): "query"
    case .apiKey(let place, let name): "\(place.rawValue) \(place == .header ? name.lowercased() : name)"
    case .mutualTLS: "connection"
    default: "header authorization"
    }
  }

  /// `"bearer" with the scope "read", or "key" and "secret"`.
  private static func words(_ security: [SecurityRequirement]) -> String {
    security.filter { !$0.schemes.isEmpty }.map { alternative in
      alternative.schemes.map { scheme in
        let scopes = scheme.scopes.map { "\"\($0)\"" }.joined(separator: ", ")
        let with = scheme.scopes.isEmpty ? "" : " with the scope\(scheme.scopes.count == 1 ? "" : "s") \(scopes)"
        return "\"\(scheme.name)\"\(with)"
      }.joined(separator: " and ")
    }.joined(separator: ", or ")
  }
}
