/// The events of `text/event-stream` responses: an enum with a case for each.
public struct EventDeclaration: Equatable, Sendable {
  public enum Payload: Equatable, Sendable {
    case none
    case text
    /// Always the same text.
    case constant(String)
    case json(TypeUse)
  }

  public struct Case: Equatable, Sendable {
    /// nil: the event has no name, which is `message` to a browser.
    public var name: String?
    public var swiftName: String
    public var payload: Payload
    public var description: String?

    public init(name: String?, swiftName: String, payload: Payload, description: String? = nil) {
      self.name = name
      self.swiftName = swiftName
      self.payload = payload
      self.description = description
    }
  }

  /// `TurnEvent`.
  public var swiftName: String
  /// `#/components/schemas/TurnEvent`.
  public var pointer: String
  public var title: String?
  public var description: String?
  /// In the order of the document.
  public var cases: [Case]

  public init(
    swiftName: String, pointer: String, title: String? = nil, description: String? = nil, cases: [Case]
  ) {
    self.swiftName = swiftName
    self.pointer = pointer
    self.title = title
    self.description = description
    self.cases = cases
  }
}
