/// The events that a response streams.
struct ResolvedEvents: Equatable, Sendable {
  var typeName: String
  var pointer: String
  var title: String?
  var description: String?
  var cases: [Case]

  struct Case: Equatable, Sendable {
    /// nil: the event has no name, which is `message` to a browser.
    var name: String?
    var swiftName: String
    var payload: Payload
    var description: String?
  }

  enum Payload: Equatable, Sendable {
    case none
    case text
    case constant(String)
    /// nil: any JSON value.
    case json(ResolvedSchema?)

    var schema: ResolvedSchema? { if case .json(let schema) = self { schema } else { nil } }
  }
}
