import Generated
import Storage
import Testing

@Suite("Every generated operation of every table does the same on both engines")
struct TableConformanceTests {
  /// The steps, and what they must answer, the same for every bench.
  private static let script = Result {
    var script = try TableScript(DatabaseSchema.tables.parentsFirst, Tables.statements)
    try script.write()
    return script.steps
  }

  @Test("Its answers are those of a model in memory, on values chosen to hurt", arguments: Bench.allCases)
  func tables(bench: Bench) async throws {
    let steps = try Self.script.get()
    let executed = Set(steps.map(\.statement.number))
    for statement in Tables.statements {
      #expect(executed.contains(statement.number), "No step of the suite runs \(statement.name).")
    }
    try await bench.run(DatabaseSchema.tables) { database, _ in
      try await follow(steps, on: database)
    }
  }

  @Test("So it is for types and orders that api.yaml does not use yet", arguments: [Bench.sqlite, .postgresInTurkish])
  func kitchen(bench: Bench) async throws {
    let storage = try SpecifiedStorage(Self.kitchen)
    var script = try TableScript(storage.tables, storage.statements)
    try script.write()
    let steps = script.steps
    try await bench.run(storage.tables) { database, _ in
      try await follow(steps, on: database)
    }
  }

  private static let kitchen = """
    x-tables:
      dishes:
        columns:
          day: {type: string, format: date}
          name: {type: string, maxLength: 60}
          note: {type: [string, 'null']}
          code: {type: [string, 'null'], maxLength: 60}
          price: {type: number}
          count: {type: integer}
          hot: {type: boolean}
          served: {type: string, format: date-time}
          spare: {type: [string, 'null'], format: date}
          tags: {type: array, items: {type: [string, 'null']}}
          extra: {type: [array, 'null'], items: {type: number}}
        primaryKey: [day, name]
        unique:
          - { columns: [code, name], ignoreCase: true }
          - { columns: [spare, code] }
        indexes:
          - { name: by_hot, by: [hot], order: [price, -name, day] }
          - { name: by_count, by: [count], order: [-served, -day, -name] }
          - { name: all, order: [name, day] }
    """

  /// Runs the steps, and tells the first that do not answer as they must.
  private func follow(_ steps: [Step], on database: any Database) async throws {
    var faults = 0
    for step in steps {
      let outcome = await database.outcome(of: step)
      if step.expected.contains(outcome) { continue }
      faults += 1
      if faults <= 20 {
        Issue.record(
          "\(step.description)\n  must be: \(step.expected.map(\.description).joined(separator: " or "))\n  but was: \(outcome)"
        )
      }
    }
    #expect(faults == 0, "\(faults) of \(steps.count) steps.")
  }
}

extension [TableDefinition] {
  /// Each table behind those to which it refers; where that goes in a circle, in the order given.
  var parentsFirst: [TableDefinition] {
    var sorted: [TableDefinition] = []
    var rest = self
    while !rest.isEmpty {
      let index =
        rest.firstIndex { table in
          table.foreignKeys.allSatisfy { key in
            key.referencedTable == table.name || sorted.contains { $0.name == key.referencedTable }
          }
        } ?? rest.startIndex
      sorted.append(rest.remove(at: index))
    }
    return sorted
  }
}
