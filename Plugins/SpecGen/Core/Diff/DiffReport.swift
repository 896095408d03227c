/// The changes between two specifications, and the order in which to deploy them.
package struct DiffReport: Equatable, Sendable {
  let changes: [Change]

  package init(from old: Pipeline.Specification, to new: Pipeline.Specification) {
    let all =
      WireDiff.changes(from: old.api, to: new.api) + StorageDiff.changes(from: old.api, to: new.api)
      + SwiftDiff.changes(from: old.api, to: new.api)
    var told: Set<Change> = []
    changes = all.filter { told.insert($0).inserted }
  }

  func effect(in area: Change.Area) -> Change.Effect {
    changes.filter { $0.area == area }.map(\.effect).max() ?? .compatible
  }

  /// For whoever runs the old version: what breaks in Swift the compiler tells before anything is released.
  var effect: Change.Effect { max(effect(in: .wire), effect(in: .sql)) }

  /// By wire and databases: 0 when everything is compatible, 3 when something is risky, 4 when something breaks.
  package var exitCode: Int32 {
    switch effect {
    case .compatible: 0
    case .risky: 3
    case .breaking: 4
    }
  }

  /// Those of an area, the worst first.
  private func changes(in area: Change.Area) -> [Change] {
    changes.filter { $0.area == area }.enumerated()
      .sorted { ($1.element.effect, $0.offset) < ($0.element.effect, $1.offset) }
      .map(\.element)
  }

  // MARK: Order

  /// What to do one after the other. Empty when nothing changes.
  var steps: [String] {
    if changes.isEmpty { return [] }
    let orders = Set(changes.map(\.order))
    var steps: [String] = []
    if orders.contains(.twoSteps) {
      steps.append(
        "Not in one release: let the server take the old and the new form first, release it and the clients, then come back for the rest."
      )
    }
    if changes.contains(where: { $0.area == .swift && $0.effect == .breaking }) {
      steps.append("Mend the handlers: the compiler names every place.")
    }
    if orders.contains(.clientsFirst) {
      steps.append("Release clients that get along with both: they send and expect what the new server does.")
    }
    if orders.contains(.migratesBetween) {
      steps.append(
        "Stop the old server, look at \"parley migrate --plan\", run \"parley migrate\", and start the new server: the two versions cannot run side by side."
      )
    } else if orders.contains(.migratesAtStart) {
      steps.append(
        "Start the new server: it takes the steps of the databases itself. Old instances go on running meanwhile.")
    } else {
      steps.append("Start the new server.")
    }
    if orders.contains(.serverFirst) { steps.append("Release clients that use what is new.") }
    if orders.contains(.migratesAfter) {
      steps.append("When nobody needs the old data any more: \"parley migrate --plan\", and \"--allow\" what it names.")
    }
    return steps
  }

  // MARK: Texts

  private static let titles: [Change.Area: String] = [.wire: "Wire", .sql: "SQL", .swift: "Swift"]

  package var text: String {
    if changes.isEmpty { return "Nothing changes.\n" }
    var text = ""
    for area in Change.Area.allCases {
      let changes = changes(in: area)
      if changes.isEmpty { continue }
      text += "\(Self.titles[area] ?? "")\n"
      for change in changes {
        let margin = String(repeating: " ", count: 10 - change.effect.rawValue.count)
        text += "  \(change.effect.rawValue)\(margin)  \("\(change.subject): \(change.message)".onOneLine)\n"
      }
      text += "\n"
    }
    text += "To deploy\n"
    for (index, step) in steps.enumerated() { text += "  \(index + 1). \(step)\n" }
    let effects = Change.Area.allCases.map { "\(Self.titles[$0] ?? "") \(effect(in: $0).rawValue)" }
    return text + "\nAltogether: \(effects.joined(separator: ", "))\n"
  }

  package var markdown: String {
    if changes.isEmpty { return "Nothing changes.\n" }
    let effects = Change.Area.allCases.map { "\(Self.titles[$0] ?? "") **\(effect(in: $0).rawValue)**" }
    var text = effects.joined(separator: ", ") + "\n"
    for area in Change.Area.allCases {
      let changes = changes(in: area)
      if changes.isEmpty { continue }
      text += "\n## \(Self.titles[area] ?? "")\n\n| effect | what | how |\n|---|---|---|\n"
      for change in changes {
        text += "| \(change.effect.rawValue) | `\(Self.cell(change.subject))` | \(Self.cell(change.message)) |\n"
      }
    }
    text += "\n## To deploy\n\n"
    for (index, step) in steps.enumerated() { text += "\(index + 1). \(step)\n" }
    return text
  }

  private static func cell(_ text: String) -> String {
    text.onOneLine.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  package var json: String {
    let list = Change.Area.allCases.flatMap { changes(in: $0) }.map { change in
      DocumentValue.members([
        ("area", .string(change.area.rawValue)), ("effect", .string(change.effect.rawValue)),
        ("subject", .string(change.subject)), ("message", .string(change.message)),
      ])
    }
    return DocumentValue.members([
      ("effect", .string(effect.rawValue)), ("changes", .array(list)),
      ("deploy", .array(steps.map { .string($0) })),
    ]).prettyJSON + "\n"
  }
}
