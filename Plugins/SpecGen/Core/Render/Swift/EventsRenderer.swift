/// Renders `Events.swift`: the events of each stream as an enum with a case for each, and how each is written.
struct EventsRenderer {
  let events: EventDeclaration

  static func file(for api: API) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    guard !api.events.isEmpty else { return GeneratedFile(name: "Events.swift", text: writer.text) }
    writer.line()
    for module in ["FoundationEssentials", "HTTP", "JSON", "Values"] { writer.line("import \(module)") }
    for events in api.events {
      writer.line()
      EventsRenderer(events: events).write(to: &writer)
    }
    return GeneratedFile(name: "Events.swift", text: writer.text)
  }

  private func write(to writer: inout SourceWriter) {
    writer.doc([events.title, events.description, "Events of a stream (`\(events.pointer)`)"])
    writer.block("public enum \(events.swiftName): ServerSentEvent") { writer in
      for event in events.cases {
        writer.doc([event.description])
        writer.line("case \(SwiftSyntax.identifier(event.swiftName))\(event.swiftPayload.map { "(\($0))" } ?? "")")
      }
      writer.line()
      writer.block("public func encode(to event: inout EventWriter)") { writer in
        writer.line("switch self {")
        for event in events.cases {
          let binding = event.swiftPayload == nil ? "" : "(let data)"
          writer.assignment("case .\(SwiftSyntax.member(event.swiftName))\(binding):", event.encoding)
        }
        writer.line("}")
      }
    }
  }
}

extension EventDeclaration.Case {
  /// The type of the case's value; nil when it has none.
  var swiftPayload: String? {
    switch payload {
    case .none, .constant: nil
    case .text: "String"
    case .json(let type): type.swiftType
    }
  }

  /// The call that writes the event.
  fileprivate var encoding: String {
    var arguments = name.map { [SwiftSyntax.literal($0)] } ?? []
    switch payload {
    case .none: return "event.write(empty: \(arguments.first ?? "nil"))"
    case .text: arguments.append("text: data")
    case .constant(let text): arguments.append("text: \(SwiftSyntax.literal(text))")
    case .json: arguments.append("json: data")
    }
    return "event.write(\(arguments.joined(separator: ", ")))"
  }
}
