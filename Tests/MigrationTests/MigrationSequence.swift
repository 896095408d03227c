import Storage
import TestSupport

/// One random sequence of edits of a spec, applied step by step to a database that holds rows.
struct MigrationSequence {
  /// What was done, for the closing line.
  struct Tally {
    var sequences = 0
    var edits = 0
    /// Migrations that would have lost something, were refused, and changed nothing.
    var refusals = 0
    /// Those that were done after all, because they were allowed by name.
    var allowed = 0
    /// Rows compared with what they must be.
    var rows = 0
  }

  /// Why a sequence failed, with all that is needed to run it again.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Everything that a migration which is refused must leave as it is.
  private struct State: Equatable {
    var catalog: Catalog
    var schema: Set<String>
    var content: [Int: [Row: Int]]
  }

  private let live: any Database
  /// Gives an empty database, which is used until the next one is asked for.
  private let fresh: () async throws -> any Database
  private var generator: SplitMix64
  private var spec: Spec
  private var content: Content = [:]
  private(set) var tally = Tally(sequences: 1)
  private var log: [String] = []
  private var isOver = false

  /// - Parameter live: an empty database.
  init(seed: UInt64, in live: any Database, fresh: @escaping () async throws -> any Database) {
    generator = SplitMix64(seed: seed)
    spec = Editor.first(using: &generator)
    self.live = live
    self.fresh = fresh
  }

  mutating func run(edits: Int) async throws {
    do {
      _ = try await Migration.apply(spec.definitions, to: live, Migration.Options(scope: .all))
      try await check(spec, content)
      for _ in 0..<edits where !isOver {
        try await addRows()
        let next = Editor.next(spec, using: &generator)
        if next.log.isEmpty { continue }
        log.append(next.log.joined(separator: "; "))
        tally.edits += 1
        try await migrate(to: next.spec)
      }
    } catch {
      let reason = (error as? StorageError)?.debugDescription ?? "\(error)"
      throw Failure(description: "\(reason)\nAfter: \(log.joined(separator: "\n       "))")
    }
  }

  private mutating func addRows() async throws {
    for table in spec.tables where content[table.id, default: []].count < 20 {
      let rows = content.newRows(Int.random(in: 0...6, using: &generator), of: table, in: spec, using: &generator)
      try await LiveRows.insert(rows, into: table, of: live)
      content[table.id, default: []] += rows
    }
  }

  private mutating func migrate(to next: Spec) async throws {
    let definitions = next.definitions
    let expectation = Expectation(from: spec, content, to: next, on: live.engine)
    let allows = generator.chance(70)
    // A server that starts in between; not where this edit is given up after all.
    if generator.chance(20), expectation.losesOnlyWhatIsDropped, expectation.concerns.isEmpty || allows {
      try await start(definitions)
    }
    let plan = try await Migration.plan(definitions, for: live)
    let losses = plan.steps.filter { $0.loss != nil }
    try compare(losses, with: expectation.concerns)
    guard losses.isEmpty else { return try await migrate(to: next, expectation, losses, allows: allows) }
    let done = try await Migration.apply(definitions, to: live, Migration.Options(scope: .all))
    try require(done == plan, "Taken: \(done.steps.map(\.name)), planned: \(plan.steps.map(\.name))")
    try await check(next, expectation.content)
    (spec, content) = (next, expectation.content)
  }
}

// MARK: - What could lose data

extension MigrationSequence {
  /// A plan with losses: refused, whole, until every one is allowed that can be.
  private mutating func migrate(
    to next: Spec, _ expectation: Expectation, _ losses: [Migration.Step], allows: Bool
  ) async throws {
    let names = losses.filter { $0.loss?.canBeAllowed == true }.map(\.name).shuffled(using: &generator)
    let isPossible = names.count == losses.count
    // All but one at most, and all of them where that is not enough.
    let named = Set(names.prefix(isPossible ? Int.random(in: 0..<names.count, using: &generator) : names.count))
    try await refuse(next, allowing: named, losses)
    guard isPossible, allows else { return log.append("(refused)") }
    guard try await applyAllowed(next, Set(names)) else {
      isOver = true
      return
    }
    tally.allowed += 1
    log.append("(allowed)")
    if expectation.losesOnlyWhatIsDropped {
      try await check(next, expectation.content)
      content = expectation.content
    } else {
      let rows = try await LiveRows.read(next, from: live)
      try await check(next, rows)
      for table in next.tables {
        let missing = expectation.content.unconcerned(table, in: next).subtracting(
          rows[table.id, default: []])
        try require(missing.isEmpty, "Rows of \(table.name) that nothing stood against are changed or gone: \(missing)")
      }
      content = rows
    }
    spec = next
  }

