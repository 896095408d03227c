import FoundationEssentials
import Storage
import Testing
import Values

@Suite(.serialized) struct RequirementTests {
  /// That a person has a name.
  private func person(named name: String) -> Requirement {
    Requirement(
      count: Statement(
        number: 901, name: "person", postgres: "SELECT COUNT(*) FROM people WHERE name = $1",
        sqlite: "SELECT COUNT(*) FROM people WHERE name = ?1", parameters: [.text], effect: .read),
      quotient: Statement(
        number: 902, name: "personQuotient", postgres: "SELECT 1 / COUNT(*) FROM people WHERE name = $1",
        sqlite: "SELECT 1 / COUNT(*) FROM people WHERE name = ?1", parameters: [.text], effect: .write),
      [.text(name)])
  }

  @Test(arguments: Engine.allCases)
  func `Queries are answered, and change anything, only if what they require holds`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.run(Samples.insertPerson(name: "Ann"))
      let (_, names) = try await database.run(
        requiring: person(named: "Ann"), Samples.insertPerson(name: "Bob"), Samples.names)
      #expect(names == ["Ann", "Bob"])
      let count = try await database.run(requiring: person(named: "Bob"), Samples.countPeople)
      #expect(count == 2)
      let refused = try await code {
        _ = try await database.run(requiring: person(named: "Eve"), Samples.insertPerson(name: "Cid"))
      }
      #expect(refused == .requirementFailed)
      let unread = try await code { _ = try await database.run(requiring: person(named: "Eve"), Samples.names) }
      #expect(unread == .requirementFailed)
      let bare = try await code { try await database.run(requiring: person(named: "Eve")) }
      #expect(bare == .requirementFailed)
      let left = try await database.run(Samples.names)
      #expect(left == ["Ann", "Bob"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `A requirement behind other queries sees what they did, and undoes it when it does not hold`(
    engine: Engine
  ) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.run(Samples.insertPerson(name: "Ann"))
      try await database.run(
        requiring: person(named: "Ann"), after: [Samples.insertPerson(name: "Bob"), person(named: "Bob").query])
      let error = await #expect(throws: StorageError.self) {
        try await database.run(
          requiring: person(named: "Ann"), after: [Samples.insertPerson(name: "Cid"), person(named: "Eve").query])
      }
      #expect(error?.violates(person(named: "Eve")) == true)
      let left = try await database.run(Samples.names)
      #expect(left == ["Ann", "Bob"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `Another failure of the same batch stays what it is`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.run(Samples.insertPerson(name: "Ann"))
      let twice = try await code {
        _ = try await database.run(requiring: person(named: "Ann"), Samples.insertPerson(name: "Ann"))
      }
      #expect(twice == .uniqueViolation)
      let zero = Statement(
        number: 903, name: "zero", postgres: "SELECT 1 / (COUNT(*) - 1) FROM people",
        sqlite: "SELECT 1 / (COUNT(*) - 1) FROM people", parameters: [], effect: .write)
      let other = try await code {
        _ = try await database.run(
          requiring: person(named: "Ann"),
          Query<Bool>(zero) { rows throws(StorageError) in
            guard try rows.next() else { return false }
            return try rows.isNull(0)
          })
      }
      #expect(other == (engine == .postgres ? .sqlState("22012") : nil))
    }
  }
}
