/// What an operation means that neither has a `security` of its own nor one of the document.
package enum SecurityPolicy: String, CaseIterable, Sendable {
  /// A mistake: of an application every operation says who may call it.
  case required
  /// What OpenAPI says: everybody may call it. A warning tells it.
  case asWritten = "as-written"
}
