/// A request that the server sends by itself: a webhook, or a callback of an operation.
struct OutgoingRequest: Equatable, Sendable {
  /// `webhook newPet`, `callback onData of subscribe`.
  var name: String
  /// What it is, as documentation says it: "The webhook `newPet`".
  var title: String
  /// Its input is what is sent, its output what may be answered; the path is a name or an expression (OpenAPI 3.1
  /// §4.8.20.3).
  var operation: Operation
}
