import Generated
import Storage
import Testing

@Suite("Every named query does the same on both engines")
struct QueryConformanceTests {
  /// A requirement that finds nothing is an error on PostgreSQL and a null on SQLite; the runtime's `Requirement` makes
  /// one of the two.
  private static let queries = Queries.declarations.filter {
    !$0.statement.name.hasSuffix("Quotient") && !locking.contains($0.statement.name)
  }

  /// They lock rows, which no transaction can that only reads: batches that write require them, as their quotients.
  private static let locking: Set = ["heldTurn", "currentPassword"]

  /// A list is a statement for each combination of its filters and its order, of rows of one table.
  private static let listDeclarations = Lists.statements.map { statement in
    let table = DatabaseSchema.tables.first { statement.sqlite.contains("FROM \($0.name)\n") }
    return StatementDeclaration(
      statement, pointer: "/x-lists",
      parameters: statement.parameters.enumerated().map { index, type in
        .init(index == 0 ? "user_id" : index == statement.parameters.count - 1 ? "limit" : "", type)
      },
      columns: table?.values ?? [])
  }

  @Test("Their answers, and the rows that they leave, are equal", arguments: [false, true])
  func queries(isHurtful: Bool) async throws {
    let tables = DatabaseSchema.tables.parentsFirst
    let (fill, model) =
      isHurtful
      ? try TableScript.hurtfulRows(tables, Tables.statements) : try TableScript.plainRows(tables, Tables.statements)
    var script = QueryScript(tables, rows: model.rows)
    script.write((Self.queries + Self.listDeclarations).filter { !isHurtful || $0.statement.name != Self.sum })
    let steps = fill + script.steps
    var transcripts: [(Bench, [Outcome])] = []
    for bench in [Bench.sqlite, .postgresInTurkish] {
      let transcript = try await bench.run(tables) { database, _ in
        var outcomes: [Outcome] = []
        for step in steps { outcomes.append(await database.outcome(of: step)) }
        return outcomes
      }
      transcripts.append((bench, transcript))
    }
    var faults = 0
    for (index, step) in steps.enumerated() {
      let answers = transcripts.map { ($0.0, $0.1[index]) }
      if Set(answers.map(\.1)).count == 1 { continue }
      faults += 1
      if faults <= 10 {
        let lines = answers.map { "\n  \($0.0): \($0.1)" }.joined()
        Issue.record("\(step.description)\(lines)")
      }
    }
    #expect(faults == 0, "\(faults) of \(steps.count) steps.")
    // A script whose values never meet a row would prove nothing.
    for statement in Self.queries.map(\.statement.name) where !isHurtful && !Self.rarely.contains(statement) {
      let answers = zip(steps, transcripts[0].1).filter { $0.0.statement.name == statement }.map(\.1)
      #expect(
        Set(answers).count > 1,
        "\(statement) answers always the same. Teach QueryScript.swift what to give to its parameters.")
    }
  }

  /// What no 64 bits hold, the engines refuse in their own words when it is added up.
  private static let sum = "openBudget"

  /// Statements whose answer hardly depends on their values.
  private static let rarely: Set<String> = [
    "countStaleTurns", "notifyTurn", "grantedTokens",
    // Of rows that belong together, which `HandlersTests` make on both engines.
    "branch", "branchBefore", "chooseBranch", "firstAnswer", "versions",
  ]
}