  /// - Returns: false when a row that would have to go is one that others hold on to, or one stands in the way for good:
  ///   what to do about those is for people. Nothing was changed then.
  private mutating func applyAllowed(_ next: Spec, _ names: Set<String>) async throws -> Bool {
    let before = try await state(spec)
    var names = names
    while true {
      do {
        _ = try await Migration.apply(
          next.definitions, to: live, Migration.Options(scope: .all, allowing: names))
        return true
      } catch let error as StorageError {
        let after = try await state(spec)
        try require(after == before, "A migration that failed changed something: \(error.debugDescription)")
        try require(error.description.hasSuffix("\nNothing was changed."), "\(error)")
        // What refers to rows that go is found when they have gone, where the reference changes as well.
        let more = Set(
          error.description.split(separator: " --allow ").dropFirst().map { line in
            String(line.prefix { $0 != "\n" })
          })
        if error.code == .migrationRefused, !more.isSubset(of: names) {
          names.formUnion(more)
          log.append("(then \(more.sorted()))")
          continue
        }
        let isHeld = error.code == .foreignKeyViolation && (spec.restricts || next.restricts)
        guard isHeld || error.code == .migrationRefused else { throw error }
        return false
      }
    }
  }

  /// The same migration without leave: it must say what it refuses, and change nothing.
  private mutating func refuse(_ next: Spec, allowing names: Set<String>, _ losses: [Migration.Step]) async throws {
    let before = try await state(spec)
    do {
      _ = try await Migration.apply(next.definitions, to: live, Migration.Options(scope: .all, allowing: names))
    } catch let error as StorageError where error.code == .migrationRefused {
      for step in losses where !names.contains(step.name) || step.loss?.canBeAllowed == false {
        try require(error.description.contains(step.description), "\(step.name) is not in the refusal: \(error)")
      }
      let after = try await state(spec)
      try require(after == before, "A migration that was refused changed something")
      tally.refusals += 1
      return
    }
    throw Failure(description: "Not refused: \(losses.map(\.name)), allowed: \(names)")
  }

  /// As a server starts: what adds runs by itself, or nothing at all.
  private mutating func start(_ definitions: [TableDefinition]) async throws {
    let before = try await state(spec)
    do {
      let done = try await Migration.apply(definitions, to: live)
      try require(done.steps.allSatisfy { $0.isAdditive && $0.loss == nil }, "Not additive: \(done.steps)")
      log.append("(started: \(done.steps.map(\.name)))")
    } catch let error as StorageError where error.code == .migrationRefused {
      let after = try await state(spec)
      try require(after == before, "A start that was refused changed something")
      tally.refusals += 1
    }
  }

  /// Every loss is one that the model knows of, with as many rows, and the other way round.
  private func compare(_ losses: [Migration.Step], with concerns: [Concern]) throws {
    // To drop what is empty must be allowed as well: it may not be empty any more when it goes.
    let planned = losses.filter { $0.loss?.rows != 0 || $0.loss?.canBeAllowed == false }
    let isSame =
      switch concerns.count {
      case 0: planned.isEmpty
      case 1: planned.count == 1 && planned[0].isAbout(concerns[0])
      // One may hide the other.
      default: !planned.isEmpty
      }
    try require(
      isSame, "Losses of the plan: \(losses.map { "\($0.name) \($0.loss?.rows ?? 0)" }); of the model: \(concerns)")
  }
}

// MARK: - Checks

extension MigrationSequence {
  /// The database is in every way what a fresh one would be, and holds these rows.
  private mutating func check(_ spec: Spec, _ content: Content) async throws {
    let fresh = try await fresh()
    _ = try await Migration.apply(spec.definitions, to: fresh)
    let wanted = try await (Catalog.read(from: fresh), LiveSchema.read(fresh))
    let state = try await state(spec)
    try require(state.schema == wanted.1, "The schemas differ: \(state.schema.symmetricDifference(wanted.1).sorted())")
    try require(state.catalog == wanted.0, "The catalogs differ: \(state.catalog) and \(wanted.0)")
    for table in spec.tables {
      let expected = content[table.id, default: []].counted
      let actual = state.content[table.id, default: [:]]
      try require(
        actual == expected,
        "Rows of \(table.name) differ: \(actual.filter { expected[$0.key] != $0.value }) is live, and must be "
          + "\(expected.filter { actual[$0.key] != $0.value })")
      tally.rows += content[table.id, default: []].count
    }
    let again = try await Migration.plan(spec.definitions, for: live)
    try require(again.steps.isEmpty, "A second plan is not empty: \(again.steps)")
  }

  private func state(_ spec: Spec) async throws -> State {
    try await State(
      catalog: Catalog.read(from: live), schema: LiveSchema.read(live),
      content: LiveRows.read(spec, from: live).mapValues(\.counted))
  }

  private func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw Failure(description: message()) }
  }
}

extension Migration.Step {
  /// Whether this is what is lost, in as many rows; what is refused for good may be called otherwise.
  fileprivate func isAbout(_ concern: Concern) -> Bool {
    guard let loss, loss.canBeAllowed else { return true }
    return name.drop { $0 != ":" }.dropFirst() == concern.subject && loss.rows == concern.rows
  }
}

extension [Row] {
  /// As a multiset: which rows there are, and how many of each.
  fileprivate var counted: [Row: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}

extension Content {
  /// Rows of a table that fulfil every constraint of a spec and refer to no row that does not.
  fileprivate func unconcerned(_ table: Spec.Table, in spec: Spec) -> Set<Row> {
    Set((self[table.id] ?? []).filter { !isConcerned($0, of: table, in: spec) })
  }
}
