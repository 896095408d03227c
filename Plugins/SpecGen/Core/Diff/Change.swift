/// One difference between two specifications, and what it does to those who rely on the old one.
struct Change: Hashable, Sendable {
  enum Area: String, Sendable, CaseIterable {
    /// What clients send and get.
    case wire
    /// What the databases hold.
    case sql
    /// What handlers and other Swift code see.
    case swift
  }

  enum Effect: String, Sendable, CaseIterable, Comparable {
    /// Everything that worked goes on working.
    case compatible
    /// It goes on working unless somebody relied on more than was said.
    case risky
    /// Something that worked fails.
    case breaking

    static func < (left: Effect, right: Effect) -> Bool {
      let order = Effect.allCases
      return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
  }

  /// What must be deployed before what.
  enum Order: Sendable {
    case any
    /// Clients may use it when the server has it.
    case serverFirst
    /// Clients must have stopped relying on the old one, or begun with the new one, before the server changes.
    case clientsFirst
    /// Neither may come first: it takes two releases.
    case twoSteps
    /// `parley serve` takes the step itself.
    case migratesAtStart
    /// `parley migrate` between the old server's end and the new one's start.
    case migratesBetween
    /// `parley migrate --allow` when nobody needs the data any more.
    case migratesAfter
  }

  var area: Area
  var effect: Effect
  /// What changes: `GET /notes`, `table notes`, `Note.text`.
  var subject: String
  /// How it changes, and what follows.
  var message: String
  var order = Order.any
}
