import FoundationEssentials
import Storage
import Testing
import Values

@Suite(.serialized) struct TransactionTests {
  struct Stop: Error {}

  @Test(arguments: Engine.allCases)
  func `A violated constraint is told by its kind and name`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let id = UUID.v7()
      try await database.run(Samples.insertPerson(id, name: "Ann", email: "ann@example.org"))
      let cases: [(Query<Void>, StorageError.Code, String?)] = [
        (Samples.insertPerson(name: "aNN"), .uniqueViolation, "people_name_key"),
        (Samples.insertPerson(name: "Bob", email: "ann@example.org"), .uniqueViolation, "people_email_key"),
        (Samples.insertPerson(id, name: "Bob"), .uniqueViolation, "people_pkey"),
        (Samples.insertPerson(name: "𝕏𝕏𝕏𝕏𝕏𝕏"), .checkViolation, "people_name_length"),
        // SQLite does not tell which foreign key it was.
        (Samples.insertPet(of: .v7()), .foreignKeyViolation, engine == .postgres ? "pets_person_id_fkey" : nil),
        (Samples.insertNameless, .notNullViolation, nil),
      ]
      for (query, code, constraint) in cases {
        let error = await #expect(throws: StorageError.self) { try await database.run(query) }
        #expect(error?.code == code)
        #expect(error?.constraint == constraint)
        if code == .notNullViolation { #expect(error?.column == "name") }
        #expect(error?.description.contains("ann") == false, "a description holds no values")
      }
      // Five characters of four bytes are five characters.
      try await database.run(Samples.insertPerson(name: "𝕏𝕏𝕏𝕏𝕏"))
      let names = try await database.run(Samples.names)
      #expect(names == ["Ann", "𝕏𝕏𝕏𝕏𝕏"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `Changed rows are counted, returned and cascaded`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let id = UUID.v7()
      let (_, _, age) = try await database.run(
        Samples.insertPerson(id, name: "Ann"), Samples.insertPet(of: id), Samples.birthday(id))
      #expect(age == 19)
      let (deleted, again, pets) = try await database.run(
        Samples.deletePerson(id), Samples.deletePerson(id), Samples.countPets)
      #expect(deleted)
      #expect(!again)
      #expect(pets == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `Of a batch whose second statement fails, nothing is saved`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let code = try await code {
        _ = try await database.run(
          Samples.insertPerson(name: "Ann"), Samples.insertPet(of: .v7()), Samples.insertPerson(name: "Bob"))
      }
      #expect(code == .foreignKeyViolation)
      let count = try await database.run(Samples.countPeople)
      #expect(count == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `Failures among many concurrent writes are each one caller's`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let failures = await withTaskGroup { group in
        for number in 0..<64 {
          group.addTask {
            // Pairs share a name, so that half of them fail; every third is a batch.
            let insert = Samples.insertPerson(name: "n\(number / 2)")
            do throws(StorageError) {
              if number % 3 == 0 {
                _ = try await database.run(Samples.countPeople, insert)
              } else {
                try await database.run(insert)
              }
              return 0
            } catch {
              return error.code == .uniqueViolation ? 1 : 1000
            }
          }
        }
        return await group.reduce(0, +)
      }
      #expect(failures == 32)
      let count = try await database.run(Samples.countPeople)
      #expect(count == 32)
    }
  }

  @Test(arguments: Engine.allCases)
  func `Everything that many tasks insert is there`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await withThrowingTaskGroup { group in
        for task in 0..<64 {
          group.addTask {
            for number in 0..<20 {
              let id = task * 1000 + number
              try await database.run(Samples.insert(id, .int(Int64(id))))
              let found = try await database.run(Samples.find(id))
              #expect(found == .int(Int64(id)), "what was acknowledged is read")
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `An interactive transaction is saved as a whole when its body returns`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let inside = try await database.transaction { transaction in
        try await transaction.run(Samples.insertPerson(name: "Ann"))
        let before = try await database.run(Samples.countPeople)
        #expect(before == 0, "others do not see it yet")
        _ = try await transaction.run(Samples.insertPerson(name: "Bob"), Samples.insertPerson(name: "Cem"))
        return try await transaction.run(Samples.names)
      }
      #expect(inside == ["Ann", "Bob", "Cem"])
      let after = try await database.run(Samples.names)
      #expect(after == inside)
    }
  }

  @Test(arguments: Engine.allCases)
  func `An interactive transaction is rolled back when its body throws`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      await #expect(throws: Stop.self) {
        try await database.transaction { transaction in
          try await transaction.run(Samples.insertPerson(name: "Ann"))
          throw Stop()
        }
      }
      let count = try await database.run(Samples.countPeople)
      #expect(count == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `A transaction in which a statement failed saves nothing, also when its body goes on`(engine: Engine)
    async throws
  {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let outcome = try await code {
        try await database.transaction { transaction in
          try await transaction.run(Samples.insertPerson(name: "Ann"))
          let first = try await code { try await transaction.run(Samples.insertPet(of: .v7())) }
          #expect(first == .foreignKeyViolation)
          let second = try await code { try await transaction.run(Samples.insertPerson(name: "Bob")) }
          #expect(second == .transactionAborted)
        }
      }
      #expect(outcome == .transactionAborted)
      let count = try await database.run(Samples.countPeople)
      #expect(count == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `A transaction that asks nothing, and many that wait for each other, come to an end`(engine: Engine)
    async throws
  {
    try await TestDatabase.with(engine, tables: Samples.tables, poolSize: 3) { database, _ in
      let id = UUID.v7()
      try await database.run(Samples.insertPerson(id, name: "Ann"))
      try await database.transaction { _ in }
      try await withThrowingTaskGroup { group in
        for _ in 0..<32 {
          group.addTask {
            try await database.transaction { transaction in
              _ = try await transaction.run(Samples.birthday(id))
              _ = try await transaction.run(Samples.birthday(id))
            }
          }
        }
        try await group.waitForAll()
      }
      let age = try await database.run(Samples.birthday(id))
      #expect(age == 18 + 64 + 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func `A cancelled task is answered, and its transaction is rolled back`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables, poolSize: 2) { database, _ in
      let (begun, signal) = AsyncStream.makeStream(of: Void.self)
      let holder = Task {
        try await database.transaction { transaction in
          try await transaction.run(Samples.insertPerson(name: "Ann"))
          signal.finish()
          // Waits for its cancellation.
          for await _ in AsyncStream<Void>.makeStream().stream {}
          try await transaction.run(Samples.insertPerson(name: "Bob"))
        }
      }
      for await _ in begun {}
      // Waits behind the transaction.
      let waiter = Task { try await database.run(Samples.insertPerson(name: "Cem")) }
      waiter.cancel()
      let waiting = try await code { try await waiter.value }
      #expect(waiting == .cancelled)
      holder.cancel()
      let held = try await code { try await holder.value }
      #expect(held == .cancelled)
      let names = try await database.run(Samples.names)
      #expect(names == [])
    }
  }

  @Test(arguments: Engine.allCases)
  func `A statement that says it reads but writes is refused`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let liar = Query<Void>(
        Statement(
          number: 99, name: "liar", postgres: "DELETE FROM people", sqlite: "DELETE FROM people", parameters: [],
          effect: .read))
      await #expect(throws: StorageError.self) { try await database.run(liar) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `A database that is closed keeps what was acknowledged and answers everybody`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, test in
      try await database.run(Samples.insertPerson(name: "Ann"))
      await database.close()
      for query in [Samples.insertPerson(name: "Bob"), Samples.insertPerson(name: "Cem")] {
        let code = try await code { try await database.run(query) }
        #expect(code == .unavailable)
      }
      let again = try await test.open()
      let names = try await again.run(Samples.names)
      #expect(names == ["Ann"])
      await again.close()
    }
  }
}
