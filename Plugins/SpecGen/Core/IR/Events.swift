/// The events of `text/event-stream` responses: an enum with a case for each.
struct EventDeclaration: Equatable, Sendable {
  enum Payload: Equatable, Sendable {
    case none
    case text
    /// Always the same text.
    case constant(String)
    case json(TypeUse)
  }

  struct Case: Equatable, Sendable {
    /// nil: the event has no name, which is `message` to a browser.
    var name: String?
    var swiftName: String
    var payload: Payload
    var description: String?
  }

  /// `TurnEvent`.
  var swiftName: String
  /// `#/components/schemas/TurnEvent`.
  var pointer: String
  var title: String?
  var description: String?
  /// In the order of the document.
  var cases: [Case]
}
