import FoundationEssentials
import Storage
import Testing
import Values

@Suite(.serialized) struct ValueTests {
  static let values: [SQLValue] = [
    .null, .bool(true), .bool(false),
    .int(0), .int(-1), .int(.min), .int(.max),
    .double(0), .double(-0.0), .double(0.1), .double(-1e-308), .double(.leastNonzeroMagnitude),
    .double(.greatestFiniteMagnitude),
    .double(3),
    .text(""), .text("a"), .text("𝕏 👩‍👩‍👧‍👦 é e\u{301} \u{10FFFF}"), .text("'\"\\;--\r\n\t%_"), .text("\u{FEFF}\u{1}\u{7F}"),
    .text(String(repeating: "ß€𝕏", count: 120_000)),
    .uuid(UUID(high: 0, low: 0)), .uuid(UUID(high: .max, low: .max)), .uuid(.v7()),
    .timestamp(Timestamp(milliseconds: 0)), .timestamp(Timestamp(milliseconds: -1)), .timestamp(.earliest),
    .timestamp(.latest), .timestamp(Timestamp(milliseconds: 946_684_800_000)),
    .timestamp(Timestamp(milliseconds: 946_684_799_999)), .timestamp(Timestamp(milliseconds: 1_709_164_800_123)),
    .date(CalendarDate(.earliest)), .date(CalendarDate(.latest)),
    .date(CalendarDate(Timestamp(milliseconds: 951_782_400_000))), .date(CalendarDate(Timestamp(milliseconds: 0))),
    .json("[]"), .json("null"), .json("\"\""), .json("[1, 2.5, \"𝕏\", null, true]"), .json("\"\\\\u0000\""),
    .bytes([]), .bytes([0]), .bytes(Array(0...255)), .bytes([UInt8](repeating: 0xFE, count: 1 << 20)),
  ]

  @Test(arguments: Engine.allCases) func `Every value comes back as it was saved`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      for (id, value) in Self.values.enumerated() {
        try await database.run(Samples.insert(id, value))
        let found = try await database.run(Samples.find(id))
        #expect(found == value)
      }
      let all = try await database.run(Self.values.indices.map(Samples.find))
      #expect(all == Self.values)
      let nobody = try await database.run(Samples.find(-1))
      #expect(nobody == nil)
    }
  }

  static let refused: [SQLValue] = [
    .text("\0"), .text("a\0b"), .json("\"\\u0000\""), .json("{\"a\": \"\\\\\\u0000\"}"), .double(.infinity),
    .double(-.infinity), .double(.nan), .timestamp(Timestamp(milliseconds: Timestamp.earliest.milliseconds - 1)),
    .timestamp(Timestamp(milliseconds: Timestamp.latest.milliseconds + 1)), .timestamp(Timestamp(milliseconds: .max)),
  ]

  @Test(arguments: Engine.allCases)
  func `Values that one engine cannot hold are refused on both`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      for value in Self.refused {
        let code = try await code { try await database.run(Samples.insert(1, value)) }
        #expect(code == .invalidValue, "\(value)")
      }
      let found = try await database.run(Samples.find(1))
      #expect(found == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `Values of the wrong type or number are refused before they are sent`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let wrongType = Query<Void>(Samples.findValues, [.text("1")])
      let wrongCount = Query<Void>(Samples.findValues, [])
      for query in [wrongType, wrongCount] {
        let code = try await code { try await database.run(query) }
        #expect(code == .invalidValue)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `A column read as another type, null, or not there is a decoding error`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      try await database.run(Samples.insert(1, .text("a")))
      let reads: [(ColumnType, Int)] = [(.int, 3), (.uuid, 3), (.bytes, 3), (.text, 1), (.text, 9), (.text, -1)]
      for (type, column) in reads {
        let query = Query<Void?>.first(Samples.findValues, [.int(1)]) { row throws(StorageError) in
          switch type {
          case .int: _ = try row.int(column)
          case .uuid: _ = try row.uuid(column)
          case .bytes: _ = try row.bytes(column)
          default: _ = try row.text(column)
          }
        }
        let code = try await code { _ = try await database.run(query) }
        #expect(code == .decoding)
      }
    }
  }

  @Test(arguments: Engine.allCases) func `Ids sort by their bytes`(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: Samples.tables) { database, _ in
      let ids = [UUID(high: 1, low: 0), UUID(high: 0x7FFF_FFFF_FFFF_FFFF, low: 0), UUID(high: .max, low: 1)]
      for (name, id) in zip(["b", "c", "d"], ids).reversed() {
        try await database.run(Samples.insertPerson(id, name: name))
      }
      let names = try await database.run(Samples.names)
      #expect(names == ["b", "c", "d"])
    }
  }
}
